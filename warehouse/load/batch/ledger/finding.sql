SELECT
    submission_id,
    finding_no,
    form_sheet,
    source_sheet,
    source_row,
    column_name,
    cell,
    fault,
    severity,
    value,
    expected,
    remedy_vi,
    remedy_en,
    nullif(source, '') AS source
FROM batch.finding
