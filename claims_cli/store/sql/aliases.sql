SELECT a.slug, n.name, n.folded, n.language
FROM actor_alias n
JOIN actor a ON a.id = n.actor_id
ORDER BY a.slug, n.id
