-- Claims as they are listed; filters and order are appended by name (store/reading.py).
SELECT
    c.id, c.uid, c.ref, t.slug AS topic, q.slug AS question, c.value, c.low_exact AS low, c.high_exact AS high, c.hedge, q.unit,
    c.stance, c.modality, a.name AS claimant, c.relay, COALESCE(c.place, q.place) AS place, c.as_of, c.said_on, s.published_on,
    p.name AS publisher, s.title, s.url, c.quote, c.value_text, c.review, c.recorded_at, c.note
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN topic t ON t.id = q.topic_id
JOIN actor a ON a.id = c.claimant_id
JOIN source s ON s.id = c.source_id
LEFT JOIN actor p ON p.id = s.publisher_id
