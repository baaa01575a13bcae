-- The actor of a name in any spelling, or of a slug: two questions, since one with OR would look at every actor.
SELECT a.id, a.name
FROM actor_alias n
JOIN actor a ON a.id = n.actor_id
WHERE n.folded = :folded
UNION
SELECT id, name
FROM actor
WHERE slug = :slug
ORDER BY id
