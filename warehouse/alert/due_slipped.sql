-- Outstanding units that put their promised date off, as published; each further time is news.
SELECT
    unit_id AS subject,
    district_code,
    times_due_slipped::VARCHAR AS news,
    district_name,
    unit_name,
    times_due_slipped AS times,
    obstacle_text AS obstacle,
    strftime(due_on, '%d/%m/%Y') AS due
FROM outstanding_unit
WHERE times_due_slipped > 0
ORDER BY district_code, unit_id
