-- Of every unit not yet completed the row that says its state now, with the file it stands in.
WITH unit AS (
    SELECT commune_code AS unit_id, last_reported_period, is_carried_forward, source_submission_id, source_cell
    FROM remaining_communes
    UNION ALL BY NAME
    SELECT village_id AS unit_id, last_reported_period, is_carried_forward, source_submission_id, source_cell
    FROM remaining_villages
)

SELECT
    unit.unit_id,
    unit.last_reported_period AS period,
    unit.is_carried_forward,
    unit.source_submission_id AS submission_id,
    regexp_extract(unit.source_cell, '^(.*)!([^!]*)$', 1) AS sheet,
    regexp_extract(unit.source_cell, '^(.*)!([^!]*)$', 2) AS cell,
    s.received_at,
    s.seq,
    s.sha256
FROM unit
JOIN submissions AS s ON s.submission_id = unit.source_submission_id
