-- The log: every operation that changed something, the first one first.
SELECT o.id AS operation, o.at, o.who, o.command, o.summary, o.undoes
FROM operation o
ORDER BY o.id
