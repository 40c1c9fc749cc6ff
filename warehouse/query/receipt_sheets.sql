-- One line a sheet of the submissions asked for: what became of its rows.
SELECT
    sheet.submission_id,
    sheet.source_sheet,
    sheet.form_sheet,
    sheet.rows_in_file,
    sheet.hidden,
    count(*) FILTER (WHERE source_row.state = 'loaded') AS loaded,
    count(*) FILTER (WHERE source_row.state = 'quarantined') AS quarantined,
    count(*) FILTER (WHERE source_row.state = 'duplicate') AS duplicate,
    count(*) FILTER (WHERE source_row.state = 'layout') AS layout
FROM ledger.sheet AS sheet
LEFT JOIN ledger.source_row AS source_row
    ON source_row.submission_id = sheet.submission_id AND source_row.source_sheet = sheet.source_sheet
WHERE list_contains($1::VARCHAR[], sheet.submission_id)
GROUP BY ALL
ORDER BY sheet.submission_id, sheet.form_sheet NULLS LAST, sheet.source_sheet
