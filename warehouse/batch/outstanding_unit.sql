-- The unit that a row of sheet 04 is about: a commune's code, a village's id, or a commune's code and a name.
SELECT entry.submission_id, entry.source_sheet, entry.source_row, commune.commune_code AS unit_id
FROM batch.outstanding AS entry
JOIN batch.district_commune AS commune
    ON
        commune.submission_id = entry.submission_id
        AND commune.commune_code = lpad(entry.unit_ref, greatest(5, len(entry.unit_ref))::INTEGER, '0')
WHERE entry.unit_level = 'commune'
UNION ALL
SELECT entry.submission_id, entry.source_sheet, entry.source_row, known.village_id
FROM batch.outstanding AS entry
JOIN batch.known_village AS known
    ON
        known.submission_id = entry.submission_id
        AND known.village_kind = entry.unit_level
        AND (
            known.village_id = entry.unit_ref
            OR (
                known.commune_code = lpad(entry.unit_ref, greatest(5, len(entry.unit_ref))::INTEGER, '0')
                AND known.name_key = entry.name_key
            )
        )
