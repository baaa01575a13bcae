-- The claims that are to be held against each other, question by question and in order of day; those on a part stand with its whole, too.
-- Left out are questions on which no two claims can conflict: every figure allows a value that all others allow, and nothing is denied
-- or given with reserve. It may name a question too many, never one too few: which claims conflict is found by core/dispute.py.
--   With :every it names all claims: a policy other than the house's has other ends than those that are kept.
--   With :all_questions the claims that do not assert are looked for in one pass through the table, else by the index.
--   Who speaks is told by speakers.sql: there are few of them.
--   Both parts can be read in the order of an index, so nothing is sorted; a window function would take longer than all that follows.
WITH within AS (
    SELECT id FROM question WHERE id BETWEEN :first_question AND :last_question AND topic_id BETWEEN :first_topic AND :last_topic
)
SELECT
    c.question_id AS asked, c.question_id, c.id, c.ref, c.claimant_id, c.source_id, c.low_exact, c.high_exact, c.hedge, c.stance,
    c.modality, c.day_from, c.day, c.said_day, c.horizon, s.published_on, s.published_to,
    s.publisher_id
FROM claim c
JOIN source s ON s.id = c.source_id
WHERE c.review = 'accepted' AND c.modality <> 'conditional' AND c.day IS NOT NULL
    AND c.question_id IN (
        SELECT question_id
        FROM claim
        WHERE question_id IN (SELECT id FROM within)
        GROUP BY question_id
        HAVING :every = 1 OR MAX(interval_low) >= MIN(interval_high)
        UNION
        SELECT question_id FROM claim WHERE :all_questions = 1 AND stance <> 'asserts'
        UNION
        SELECT question_id FROM claim WHERE :all_questions = 0 AND stance <> 'asserts' AND question_id IN (SELECT id FROM within)
        UNION
        SELECT part_of_id FROM question WHERE part_of_id IN (SELECT id FROM within)
    )
UNION ALL
SELECT
    w.id, c.question_id, c.id, c.ref, c.claimant_id, c.source_id, c.low_exact, c.high_exact, c.hedge, c.stance,
    c.modality, c.day_from, c.day, c.said_day, c.horizon, s.published_on, s.published_to,
    s.publisher_id
FROM question w
JOIN question p ON p.part_of_id = w.id AND p.unit = w.unit
JOIN claim c ON c.question_id = p.id
JOIN source s ON s.id = c.source_id
WHERE w.id IN (SELECT id FROM within) AND w.kind IN ('level', 'cumulative', 'fixed') AND p.kind NOT IN ('flow', 'rate')
    AND c.review = 'accepted' AND c.modality = 'observed' AND c.day IS NOT NULL
ORDER BY asked, day
