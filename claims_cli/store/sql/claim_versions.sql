-- Every version of one claim, the first one first.
SELECT
    c.recorded_at, o.who AS recorded_by, q.slug AS question, c.value, c.stance, c.modality, a.name AS claimant, c.relay, c.place, c.as_of,
    c.said_on, c.review, c.note
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN actor a ON a.id = c.claimant_id
JOIN operation o ON o.id = c.operation_id
WHERE c.id = :id
ORDER BY c.version_id
