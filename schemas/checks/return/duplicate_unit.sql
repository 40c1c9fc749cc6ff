-- The unit is in the sheet twice with different figures: each occurrence is held back.
WITH keyed AS (
    SELECT 'commune' AS table_name, submission_id, source_sheet, source_row, 'commune_code' AS column_name,
        commune_code AS unit_key
    FROM batch.commune WHERE NOT is_repeat
    UNION ALL
    SELECT 'village', entry.submission_id, entry.source_sheet, entry.source_row, 'village_name', unit.unit_id
    FROM batch.village AS entry
    JOIN batch.village_unit AS unit
        ON
            unit.submission_id = entry.submission_id
            AND unit.source_sheet = entry.source_sheet
            AND unit.source_row = entry.source_row
    WHERE NOT entry.is_repeat
    UNION ALL
    SELECT 'post', submission_id, source_sheet, source_row, 'post_code', commune_code || ' ' || post_code
    FROM batch.post WHERE NOT is_repeat
    UNION ALL
    SELECT 'outstanding', entry.submission_id, entry.source_sheet, entry.source_row, 'unit_ref', unit.unit_id
    FROM batch.outstanding AS entry
    JOIN batch.outstanding_unit AS unit
        ON
            unit.submission_id = entry.submission_id
            AND unit.source_sheet = entry.source_sheet
            AND unit.source_row = entry.source_row
    WHERE NOT entry.is_repeat
    UNION ALL
    SELECT 'petition', submission_id, source_sheet, source_row, 'petition_kind',
        commune_code || ' ' || petition_kind
    FROM batch.petition WHERE NOT is_repeat
)

SELECT
    keyed.submission_id,
    keyed.table_name,
    keyed.source_sheet,
    keyed.source_row,
    keyed.column_name,
    split_part(keyed.unit_key, '@', 1) AS value,
    string_agg(other.source_row::VARCHAR, ', ' ORDER BY other.source_row) AS expected
FROM keyed
JOIN keyed AS other
    ON
        other.submission_id = keyed.submission_id
        AND other.table_name = keyed.table_name
        AND other.unit_key = keyed.unit_key
        AND (other.source_sheet <> keyed.source_sheet OR other.source_row <> keyed.source_row)
GROUP BY ALL
