-- More people than the law allows on that date.
WITH counted AS (
    SELECT 'commune' AS table_name, 'commune_people_max' AS rule, submission_id, source_sheet, source_row,
        commune_class AS applies_to, people_now
    FROM batch.commune
    UNION ALL
    SELECT 'village', 'village_people_max', submission_id, source_sheet, source_row, village_kind, people_now
    FROM batch.village
)

SELECT
    counted.submission_id,
    counted.table_name,
    counted.source_sheet,
    counted.source_row,
    'people_now' AS column_name,
    counted.people_now::VARCHAR AS value,
    legal_limit.value AS expected
FROM counted
JOIN batch.declared AS declared ON declared.submission_id = counted.submission_id
JOIN reference.legal_limit AS legal_limit
    ON
        legal_limit.rule = counted.rule
        AND legal_limit.applies_to = counted.applies_to
        AND declared.register_date BETWEEN legal_limit.valid_from AND coalesce(legal_limit.valid_to, DATE '9999-12-31')
WHERE counted.people_now > try_cast(legal_limit.value AS BIGINT)
