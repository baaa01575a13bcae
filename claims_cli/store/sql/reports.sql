-- What tells where some claims come from: a row for each of them, and one for each further step of its relay.
SELECT
    c.id, c.quote, c.quote_prefix, c.quote_suffix, p.voice_id AS publisher, r.voice_id AS relayer, c.basis,
    COALESCE(c.place, q.place) AS place
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN source s ON s.id = c.source_id
LEFT JOIN actor p ON p.id = s.publisher_id
LEFT JOIN claim_relay l ON l.claim_id = c.id
LEFT JOIN actor r ON r.id = l.actor_id
WHERE c.id IN (:ids)
ORDER BY c.id, l.step
