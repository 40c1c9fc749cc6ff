-- Every finding of one submission, the gravest first.
SELECT
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
WHERE submission_id = $1
ORDER BY finding_no
