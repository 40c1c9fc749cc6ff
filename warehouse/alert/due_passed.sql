-- Outstanding units whose promised date has passed, as published.
SELECT
    unit_id AS subject,
    district_code,
    due_on::VARCHAR AS news,
    district_name,
    unit_name,
    obstacle_text AS obstacle,
    strftime(due_on, '%d/%m/%Y') AS due
FROM outstanding_unit
WHERE is_overdue
ORDER BY district_code, unit_id
