-- The quote of a claim with some letters of its source's text before and after it; nothing where the text is not kept.
SELECT
    SUBSTR(
        t.text,
        CASE WHEN c.quote_start > :letters THEN c.quote_start - :letters + 1 ELSE 1 END,
        c.quote_end + :letters - CASE WHEN c.quote_start > :letters THEN c.quote_start - :letters ELSE 0 END
    ) AS passage
FROM claim c
JOIN source_text t ON t.source_id = c.source_id
WHERE c.id = :id AND c.quote_start IS NOT NULL AND c.quote_end IS NOT NULL
