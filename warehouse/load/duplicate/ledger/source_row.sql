SELECT
    getvariable('submission_id') AS submission_id,
    source_sheet,
    source_row,
    CASE state WHEN 'layout' THEN 'layout' ELSE 'duplicate' END AS state,
    detail
FROM ledger.source_row
WHERE submission_id = getvariable('duplicate_of')
