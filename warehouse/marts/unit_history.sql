SELECT
    s.unit_id,
    s.unit_level,
    s.unit_name,
    s.district_code,
    t.period,
    s.previous_status AS status_from,
    s.status AS status_to,
    s.completed_on,
    s.decision_no,
    s.submission_id,
    s.source_sheet AS sheet,
    s.source_row AS row,
    s.source_cell AS cell
FROM intermediate.unit_state AS s
JOIN intermediate.tracked_period AS t USING (position)
WHERE s.status IS NOT NULL AND s.status IS DISTINCT FROM s.previous_status
ORDER BY s.unit_id, t.position
