SELECT submission_id, sheet.name AS source_sheet, sheet.name AS form_sheet, 0 AS rows_in_file
FROM raw.file
CROSS JOIN raw.sheet AS sheet
