-- The promised date is later than the unit's last promise in an earlier period.
WITH last_promise AS (
    SELECT declared.submission_id, report.unit_id, report.due_on
    FROM batch.declared AS declared
    JOIN core.outstanding_report AS report ON report.district_code = declared.district_code
    JOIN core.period AS period ON period.period = report.period AND period.position < declared.position
    JOIN ledger.submission AS submission ON submission.submission_id = report.submission_id
    QUALIFY row_number() OVER (
        PARTITION BY declared.submission_id, report.unit_id
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC
    ) = 1
)

SELECT
    entry.submission_id,
    'outstanding' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'due_on' AS column_name,
    strftime(entry.due_on, '%d/%m/%Y') AS value,
    strftime(last_promise.due_on, '%d/%m/%Y') AS expected
FROM batch.outstanding AS entry
JOIN batch.outstanding_unit AS unit
    ON
        unit.submission_id = entry.submission_id
        AND unit.source_sheet = entry.source_sheet
        AND unit.source_row = entry.source_row
JOIN last_promise ON last_promise.submission_id = unit.submission_id AND last_promise.unit_id = unit.unit_id
WHERE entry.due_on > last_promise.due_on
