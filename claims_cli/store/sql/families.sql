-- Every question with what tells which of them add up; without their claims, which take long to count.
SELECT q.slug, t.slug AS topic, q.text, q.kind, q.unit, q.place, q.population, w.slug AS part_of
FROM question q
JOIN topic t ON t.id = q.topic_id
LEFT JOIN question w ON w.id = q.part_of_id
ORDER BY q.slug
