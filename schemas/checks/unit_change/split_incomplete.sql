-- A unit that is divided needs one row that takes most of it and at least one more; any other goes whole, in one row.
WITH parts AS (
    SELECT
        submission_id,
        unit_level,
        old_code,
        effective_on,
        min(source_row) AS source_row,
        any_value(source_sheet) AS source_sheet,
        count(*) AS rows_in_file,
        count(*) FILTER (share = 'main') AS main_parts,
        count(*) FILTER (share = 'whole') AS wholes
    FROM batch.change
    WHERE old_code IS NOT NULL AND new_code IS NOT NULL
    GROUP BY ALL
)

SELECT
    submission_id,
    'unit_change' AS table_name,
    source_sheet,
    source_row,
    'share' AS column_name,
    rows_in_file || ' dòng, trong đó ' || main_parts || ' dòng «Phần lớn», ' || wholes || ' dòng «Toàn bộ»' AS value,
    'một dòng «Toàn bộ»; hoặc đúng một dòng «Phần lớn» và ít nhất một dòng «Một phần»' AS expected
FROM parts
WHERE NOT ((wholes = 1 AND rows_in_file = 1) OR (wholes = 0 AND main_parts = 1 AND rows_in_file > 1))
