-- The questions within some bounds and the parts of them, with what their claims are compared by.
WITH within AS (
    SELECT id FROM question WHERE id BETWEEN :first_question AND :last_question AND topic_id BETWEEN :first_topic AND :last_topic
)
SELECT q.id, q.slug, t.slug AS topic, q.text, q.kind, q.unit, w.slug AS part_of, q.currency
FROM question q
JOIN topic t ON t.id = q.topic_id
LEFT JOIN question w ON w.id = q.part_of_id
WHERE q.id IN (
    SELECT id FROM within
    UNION
    SELECT id FROM question WHERE part_of_id IN (SELECT id FROM within)
)
