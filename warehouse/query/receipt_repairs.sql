-- Every repair of the submissions asked for.
SELECT submission_id, source_sheet AS sheet, cell, method, original, result
FROM ledger.repair
WHERE list_contains($1::VARCHAR[], submission_id)
ORDER BY ALL
