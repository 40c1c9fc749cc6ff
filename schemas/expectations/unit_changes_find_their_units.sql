-- One row a change: its old and its new unit, known to the register on those days, and its loaded source row.
SELECT
    change.doc_no || ' · dòng ' || change.row AS subject,
    change.decision_no,
    change.predecessor_name,
    change.successor_name,
    'đủ' AS expected,
    coalesce(
        nullif(
            concat_ws(
                ', ',
                CASE
                    WHEN change.predecessor_name IS NOT NULL AND change.predecessor_id IS NULL
                        THEN 'không có đơn vị cũ'
                END,
                CASE
                    WHEN change.successor_name IS NOT NULL AND change.successor_id IS NULL THEN 'không có đơn vị mới'
                END,
                CASE WHEN coalesce(source_row.state, '') <> 'loaded' THEN 'không có dòng nguồn đã nạp' END
            ),
            ''
        ),
        'đủ'
    ) AS actual
FROM marts.unit_changes AS change
LEFT JOIN ledger.source_row AS source_row
    ON
        source_row.submission_id = change.submission_id
        AND source_row.source_sheet = change.sheet
        AND source_row.source_row = change.row
ORDER BY subject
