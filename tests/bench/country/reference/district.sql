-- Provinces stand where the city's districts do: whoever reports.
SELECT
    lpad((n + 1)::VARCHAR, 3, '0') AS district_code,
    'Tỉnh mô phỏng ' || (n + 1) AS district_name,
    'Tỉnh ' || (n + 1) AS short_name,
    'huyện' AS district_kind,
    n // 9 AS tile_row,
    n % 9 AS tile_col,
    DATE '2008-08-01' AS valid_from,
    NULL::DATE AS valid_to
FROM range(getvariable('provinces')) AS province (n)
