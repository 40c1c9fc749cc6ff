-- Every finding of one submission, the gravest first.
SELECT source_sheet AS sheet, cell, fault, severity, value, expected, remedy_vi, remedy_en, source
FROM ledger.finding
WHERE submission_id = $1
ORDER BY finding_no
