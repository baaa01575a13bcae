SELECT a.slug, a.name, f.slug AS speaks_for, COUNT(c.id) AS claims
FROM actor a
LEFT JOIN actor f ON f.id = a.speaks_for_id
LEFT JOIN claim c ON c.claimant_id = a.id
GROUP BY a.id, a.slug, a.name, f.slug
ORDER BY a.slug
