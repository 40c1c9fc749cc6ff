SELECT
    district_code,
    district_name,
    commune_code,
    commune_name,
    commune_kind,
    status,
    months_outstanding,
    area_flags,
    obstacle_code,
    obstacle_text,
    action,
    owner_role,
    due_on,
    times_due_slipped,
    is_overdue,
    reported_period AS last_reported_period,
    is_carried_forward,
    submission_id AS source_submission_id,
    source_sheet || '!' || source_cell AS source_cell
FROM intermediate.remaining_unit
WHERE unit_level = 'commune'
ORDER BY district_code, commune_code
