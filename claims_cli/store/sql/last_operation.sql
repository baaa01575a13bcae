-- The number of the last operation.
SELECT MAX(id) FROM operation
