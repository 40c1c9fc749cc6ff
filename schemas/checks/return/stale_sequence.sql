-- The sequence number is not above the last accepted one of that district and period.
WITH last_accepted AS (
    SELECT district_code, period, max(seq) AS seq
    FROM ledger.submission
    WHERE verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
    GROUP BY district_code, period
)

SELECT
    declared.submission_id,
    'info' AS table_name,
    declared.source_sheet,
    NULL::BIGINT AS source_row,
    'seq' AS column_name,
    NULL AS value,
    'từ ' || (coalesce(last_accepted.seq, 0) + 1) || ' trở lên' AS expected
FROM batch.declared AS declared
LEFT JOIN last_accepted
    ON last_accepted.district_code = declared.district_code AND last_accepted.period = declared.period
WHERE declared.is_readable AND coalesce(declared.seq, 0) <= coalesce(last_accepted.seq, 0)
