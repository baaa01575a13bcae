SELECT a.id, a.name
FROM actor a
LEFT JOIN actor_alias n ON n.actor_id = a.id
WHERE n.folded = :folded OR a.slug = :slug
ORDER BY a.id
