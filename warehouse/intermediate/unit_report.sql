-- The last accepted row of each unit in each period, within the spell that it speaks of. A superseded return's row
-- stays eligible, so that a row quarantined in a resubmission never makes its unit vanish. Of the periods before those
-- that are computed only the last row is here.
WITH report AS (
    SELECT
        submission_id, period, unit_id, source_sheet, source_row, source_cell, status, completed_on, decision_no,
        people_before, people_now, villages_before, villages_now
    FROM core.commune_report
    UNION ALL
    SELECT
        submission_id, period, unit_id, source_sheet, source_row, source_cell, status, completed_on, decision_no,
        people_before, people_now, NULL, NULL
    FROM core.village_report
),

accepted AS (
    SELECT
        report.* REPLACE (spoken.unit_id AS unit_id),
        spoken.spell_starts_on,
        a.position,
        a.is_effective,
        a.seq,
        a.received_at
    FROM report
    JOIN intermediate.fresh_submission AS a USING (submission_id, period)
    JOIN intermediate.reported_unit AS spoken
        ON spoken.submission_id = report.submission_id AND spoken.reported_id = report.unit_id
    QUALIFY row_number() OVER (
        PARTITION BY spoken.unit_id, a.position, spoken.spell_starts_on
        ORDER BY a.seq DESC, a.received_at DESC, report.submission_id DESC, report.source_row DESC
    ) = 1
)

SELECT * EXCLUDE (seq, received_at)
FROM accepted
UNION ALL BY NAME
SELECT
    seed.unit_id,
    seed.spell_starts_on,
    seed.submission_id,
    seed.reported_period AS period,
    period.position,
    -- what is carried on is not of the period it is carried to
    false AS is_effective,
    seed.source_sheet,
    seed.source_row,
    seed.source_cell,
    seed.status,
    seed.completed_on,
    seed.decision_no,
    seed.people_before,
    seed.people_now,
    seed.villages_before,
    seed.villages_now
FROM intermediate.unit_seed AS seed
JOIN core.period AS period ON period.period = seed.reported_period
