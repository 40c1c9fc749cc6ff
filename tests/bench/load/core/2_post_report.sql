SELECT
    p.submission_id,
    f.district_code,
    f.period,
    getvariable('known_at') AS known_at,
    '03_ChucDanh' AS source_sheet,
    p.source_row,
    'E' || p.source_row AS source_cell,
    p.commune_code,
    p.post_code,
    p.posts_required,
    p.posts_filled,
    p.posts_combined,
    p.coef_before,
    p.coef_now
FROM raw.post AS p
JOIN raw.file AS f USING (submission_id)
