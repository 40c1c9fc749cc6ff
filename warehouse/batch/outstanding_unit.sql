-- The unit that a row of sheet 04 is about: a commune's code, a village's id, or a commune's code and a name.
WITH referred AS (
    SELECT
        submission_id,
        source_sheet,
        source_row,
        unit_level,
        unit_ref,
        lpad(code, greatest(5, len(code))::INTEGER, '0') AS commune_code,
        coalesce(name_key, village_key(nullif(trim(unit_ref[len(code) + 1:]), ''))) AS name_key
    FROM (SELECT *, regexp_extract(unit_ref, '^([0-9]{1,5})(\s|$)', 1) AS code FROM batch.outstanding)
)

SELECT entry.submission_id, entry.source_sheet, entry.source_row, commune.unit_id
FROM referred AS entry
JOIN batch.district_commune AS commune
    ON commune.submission_id = entry.submission_id AND commune.commune_code = entry.commune_code
WHERE entry.unit_level = 'commune'
UNION ALL
SELECT entry.submission_id, entry.source_sheet, entry.source_row, known.village_id
FROM referred AS entry
JOIN batch.known_village AS known
    ON
        known.submission_id = entry.submission_id
        AND known.village_kind = entry.unit_level
        AND (
            known.village_id = entry.unit_ref
            OR (
                NOT known.has_namesake
                AND known.commune_code = entry.commune_code
                AND known.name_key = entry.name_key
            )
        )
