-- The register, as if every village had been named in the baseline period.
SELECT
    commune_code || '-' || lpad((n // getvariable('communes') + 1)::VARCHAR, 3, '0') AS village_id,
    commune_code,
    'thon' AS village_kind,
    'Thôn ' || n AS village_name,
    n::VARCHAR AS name_key,
    'bench' AS registered_by,
    getvariable('baseline_period') AS registered_period,
    TIMESTAMPTZ '2021-04-01 00:00:00+07' AS known_at
FROM range(getvariable('villages')) AS village (n)
JOIN reference.commune AS c ON c.commune_code = lpad((n % getvariable('communes') + 1)::VARCHAR, 5, '0')
