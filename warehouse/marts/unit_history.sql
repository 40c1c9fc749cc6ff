SELECT
    step.unit_id,
    step.unit_level,
    step.unit_name,
    step.district_code,
    t.period,
    step.step,
    step.status_from,
    step.status_to,
    step.completed_on,
    step.decision_no,
    step.submission_id,
    step.sheet,
    step.row,
    step.cell,
    step.other_unit_ids
FROM intermediate.unit_step AS step
JOIN intermediate.tracked_period AS t USING (position)
ORDER BY step.unit_id, t.position, step.step DESC
