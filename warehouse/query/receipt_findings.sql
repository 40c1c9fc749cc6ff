-- Every finding of the submissions asked for, of each the gravest first.
SELECT
    submission_id,
    form_sheet,
    source_sheet AS sheet,
    cell,
    column_name,
    fault,
    severity,
    value,
    expected,
    remedy_vi,
    remedy_en,
    source
FROM ledger.finding
WHERE list_contains($1::VARCHAR[], submission_id)
ORDER BY submission_id, finding_no
