SELECT
    s.submission_id,
    s.district_code,
    s.period,
    s.known_at,
    '02_ThonTDP' AS source_sheet,
    row_number() OVER (PARTITION BY s.submission_id ORDER BY v.village_id) AS source_row,
    'I' || source_row AS source_cell,
    v.village_id AS unit_id,
    v.commune_code,
    v.village_kind,
    v.village_name,
    200 AS households,
    6 AS people_before,
    4 - getvariable('seq') AS people_now,
    CASE
        WHEN hash(v.village_id) % 100 < 97 OR hash(v.village_id) // 100 % 200 < p.position THEN 'completed'
        ELSE 'in_progress'
    END AS status,
    CASE WHEN status = 'completed' THEN DATE '2020-06-30' END AS completed_on,
    CASE WHEN status = 'completed' THEN '1/QĐ-MP' END AS decision_no
FROM ledger.submission AS s
JOIN core.period AS p USING (period)
JOIN reference.commune AS c USING (district_code)
JOIN core.village AS v ON v.commune_code = c.commune_code
WHERE
    p.position = getvariable('position')
    AND s.seq = getvariable('seq')
    AND (getvariable('reporter') IS NULL OR s.district_code = getvariable('reporter'))
