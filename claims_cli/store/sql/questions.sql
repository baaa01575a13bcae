SELECT
    q.slug, t.slug AS topic, q.text, q.kind, q.unit, q.place, q.population, w.slug AS part_of, q.currency, q.words, COUNT(c.id) AS claims
FROM question q
JOIN topic t ON t.id = q.topic_id
LEFT JOIN question w ON w.id = q.part_of_id
LEFT JOIN claim c ON c.question_id = q.id
WHERE q.topic_id BETWEEN :first_topic AND :last_topic
GROUP BY q.id, q.slug, t.slug, q.text, q.kind, q.unit, q.place, q.population, w.slug, q.currency, q.words
ORDER BY t.slug, q.slug
