-- Malformed, before the baseline, in the future, or locked without a recorded exception.
SELECT
    declared.submission_id,
    'info' AS table_name,
    declared.source_sheet,
    NULL::BIGINT AS source_row,
    'period' AS column_name,
    NULL AS value,
    CASE
        WHEN declared.position IS NULL
            THEN 'kỳ dạng YYYY-MM từ ' || getvariable('baseline_period') || ' đến kỳ hiện tại'
        ELSE 'kỳ chưa khóa (đã khóa lúc ' || strftime(declared.lock_at::TIMESTAMP, '%H:%M %d/%m/%Y') || ')'
    END AS expected
FROM batch.declared AS declared
WHERE
    declared.is_readable
    AND (
        declared.position IS NULL
        OR (
            declared.received_at > declared.lock_at
            AND NOT EXISTS (
                FROM ledger.exception AS e
                WHERE e.district_code = declared.district_code
                    AND e.period = declared.period
                    AND e.kind = 'late_return'
                    AND ledger.exception_state(declared.received_at, e.granted_at, e.expires_at, e.revoked_at)
                    = 'in_force'
            )
        )
    )
UNION ALL
SELECT
    declared.submission_id,
    'info',
    declared.source_sheet,
    NULL,
    'as_of_date',
    NULL,
    'ngày từ ' || strftime(declared.starts_on, '%d/%m/%Y') || ' đến ' || strftime(declared.ends_on, '%d/%m/%Y')
FROM batch.declared AS declared
WHERE
    declared.position IS NOT NULL
    AND (
        declared.as_of_date IS NULL
        OR declared.as_of_date NOT BETWEEN declared.starts_on AND declared.ends_on
    )
