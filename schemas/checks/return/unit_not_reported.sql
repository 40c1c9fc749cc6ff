-- A registered unit is absent from the return: its last status stands.
WITH registered AS (
    SELECT submission_id, 'commune' AS table_name, 'commune_code' AS column_name, unit_id,
        commune_name AS unit_name
    FROM batch.district_commune
    UNION ALL
    SELECT submission_id, 'village', 'village_name', village_id, village_name
    FROM batch.known_village WHERE NOT is_new
)

SELECT
    registered.submission_id,
    registered.table_name,
    NULL AS source_sheet,
    NULL::BIGINT AS source_row,
    registered.column_name,
    NULL AS value,
    split_part(registered.unit_id, '@', 1) || ' ' || registered.unit_name AS expected
FROM registered
JOIN batch.declared AS declared
    ON declared.submission_id = registered.submission_id AND declared.is_readable
LEFT JOIN batch.reported_unit AS reported
    ON reported.submission_id = registered.submission_id AND reported.unit_id = registered.unit_id
WHERE reported.unit_id IS NULL
