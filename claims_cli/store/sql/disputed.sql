-- The claims that may conflict: those whose interval lies apart from another's that could stand on the same day, and all on a day for
-- which a figure is given with reserve.
-- It may name a claim too many, never one too few: what a voice said next is weighed afterwards, by core/dispute.py.
--   floor and ceiling are the ends of what a claim allows; a part's floor is also a floor of its whole.
--   With :every it names all claims: a policy other than the house's has other ends than those that are kept.
--   Two claims of a level that stand on one day start at most `currency` days apart; day_scale makes that a million.
--   So do two forecasts that name no day; those for a stated day, and targets, are compared by the day.
WITH statement AS (
    SELECT
        c.id, c.question_id, q.topic_id, q.kind, q.unit, q.part_of_id, q.day_scale, c.modality, c.stance, c.day_from, c.day, c.said_day,
        c.horizon, c.interval_low, c.interval_high,
        MIN(c.day) OVER (
            PARTITION BY c.question_id, a.voice_id, c.modality ORDER BY c.day RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS next_day,
        MAX(c.said_day) OVER (PARTITION BY c.question_id, a.voice_id, c.modality, c.day) AS last_said
    FROM claim c
    JOIN question q ON q.id = c.question_id
    JOIN actor a ON a.id = c.claimant_id
    WHERE c.review = 'accepted' AND c.modality <> 'conditional' AND c.day IS NOT NULL
        AND c.question_id IN (
            SELECT id FROM question WHERE id BETWEEN :first_question AND :last_question AND topic_id BETWEEN :first_topic AND :last_topic
            UNION
            SELECT p.id
            FROM question p
            JOIN question w ON w.id = p.part_of_id
            WHERE w.id BETWEEN :first_question AND :last_question AND w.topic_id BETWEEN :first_topic AND :last_topic
        )
),
placed AS (
    SELECT
        id, question_id, kind, day_scale, modality, stance, day, next_day, last_said,
        CASE WHEN kind = 'flow' OR modality = 'target' OR horizon IS NOT NULL THEN day_from ELSE 0 END AS period_from,
        CASE WHEN kind = 'flow' OR modality = 'target' OR horizon IS NOT NULL THEN day ELSE 0 END AS period_to,
        CASE WHEN stance = 'asserts' THEN interval_low END AS floor,
        CASE WHEN stance = 'asserts' THEN interval_high END AS ceiling
    FROM statement
    WHERE question_id BETWEEN :first_question AND :last_question AND topic_id BETWEEN :first_topic AND :last_topic
    UNION ALL
    SELECT
        s.id, w.id, w.kind, w.day_scale, s.modality, s.stance, s.day, s.next_day, s.last_said, 0, 0, s.interval_low, NULL
    FROM statement s
    JOIN question w ON w.id = s.part_of_id AND w.unit = s.unit
    WHERE w.id BETWEEN :first_question AND :last_question AND w.topic_id BETWEEN :first_topic AND :last_topic
        AND w.kind IN ('level', 'cumulative', 'fixed') AND s.kind <> 'flow'
        AND s.stance = 'asserts' AND s.modality = 'observed' AND s.interval_low IS NOT NULL
),
measured AS (
    SELECT
        id, question_id, kind, modality, stance, period_from, period_to, day, next_day, last_said, floor, ceiling,
        MAX(floor) OVER nearby AS floor_nearby,
        MIN(ceiling) OVER nearby AS ceiling_nearby,
        MAX(floor) OVER earlier AS floor_earlier,
        MIN(ceiling) OVER later AS ceiling_later,
        MAX(floor) OVER ever AS floor_ever,
        MIN(ceiling) OVER ever AS ceiling_ever,
        SUM(CASE WHEN stance = 'asserts' THEN 1 ELSE 0 END) OVER ever AS assertions,
        SUM(CASE WHEN stance = 'denies' THEN 1 ELSE 0 END) OVER ever AS denials
    FROM placed
    WINDOW
        ever AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day * day_scale
            RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ),
        nearby AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day * day_scale
            RANGE BETWEEN 1000000 PRECEDING AND 1000000 FOLLOWING
        ),
        earlier AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day * day_scale
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ),
        later AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day * day_scale
            RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        )
)
SELECT
    m.question_id AS asked, c.question_id, m.period_from, m.period_to, m.next_day, m.last_said,
    c.id, c.ref, q.slug AS question, w.slug AS whole, q.kind, q.unit, q.currency, a.voice_id AS voice, a.name AS claimant,
    c.source_id AS source, c.low_exact, c.high_exact, c.hedge, c.stance, c.modality, c.day_from, c.day, c.said_day, c.horizon,
    s.published_on, s.published_to
FROM measured m
JOIN claim c ON c.id = m.id
JOIN question q ON q.id = c.question_id
JOIN actor a ON a.id = c.claimant_id
JOIN source s ON s.id = c.source_id
LEFT JOIN question w ON w.id = q.part_of_id
WHERE :every = 1
    OR (m.stance = 'asserts' AND m.denials > 0)
    OR (m.stance = 'denies' AND m.assertions > 0)
    OR ((m.kind IN ('level', 'rate', 'flow') OR m.modality <> 'observed') AND (m.floor >= m.ceiling_nearby OR m.ceiling <= m.floor_nearby))
    OR (m.kind = 'cumulative' AND (m.floor >= m.ceiling_later OR m.ceiling <= m.floor_earlier))
    OR (m.kind = 'fixed' AND (m.floor >= m.ceiling_ever OR m.ceiling <= m.floor_ever))
    OR (m.question_id, m.day) IN (
        SELECT question_id, day
        FROM claim
        WHERE stance = 'unconfirmed' AND hedge IS NOT NULL AND review = 'accepted'
            AND question_id BETWEEN :first_question AND :last_question
    )
ORDER BY m.question_id, c.modality, m.period_from, m.period_to, c.day, c.id
