SELECT
    t.period,
    a.district_code,
    d.district_name,
    r.activity_kind,
    r.title,
    r.held_on,
    r.organiser,
    r.attend_commune,
    r.attend_village,
    r.submission_id AS source_submission_id,
    r.source_sheet || '!' || r.source_cell AS source_cell
FROM core.activity_report AS r
JOIN intermediate.accepted_submission AS a USING (submission_id)
JOIN intermediate.tracked_period AS t USING (position)
ASOF JOIN register.district AS d ON d.district_code = a.district_code AND t.ends_on >= d.valid_from
WHERE a.is_effective
ORDER BY t.position, a.district_code, r.submission_id, r.source_sheet, r.source_row
