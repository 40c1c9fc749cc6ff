-- The present allowance coefficient is below the earlier one.
SELECT
    submission_id,
    'post' AS table_name,
    source_sheet,
    source_row,
    'coef_now' AS column_name,
    NULL AS value,
    replace(coef_before::VARCHAR, '.', ',') AS expected
FROM batch.post
WHERE coef_now < coef_before
