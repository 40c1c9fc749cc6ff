-- The name belongs to another code, or to the unit that bore the code before.
SELECT
    entry.submission_id,
    'commune' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'commune_name' AS column_name,
    entry.commune_name AS value,
    coalesce(former.said, commune.commune_name) AS expected
FROM batch.commune AS entry
JOIN batch.district_commune AS commune
    ON commune.submission_id = entry.submission_id AND commune.commune_code = entry.commune_code
LEFT JOIN batch.former_unit AS former
    ON
        former.submission_id = entry.submission_id
        AND former.code = entry.commune_code
        AND former.name_key = commune_key(entry.commune_name)
WHERE commune_key(entry.commune_name) NOT IN (commune.name_key, commune.short_key)
UNION ALL
SELECT
    entry.submission_id,
    'village',
    entry.source_sheet,
    entry.source_row,
    'village_name',
    entry.village_name,
    known.village_name
FROM batch.village AS entry
JOIN batch.known_village AS known
    ON known.submission_id = entry.submission_id AND known.village_id = entry.village_id
WHERE
    known.commune_code = entry.commune_code
    AND entry.name_key IS NOT NULL
    AND (known.name_key <> entry.name_key OR known.village_kind <> entry.village_kind)
UNION ALL
SELECT
    entry.submission_id,
    'outstanding',
    entry.source_sheet,
    entry.source_row,
    'unit_name',
    entry.unit_name,
    unit_of.unit_name
FROM batch.outstanding AS entry
JOIN batch.outstanding_unit AS unit
    ON
        unit.submission_id = entry.submission_id
        AND unit.source_sheet = entry.source_sheet
        AND unit.source_row = entry.source_row
JOIN (
    SELECT submission_id, unit_id, commune_name AS unit_name, name_key, short_key
    FROM batch.district_commune
    UNION ALL
    SELECT submission_id, village_id, village_name, name_key, name_key
    FROM batch.known_village
) AS unit_of ON unit_of.submission_id = unit.submission_id AND unit_of.unit_id = unit.unit_id
WHERE
    (entry.unit_level = 'commune' AND commune_key(entry.unit_name) NOT IN (unit_of.name_key, unit_of.short_key))
    OR (entry.unit_level <> 'commune' AND entry.name_key <> unit_of.name_key)
UNION ALL
SELECT
    entry.submission_id,
    'post',
    entry.source_sheet,
    entry.source_row,
    'post_title',
    entry.post_title,
    post.title_vi
FROM batch.post AS entry
JOIN reference.post AS post ON post.post_code = entry.post_code
JOIN reference.post AS other ON fold(other.title_vi) = fold(entry.post_title)
WHERE other.post_code <> post.post_code
