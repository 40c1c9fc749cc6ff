-- The register does not know the old unit on the day before, or the parent on the day itself; the nearest is offered. A new
-- village needs a parent, one that goes on keeps its own.
WITH known AS (
    SELECT 'district' AS unit_level, district_code AS code, district_name AS unit_name, valid_from, valid_to
    FROM register.district
    UNION ALL
    SELECT 'commune', commune_code, commune_name, valid_from, valid_to FROM register.commune
    UNION ALL
    SELECT village_kind, village_id, village_name, valid_from, valid_to FROM register.village
),

parent AS (
    SELECT 'commune' AS unit_level, district_code AS code, district_name AS unit_name, valid_from, valid_to
    FROM register.district
    UNION ALL
    SELECT unnest(['thon', 'tdp']), commune_code, commune_name, valid_from, valid_to FROM register.commune
    UNION ALL
    SELECT
        CASE unit_level WHEN 'district' THEN 'commune' ELSE unnest(['thon', 'tdp']) END,
        new_code,
        new_name,
        effective_on,
        NULL
    FROM batch.change
    WHERE unit_level IN ('district', 'commune')
)

SELECT
    entry.submission_id,
    'unit_change' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'old_code' AS column_name,
    entry.old_code AS value,
    arg_max(
        near.code || ' ' || near.unit_name,
        jaro_winkler_similarity(near.code, entry.old_code)
        + coalesce(jaro_winkler_similarity(fold(near.unit_name), fold(entry.old_name)), 0)
        ORDER BY near.code
    ) AS expected
FROM batch.change AS entry
LEFT JOIN known AS near
    ON near.unit_level = entry.unit_level
    AND entry.effective_on - 1 BETWEEN near.valid_from AND coalesce(near.valid_to, DATE '9999-12-31')
WHERE entry.old_code IS NOT NULL AND entry.effective_on IS NOT NULL AND entry.known_old_name IS NULL
GROUP BY ALL
UNION ALL
SELECT
    entry.submission_id,
    'unit_change',
    entry.source_sheet,
    entry.source_row,
    'parent_code',
    coalesce(entry.parent_code, '(trống)'),
    arg_max(
        near.code || ' ' || near.unit_name,
        coalesce(
            jaro_winkler_similarity(near.code, coalesce(entry.parent_code, split_part(entry.new_code, '-', 1))), 0
        )
        ORDER BY near.code
    )
FROM batch.change AS entry
LEFT JOIN parent AS near
    ON near.unit_level = entry.unit_level
    AND entry.effective_on BETWEEN near.valid_from AND coalesce(near.valid_to, DATE '9999-12-31')
WHERE
    entry.effective_on IS NOT NULL
    AND (
        entry.unit_level = 'commune'
        OR (
            entry.unit_level IN ('thon', 'tdp')
            AND (entry.parent_code IS NOT NULL OR (entry.new_code IS NOT NULL AND entry.holder_name IS NULL))
        )
    )
    AND NOT EXISTS (
        FROM parent
        WHERE parent.unit_level = entry.unit_level
            AND parent.code = entry.parent_code
            AND entry.effective_on BETWEEN parent.valid_from AND coalesce(parent.valid_to, DATE '9999-12-31')
    )
GROUP BY ALL
