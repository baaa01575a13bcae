SELECT s.id, p.name AS publisher, s.title, s.url, s.language, s.published_on, s.text_hash, s.encoding, s.bytes_hash,
    COUNT(c.id) AS claims
FROM source s
LEFT JOIN actor p ON p.id = s.publisher_id
LEFT JOIN claim c ON c.source_id = s.id
GROUP BY s.id, p.name, s.title, s.url, s.language, s.published_on, s.text_hash, s.encoding, s.bytes_hash
ORDER BY s.id
