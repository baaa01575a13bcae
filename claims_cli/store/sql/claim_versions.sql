-- Every version of one claim, the first one first. The one that stands has no closing operation.
SELECT
    o.at AS recorded_at, o.who AS recorded_by, o.command AS recorded_with, v.operation_id AS operation, v.closed_by AS closed_in,
    e.at AS closed_at,
    e.who AS closed_by, e.command AS closed_with, e.summary AS closed_for, v.question, v.value, v.stance, v.modality, v.claimant, v.relay,
    v.place, v.as_of, v.said_on, v.quote, v.value_text, v.review, v.note
FROM (
    SELECT
        c.operation_id, NULL AS closed_by, q.slug AS question, c.value, c.stance, c.modality, a.name AS claimant, c.relay, c.place, c.as_of,
        c.said_on, c.quote, c.value_text, c.review, c.note
    FROM claim c
    JOIN question q ON q.id = c.question_id
    JOIN actor a ON a.id = c.claimant_id
    WHERE c.id = :id
    UNION ALL
    SELECT
        c.operation_id, c.closed_by,
        COALESCE(
            (SELECT MAX(q.slug) FROM question_history q WHERE q.id = c.question_id AND c.operation_id BETWEEN q.operation_id AND q.closed_by - 1),
            (SELECT q.slug FROM question q WHERE q.id = c.question_id)
        ),
        c.value, c.stance, c.modality,
        COALESCE(
            (SELECT MAX(a.name) FROM actor_history a WHERE a.id = c.claimant_id AND c.operation_id BETWEEN a.operation_id AND a.closed_by - 1),
            (SELECT a.name FROM actor a WHERE a.id = c.claimant_id)
        ),
        c.relay, c.place, c.as_of, c.said_on, c.quote, c.value_text, c.review, c.note
    FROM claim_history c
    WHERE c.id = :id
) v
JOIN operation o ON o.id = v.operation_id
LEFT JOIN operation e ON e.id = v.closed_by
ORDER BY v.operation_id
