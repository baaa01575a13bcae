-- The rulings on some questions, a row for each claim that was judged and is still what it was then: what it says of whom and when.
-- A ruling that an undo brought back was made by its first operation, not by the undo: what changed between them was never judged.
SELECT
    r.conflict, r.id, q.slug AS question, r.verdict, r.reason, r.claim_id AS claim, r.cause, o.who, r.recorded_at,
    rc.claim_id AS judged, rc.position
FROM ruling r
JOIN (
    SELECT v.id, MIN(v.operation_id) AS operation_id
    FROM (SELECT id, operation_id FROM ruling UNION ALL SELECT id, operation_id FROM ruling_history) v
    GROUP BY v.id
) made ON made.id = r.id
JOIN operation o ON o.id = made.operation_id
JOIN question q ON q.id = r.question_id
LEFT JOIN ruling_claim rc ON rc.ruling_id = r.id AND NOT EXISTS (
    SELECT 1
    FROM claim_history h
    JOIN claim c ON c.id = h.id
    WHERE h.id = rc.claim_id AND h.operation_id <= made.operation_id AND h.closed_by > made.operation_id
        AND (
            h.claimant_id <> c.claimant_id OR h.stance <> c.stance OR h.modality <> c.modality
            OR COALESCE(h.value, '') <> COALESCE(c.value, '')
            OR COALESCE(h.day_from, 0) <> COALESCE(c.day_from, 0) OR COALESCE(h.day, 0) <> COALESCE(c.day, 0)
        )
)
WHERE q.id BETWEEN :first_question AND :last_question AND q.topic_id BETWEEN :first_topic AND :last_topic
ORDER BY r.id, rc.claim_id
