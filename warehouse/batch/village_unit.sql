-- The registered village that a row of sheet 02 is about: by its id, or without one by commune, kind and name.
SELECT entry.submission_id, entry.source_sheet, entry.source_row, known.village_id AS unit_id
FROM batch.village AS entry
JOIN batch.known_village AS known
    ON
        known.submission_id = entry.submission_id
        AND known.commune_code = entry.commune_code
        AND (
            known.village_id = entry.village_id
            OR (
                entry.village_id IS NULL
                AND NOT known.has_namesake
                AND known.village_kind = entry.village_kind
                AND known.name_key = entry.name_key
            )
        )
