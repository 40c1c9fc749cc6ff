-- The villages a commune says it has are not the rows it has in sheet 02.
WITH listed AS (
    SELECT submission_id, commune_code, count(*) AS villages
    FROM batch.village WHERE NOT is_repeat
    GROUP BY submission_id, commune_code
)

SELECT
    entry.submission_id,
    'commune' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'villages_now' AS column_name,
    entry.villages_now::VARCHAR AS value,
    coalesce(listed.villages, 0)::VARCHAR AS expected
FROM batch.commune AS entry
JOIN batch.district_commune AS commune
    ON commune.submission_id = entry.submission_id AND commune.commune_code = entry.commune_code
LEFT JOIN listed ON listed.submission_id = entry.submission_id AND listed.commune_code = entry.commune_code
WHERE NOT entry.is_repeat AND entry.villages_now <> coalesce(listed.villages, 0)
