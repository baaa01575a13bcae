SELECT a.slug, f.name, f.since, f.until
FROM actor_office f
JOIN actor a ON a.id = f.actor_id
ORDER BY a.slug, f.id
