SELECT
    lpad((n + 1)::VARCHAR, 5, '0') AS commune_code,
    'Xã mô phỏng ' || (n + 1) AS commune_name,
    'Mô phỏng ' || (n + 1) AS short_name,
    'xã' AS commune_kind,
    lpad((n % getvariable('provinces') + 1)::VARCHAR, 3, '0') AS district_code,
    DATE '2008-08-01' AS valid_from,
    NULL::DATE AS valid_to
FROM range(getvariable('communes')) AS commune (n)
