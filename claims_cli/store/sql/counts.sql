SELECT
    (SELECT COUNT(*) FROM claim) AS claims,
    (SELECT COUNT(*) FROM question) AS questions,
    (SELECT COUNT(*) FROM actor) AS actors,
    (SELECT COUNT(*) FROM source) AS sources
