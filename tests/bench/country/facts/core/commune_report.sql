-- Three communes in a hundred finish one by one, period after period; the others had finished before.
SELECT
    s.submission_id,
    s.district_code,
    s.period,
    s.known_at,
    '01_CapXa' AS source_sheet,
    row_number() OVER (PARTITION BY s.submission_id ORDER BY c.commune_code) AS source_row,
    'H' || source_row AS source_cell,
    c.commune_code AS unit_id,
    c.commune_code,
    c.commune_name,
    '2' AS commune_class,
    20 AS people_before,
    12 AS people_now,
    9 AS villages_before,
    8 AS villages_now,
    CASE
        WHEN hash(c.commune_code) % 100 < 97 OR hash(c.commune_code) // 100 % 200 < p.position THEN 'completed'
        ELSE 'in_progress'
    END AS status,
    CASE WHEN status = 'completed' THEN DATE '2020-06-30' END AS completed_on,
    CASE WHEN status = 'completed' THEN '1/QĐ-MP' END AS decision_no
FROM ledger.submission AS s
JOIN core.period AS p USING (period)
JOIN reference.commune AS c USING (district_code)
WHERE
    p.position = getvariable('position')
    AND s.seq = getvariable('seq')
    AND (getvariable('reporter') IS NULL OR s.district_code = getvariable('reporter'))
