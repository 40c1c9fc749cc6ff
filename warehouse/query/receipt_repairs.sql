-- Every repair of one submission.
SELECT source_sheet AS sheet, cell, method, original, result
FROM ledger.repair
WHERE submission_id = $1
ORDER BY ALL
