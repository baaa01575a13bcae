SELECT r.conflict, r.id, r.verdict, r.reason, o.who, r.recorded_at, rc.claim_id
FROM ruling r
JOIN operation o ON o.id = r.operation_id
LEFT JOIN ruling_claim rc ON rc.ruling_id = r.id
WHERE r.superseded_at IS NULL
ORDER BY r.conflict, r.id, rc.claim_id
