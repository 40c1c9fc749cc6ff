-- A village enters the register with the first accepted row that names it.
SELECT
    known.village_id,
    known.commune_code,
    known.village_kind,
    known.village_name,
    known.name_key,
    declared.submission_id AS registered_by,
    declared.period AS registered_period,
    declared.known_at
FROM batch.known_village AS known
JOIN batch.declared AS declared ON declared.submission_id = known.submission_id
WHERE
    known.is_new
    AND EXISTS (
        FROM batch.village_unit AS unit
        JOIN batch.disposition AS disposition
            ON
                disposition.submission_id = unit.submission_id
                AND disposition.source_sheet = unit.source_sheet
                AND disposition.source_row = unit.source_row
        WHERE
            unit.submission_id = known.submission_id
            AND unit.unit_id = known.village_id
            AND disposition.state = 'loaded'
    )
