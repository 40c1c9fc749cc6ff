-- Villages lie in rural communes, residential groups in wards and townships: a custom, so only a warning.
SELECT
    entry.submission_id,
    'village' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'village_kind' AS column_name,
    NULL AS value,
    CASE legal_limit.value WHEN 'thon' THEN 'Thôn' ELSE 'TDP' END || ' (' || commune.commune_name || ')' AS expected
FROM batch.village AS entry
JOIN batch.district_commune AS commune
    ON commune.submission_id = entry.submission_id AND commune.commune_code = entry.commune_code
JOIN reference.legal_limit AS legal_limit
    ON legal_limit.rule = 'usual_kind' AND legal_limit.applies_to = commune.commune_kind
WHERE entry.village_kind IN ('thon', 'tdp') AND entry.village_kind <> legal_limit.value
