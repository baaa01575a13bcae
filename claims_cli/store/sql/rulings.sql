SELECT r.conflict, r.id, q.slug AS question, r.verdict, r.reason, r.claim_id AS claim, r.cause, o.who, r.recorded_at, rc.claim_id AS judged
FROM ruling r
JOIN operation o ON o.id = r.operation_id
JOIN question q ON q.id = r.question_id
LEFT JOIN ruling_claim rc ON rc.ruling_id = r.id
WHERE q.id BETWEEN :first_question AND :last_question AND q.topic_id BETWEEN :first_topic AND :last_topic
ORDER BY r.id, rc.claim_id
