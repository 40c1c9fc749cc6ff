-- The unit or post is not in the register of that district on that date; in what a former unit goes on is said, else
-- the nearest name is offered.
WITH unknown AS (
    SELECT 'commune' AS table_name, entry.submission_id, entry.source_sheet, entry.source_row, entry.commune_code,
        entry.commune_name AS named
    FROM batch.commune AS entry
    UNION ALL
    SELECT 'village', entry.submission_id, entry.source_sheet, entry.source_row, entry.commune_code, NULL
    FROM batch.village AS entry
    UNION ALL
    SELECT 'post', entry.submission_id, entry.source_sheet, entry.source_row, entry.commune_code, NULL
    FROM batch.post AS entry
    UNION ALL
    SELECT 'petition', entry.submission_id, entry.source_sheet, entry.source_row, entry.commune_code, NULL
    FROM batch.petition AS entry
)

SELECT
    unknown.submission_id,
    unknown.table_name,
    unknown.source_sheet,
    unknown.source_row,
    'commune_code' AS column_name,
    unknown.commune_code AS value,
    coalesce(
        arg_max(former.said, former.effective_on),
        arg_max(
            near.commune_code || ' ' || near.commune_name,
            jaro_winkler_similarity(near.commune_code, unknown.commune_code)
            + coalesce(jaro_winkler_similarity(near.name_key, commune_key(unknown.named)), 0)
            ORDER BY near.commune_code
        )
    ) AS expected
FROM unknown
LEFT JOIN batch.former_unit AS former
    ON former.submission_id = unknown.submission_id AND former.code = unknown.commune_code
JOIN batch.district_commune AS near ON near.submission_id = unknown.submission_id
WHERE
    unknown.commune_code IS NOT NULL
    AND NOT EXISTS (
        FROM batch.district_commune AS known
        WHERE known.submission_id = unknown.submission_id AND known.commune_code = unknown.commune_code
    )
GROUP BY ALL
UNION ALL
SELECT
    entry.submission_id,
    'village',
    entry.source_sheet,
    entry.source_row,
    CASE WHEN entry.village_id IS NULL THEN 'village_name' ELSE 'village_id' END,
    coalesce(entry.village_id, entry.village_name),
    coalesce(
        arg_max(former.said, former.effective_on),
        arg_max(
            near.village_id || ' ' || near.village_name,
            jaro_winkler_similarity(near.name_key, entry.name_key)
            + coalesce(jaro_winkler_similarity(near.village_id, entry.village_id), 0)
            ORDER BY near.village_id
        )
    )
FROM batch.village AS entry
JOIN batch.district_commune AS commune
    ON commune.submission_id = entry.submission_id AND commune.commune_code = entry.commune_code
LEFT JOIN batch.village_unit AS unit
    ON
        unit.submission_id = entry.submission_id
        AND unit.source_sheet = entry.source_sheet
        AND unit.source_row = entry.source_row
LEFT JOIN batch.former_unit AS former
    ON former.submission_id = entry.submission_id AND former.code = entry.village_id
LEFT JOIN batch.known_village AS near
    ON near.submission_id = entry.submission_id AND near.commune_code = entry.commune_code
WHERE
    unit.unit_id IS NULL
    AND (entry.village_id IS NOT NULL OR (entry.village_kind IN ('thon', 'tdp') AND entry.name_key IS NOT NULL))
GROUP BY ALL
UNION ALL
SELECT
    entry.submission_id,
    'post',
    entry.source_sheet,
    entry.source_row,
    'post_code',
    entry.post_code,
    arg_max(
        near.post_code || ' ' || near.title_vi,
        jaro_winkler_similarity(near.post_code, entry.post_code)
        + coalesce(jaro_winkler_similarity(fold(near.title_vi), fold(entry.post_title)), 0)
        ORDER BY near.post_code
    )
FROM batch.post AS entry
CROSS JOIN reference.post AS near
WHERE
    entry.post_code IS NOT NULL
    AND NOT EXISTS (FROM reference.post AS known WHERE known.post_code = entry.post_code)
GROUP BY ALL
UNION ALL
SELECT
    entry.submission_id,
    'outstanding',
    entry.source_sheet,
    entry.source_row,
    'unit_ref',
    concat_ws(' ', entry.unit_ref, entry.unit_name),
    arg_max(
        split_part(near.unit_id, '@', 1) || ' ' || near.unit_name,
        jaro_winkler_similarity(near.unit_id, entry.unit_ref)
        + coalesce(jaro_winkler_similarity(fold(near.unit_name), fold(entry.unit_name)), 0)
        ORDER BY near.unit_id
    )
FROM batch.outstanding AS entry
LEFT JOIN batch.outstanding_unit AS unit
    ON
        unit.submission_id = entry.submission_id
        AND unit.source_sheet = entry.source_sheet
        AND unit.source_row = entry.source_row
LEFT JOIN batch.reported_unit AS near
    ON near.submission_id = entry.submission_id AND near.unit_level = entry.unit_level
WHERE unit.unit_id IS NULL AND entry.unit_ref IS NOT NULL AND entry.unit_level IN ('commune', 'thon', 'tdp')
GROUP BY ALL
