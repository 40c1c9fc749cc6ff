-- Each step of each unit: what was reported otherwise than before, what it took over, that it left.
SELECT
    unit_id, unit_level, unit_name, district_code, position, 'reported' AS step,
    previous_status AS status_from, status AS status_to, completed_on, decision_no,
    submission_id, source_sheet AS sheet, source_row AS row, source_cell AS cell, NULL::VARCHAR AS other_unit_ids
FROM intermediate.unit_status
WHERE status IS NOT NULL AND status IS DISTINCT FROM previous_status
UNION ALL
SELECT
    s.unit_id, s.unit_level, s.unit_name, s.district_code, s.position, 'taken_over',
    s.status_before, s.status_taken_over, s.completed_on_taken_over, s.decision_no_taken_over,
    min_by(e.submission_id, e.source_row), min_by(e.source_sheet, e.source_row), min(e.source_row),
    min_by(e.source_cell, e.source_row), string_agg(DISTINCT e.predecessor_id, ';' ORDER BY e.predecessor_id)
FROM intermediate.unit_status AS s
JOIN intermediate.change_edge AS e
    ON e.successor_id = s.unit_id AND e.is_succession AND e.position = s.position AND e.predecessor_id <> s.unit_id
WHERE s.is_taking_over AND s.status_taken_over IS DISTINCT FROM s.status_before AND s.status_taken_over IS NOT NULL
GROUP BY ALL
UNION ALL
SELECT
    s.unit_id, s.unit_level, s.unit_name, s.district_code, s.position, 'left',
    s.status, NULL, NULL, min_by(e.decision_no, e.source_row),
    min_by(e.submission_id, e.source_row), min_by(e.source_sheet, e.source_row), min(e.source_row),
    min_by(e.source_cell, e.source_row), string_agg(DISTINCT e.successor_id, ';' ORDER BY e.successor_id)
FROM intermediate.unit_status AS s
JOIN intermediate.change_edge AS e
    ON e.predecessor_id = s.unit_id AND e.is_succession AND e.position = s.position AND e.successor_id <> s.unit_id
WHERE s.is_leaving
GROUP BY ALL
UNION ALL BY NAME
SELECT step.*
FROM settled.unit_step AS step
SEMI JOIN intermediate.settled_period USING (district_code, position)
