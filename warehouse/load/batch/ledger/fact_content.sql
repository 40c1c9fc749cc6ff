SELECT submission_id, core_table, rows, sha256 FROM fact_content('batch.submission')
