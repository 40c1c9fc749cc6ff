-- The name was understood but is not spelt as in the register.
SELECT
    entry.submission_id,
    'commune' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'commune_name' AS column_name,
    entry.commune_name AS value,
    commune.commune_name AS expected
FROM batch.commune AS entry
JOIN batch.district_commune AS commune
    ON commune.submission_id = entry.submission_id AND commune.commune_code = entry.commune_code
WHERE
    entry.commune_name <> commune.commune_name
    AND commune_key(entry.commune_name) IN (commune.name_key, commune.short_key)
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
JOIN batch.village_unit AS unit
    ON
        unit.submission_id = entry.submission_id
        AND unit.source_sheet = entry.source_sheet
        AND unit.source_row = entry.source_row
JOIN batch.known_village AS known
    ON known.submission_id = unit.submission_id AND known.village_id = unit.unit_id
WHERE entry.village_name <> known.village_name AND entry.name_key = known.name_key
