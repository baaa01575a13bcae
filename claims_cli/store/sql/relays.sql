-- By whom some claims were passed on, from the originator on.
SELECT l.claim_id, r.voice_id
FROM claim_relay l
JOIN actor r ON r.id = l.actor_id
WHERE l.claim_id IN (:ids)
ORDER BY l.claim_id, l.step
