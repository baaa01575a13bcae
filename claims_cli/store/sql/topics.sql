SELECT t.slug, t.title, COUNT(DISTINCT q.id) AS questions, COUNT(c.id) AS claims
FROM topic t
LEFT JOIN question q ON q.topic_id = t.id
LEFT JOIN claim c ON c.question_id = q.id
GROUP BY t.id, t.slug, t.title
ORDER BY t.slug
