SELECT getvariable('submission_id') AS submission_id, source_sheet, form_sheet, rows_in_file, hidden
FROM ledger.sheet
WHERE submission_id = getvariable('duplicate_of')
