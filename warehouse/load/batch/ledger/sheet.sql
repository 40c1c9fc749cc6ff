SELECT submission_id, source_sheet, form_sheet, rows_in_file, hidden FROM batch.sheet
