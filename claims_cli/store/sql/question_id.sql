SELECT id, slug FROM question WHERE slug = :slug
