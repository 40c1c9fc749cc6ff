-- Every unit row of the batch under its unit, communes and villages alike.
SELECT
    'commune' AS table_name,
    entry.submission_id,
    entry.source_sheet,
    entry.source_row,
    commune.unit_id,
    'commune' AS unit_level,
    entry.commune_name AS unit_name,
    entry.status,
    entry.completed_on,
    entry.completed_on IS NOT NULL AND entry.decision_no IS NOT NULL AS has_evidence,
    entry.people_before,
    entry.people_now,
    entry.villages_before
FROM batch.commune AS entry
JOIN batch.district_commune AS commune
    ON commune.submission_id = entry.submission_id AND commune.commune_code = entry.commune_code
WHERE NOT entry.is_repeat
UNION ALL
SELECT
    'village',
    entry.submission_id,
    entry.source_sheet,
    entry.source_row,
    unit.unit_id,
    entry.village_kind,
    entry.village_name,
    entry.status,
    entry.completed_on,
    entry.completed_on IS NOT NULL AND entry.decision_no IS NOT NULL,
    entry.people_before,
    entry.people_now,
    NULL
FROM batch.village AS entry
JOIN batch.village_unit AS unit
    ON
        unit.submission_id = entry.submission_id
        AND unit.source_sheet = entry.source_sheet
        AND unit.source_row = entry.source_row
WHERE NOT entry.is_repeat
