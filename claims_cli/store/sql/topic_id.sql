SELECT id, slug FROM topic WHERE slug = :slug
