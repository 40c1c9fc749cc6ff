WITH referred AS (
    SELECT o.*, level.code AS level_code, obstacle.code AS obstacle
    FROM raw.outstanding AS o
    JOIN raw.term AS level ON level.vocabulary = 'unit_level' AND level.label = o.unit_level
    JOIN raw.term AS obstacle ON obstacle.vocabulary = 'obstacle_code' AND obstacle.label = o.obstacle_code
)

SELECT
    o.submission_id,
    f.district_code,
    f.period,
    getvariable('known_at') AS known_at,
    '04_ChuaHoanThanh' AS source_sheet,
    o.source_row,
    'E' || o.source_row AS source_cell,
    coalesce(known.village_id, o.unit_ref) AS unit_id,
    o.level_code AS unit_level,
    (
        SELECT string_agg(flag.code, ';' ORDER BY list_position(string_split(o.area_flags, '; '), flag.label))
        FROM raw.term AS flag
        WHERE flag.vocabulary = 'area_flag' AND list_contains(string_split(o.area_flags, '; '), flag.label)
    ) AS area_flags,
    o.obstacle AS obstacle_code,
    o.obstacle_text,
    o.action,
    o.owner_role,
    o.due_on
FROM referred AS o
JOIN raw.file AS f USING (submission_id)
LEFT JOIN core.village AS known
    ON
        known.village_kind = o.level_code
        AND (
            known.village_id = o.unit_ref
            OR (known.commune_code = o.unit_ref AND known.village_name = o.unit_name)
        )
