-- One row a completion in the units' history: its date, its decision, its accepted file, its loaded source row.
SELECT
    history.unit_id || ' · ' || history.period AS subject,
    history.unit_id,
    history.period,
    history.submission_id,
    history.sheet,
    history.row AS source_row,
    'đủ minh chứng' AS expected,
    coalesce(
        nullif(
            concat_ws(
                ', ',
                CASE WHEN history.completed_on IS NULL THEN 'thiếu ngày hoàn thành' END,
                CASE WHEN coalesce(trim(history.decision_no), '') = '' THEN 'thiếu số quyết định' END,
                CASE
                    WHEN coalesce(submission.verdict, '')
                        NOT IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
                    THEN 'tệp không được nhận'
                END,
                CASE WHEN coalesce(source_row.state, '') <> 'loaded' THEN 'không có dòng nguồn đã nạp' END
            ),
            ''
        ),
        'đủ minh chứng'
    ) AS actual
FROM marts.unit_history AS history
LEFT JOIN ledger.submission AS submission USING (submission_id)
LEFT JOIN ledger.source_row AS source_row
    ON
        source_row.submission_id = history.submission_id
        AND source_row.source_sheet = history.sheet
        AND source_row.source_row = history.row
WHERE history.status_to = 'completed'
ORDER BY subject
