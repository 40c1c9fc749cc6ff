-- Communes and villages that have not finished, as published.
SELECT commune_code AS unit_id, commune_name AS unit_name, * EXCLUDE (commune_code, commune_name)
FROM published.marts.remaining_communes
UNION ALL BY NAME
SELECT village_id AS unit_id, village_name || ', ' || commune_name AS unit_name, *
FROM published.marts.remaining_villages
