-- One claim with everything that is kept of it.
SELECT
    c.id, c.uid, c.ref, t.slug AS topic, q.slug AS question, q.text AS question_text, q.kind, c.question_id, c.value,
    c.low_exact AS low, c.high_exact AS high, c.hedge, q.unit, c.stance, c.modality, a.name AS claimant, v.name AS voice, c.relay,
    COALESCE(c.place, q.place) AS place, c.basis, c.as_of, c.said_on, s.published_on, p.name AS publisher, s.title, s.url,
    s.language, s.text_hash, s.encoding, c.quote, c.quote_prefix, c.quote_suffix, c.quote_start, c.quote_end, c.value_text, c.review, c.note,
    c.recorded_at, o.who AS recorded_by, o.command AS recorded_with
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN topic t ON t.id = q.topic_id
JOIN actor a ON a.id = c.claimant_id
JOIN actor v ON v.id = a.voice_id
JOIN source s ON s.id = c.source_id
JOIN operation o ON o.id = c.operation_id
LEFT JOIN actor p ON p.id = s.publisher_id
WHERE c.id = :id
