SELECT submission_id, source_sheet, source_row, state, detail FROM batch.disposition
