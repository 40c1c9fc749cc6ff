-- What is outstanding by the rows of sheets 01 and 02 just loaded.
WITH unit AS (
    SELECT submission_id, district_code, period, known_at, unit_id, 'commune' AS unit_level, status
    FROM core.commune_report
    UNION ALL
    SELECT submission_id, district_code, period, known_at, unit_id, village_kind, status
    FROM core.village_report
)

SELECT
    unit.submission_id,
    unit.district_code,
    unit.period,
    unit.known_at,
    '04_ChuaHoanThanh' AS source_sheet,
    row_number() OVER (PARTITION BY unit.submission_id ORDER BY unit.unit_id) AS source_row,
    'E' || source_row AS source_cell,
    unit.unit_id,
    unit.unit_level,
    'religious' AS area_flags,
    'NHAN_SU' AS obstacle_code,
    'Mô phỏng' AS obstacle_text,
    'Mô phỏng' AS action,
    'Mô phỏng' AS owner_role,
    p.ends_on + 90 AS due_on
FROM unit
JOIN core.period AS p USING (period)
JOIN ledger.submission AS s USING (submission_id)
WHERE
    unit.status <> 'completed'
    AND p.position = getvariable('position')
    AND s.seq = getvariable('seq')
    AND (getvariable('reporter') IS NULL OR unit.district_code = getvariable('reporter'))
