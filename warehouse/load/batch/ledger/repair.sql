SELECT submission_id, source_sheet, cell, method, original, result FROM batch.repair
