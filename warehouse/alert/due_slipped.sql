-- Outstanding units that put their promised date off, as published; each further time is news.
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
    times_due_slipped::VARCHAR AS news,
    district_name,
    unit_name,
    times_due_slipped AS times,
    obstacle_text AS obstacle,
    strftime(due_on, '%d/%m/%Y') AS due
FROM outstanding
WHERE times_due_slipped > 0
ORDER BY district_code, unit_id
