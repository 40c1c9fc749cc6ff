-- The last accepted row of each unit in each period. A superseded return's row stays eligible, so that a row
-- quarantined in a resubmission never makes its unit vanish.
WITH report AS (
    SELECT
        submission_id, unit_id, source_sheet, source_row, source_cell, status, completed_on, decision_no,
        people_before, people_now, villages_before, villages_now
    FROM core.commune_report
    UNION ALL
    SELECT
        submission_id, unit_id, source_sheet, source_row, source_cell, status, completed_on, decision_no,
        people_before, people_now, NULL, NULL
    FROM core.village_report
)

SELECT report.*, a.period, a.position, a.is_effective
FROM report
JOIN intermediate.accepted_submission AS a USING (submission_id)
QUALIFY row_number() OVER (
    PARTITION BY report.unit_id, a.position
    ORDER BY a.seq DESC, a.received_at DESC, a.submission_id DESC, report.source_row DESC
) = 1
