SELECT
    s.submission_id,
    s.district_code,
    s.period,
    s.known_at,
    '03_ChucDanh' AS source_sheet,
    row_number() OVER (PARTITION BY s.submission_id ORDER BY c.commune_code, t.post_code) AS source_row,
    'E' || source_row AS source_cell,
    c.commune_code,
    t.post_code,
    1 AS posts_required,
    1 AS posts_filled,
    0 AS posts_combined,
    0.9 AS coef_before,
    1.0 + p.position % 10 * 0.01 AS coef_now
FROM ledger.submission AS s
JOIN core.period AS p USING (period)
JOIN reference.commune AS c USING (district_code)
CROSS JOIN reference.post AS t
WHERE
    p.position = getvariable('position')
    AND s.seq = getvariable('seq')
    AND (getvariable('reporter') IS NULL OR s.district_code = getvariable('reporter'))
