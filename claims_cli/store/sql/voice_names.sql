-- The names under which some voices are known, those of who speaks for them among them.
SELECT a.voice_id, n.folded
FROM actor_alias n
JOIN actor a ON a.id = n.actor_id
WHERE a.voice_id IN (:ids)
ORDER BY n.id
