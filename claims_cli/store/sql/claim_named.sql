-- The claims that a name may mean: that of this number, be it taken away by now, and those that have this ref.
SELECT id FROM claim WHERE id = :id
UNION
SELECT id FROM claim_history WHERE id = :id
UNION
SELECT id FROM claim WHERE ref = :ref
