-- Outstanding units whose promised date has passed, as published.
WITH outstanding AS (
    SELECT commune_code AS unit_id, commune_name AS unit_name, * EXCLUDE (commune_code, commune_name)
    FROM published.marts.remaining_communes
    UNION ALL BY NAME
    SELECT village_id AS unit_id, village_name || ', ' || commune_name AS unit_name, *
    FROM published.marts.remaining_villages
)

SELECT
    unit_id AS subject,
    district_code,
    due_on::VARCHAR AS news,
    district_name,
    unit_name,
    obstacle_text AS obstacle,
    strftime(due_on, '%d/%m/%Y') AS due
FROM outstanding
WHERE is_overdue
ORDER BY district_code, unit_id
