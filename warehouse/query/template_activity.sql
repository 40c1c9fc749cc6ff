-- The activities that the last return of exactly this period listed; a new period begins with none.
WITH last_return AS (
    SELECT submission.submission_id
    FROM ledger.submission AS submission
    JOIN core.period AS period
        ON period.period = submission.period AND period.starts_on = getvariable('template_starts_on')::DATE
    WHERE
        submission.district_code = getvariable('template_district')
        AND submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
    ORDER BY submission.seq DESC, submission.received_at DESC
    LIMIT 1
)

SELECT
    report.activity_kind,
    report.title,
    report.held_on,
    report.organiser,
    report.attend_commune,
    report.attend_village
FROM core.activity_report AS report
JOIN last_return ON last_return.submission_id = report.submission_id
ORDER BY report.source_sheet, report.source_row
