-- Every unit not yet completed, communes before their villages, with the pace's forecast for its level.
WITH unit AS (
    SELECT 'commune' AS unit_level, commune_code AS unit_id, commune_name AS unit_name, *
    FROM remaining_communes
    UNION ALL BY NAME
    SELECT village_kind AS unit_level, village_id AS unit_id, village_name AS unit_name, *
    FROM remaining_villages
)

SELECT unit.*, d.short_name, f.expected_period AS forecast_period
FROM unit
JOIN districts AS d USING (district_code)
LEFT JOIN forecast AS f
    ON f.scenario = 'recent_pace' AND (f.unit_level = 'commune') = (unit.unit_level = 'commune')
ORDER BY unit.district_code, unit.commune_code, unit.unit_level <> 'commune', unit.unit_id
