SELECT 'topic' AS what, slug FROM topic
UNION ALL
SELECT 'question' AS what, slug FROM question
UNION ALL
SELECT 'claimant' AS what, slug FROM actor
ORDER BY 1, 2
