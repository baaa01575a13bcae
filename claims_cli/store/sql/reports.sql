-- How some claims are worded, and whether anybody passed them on: by whom, relays.sql tells.
SELECT c.id, c.quote, c.quote_prefix, c.quote_suffix, c.relay IS NOT NULL, c.basis, COALESCE(c.place, q.place)
FROM claim c
JOIN question q ON q.id = c.question_id
WHERE c.id IN (:ids)
