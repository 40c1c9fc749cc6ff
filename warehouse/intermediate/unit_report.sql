-- The last accepted row of each unit in each period, within the spell that it speaks of. A superseded return's row
-- stays eligible, so that a row quarantined in a resubmission never makes its unit vanish.
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
),

accepted AS (
    SELECT
        report.* REPLACE (spoken.unit_id AS unit_id),
        spoken.spell_starts_on,
        a.period,
        a.position,
        a.is_effective,
        a.seq,
        a.received_at
    FROM report
    JOIN intermediate.accepted_submission AS a USING (submission_id)
    JOIN register.reported_unit AS spoken
        ON spoken.submission_id = report.submission_id AND spoken.reported_id = report.unit_id
)

SELECT *
FROM accepted
QUALIFY row_number() OVER (
    PARTITION BY unit_id, position, spell_starts_on
    ORDER BY seq DESC, received_at DESC, submission_id DESC, source_row DESC
) = 1
