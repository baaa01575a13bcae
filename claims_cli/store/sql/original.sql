-- The bytes that a source's text came in; where they are not kept apart, they are just the text in UTF-8.
SELECT
    s.encoding, s.bytes_hash, t.text, o.bytes,
    EXISTS (SELECT 1 FROM purge p WHERE p.table_name = 'source' AND p.row_key = '[' || CAST(s.id AS TEXT) || ']') AS purged
FROM source s
LEFT JOIN source_text t ON t.source_id = s.id
LEFT JOIN source_original o ON o.source_id = s.id
WHERE s.id = :id
