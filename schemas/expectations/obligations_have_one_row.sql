-- One row an obligation of a period begun by the release's moment, up to the completion: exactly one line of the
-- compliance table. Owed is what the register says, or what was answered before it said otherwise.
SELECT
    obligation.period || ' · ' || obligation.district_code AS subject,
    obligation.period,
    obligation.district_code,
    1 AS expected,
    count(compliance.district_code) AS actual
FROM ledger.obligation AS obligation
JOIN core.period AS period USING (period)
LEFT JOIN marts.submission_compliance AS compliance USING (district_code, period)
WHERE
    period.starts_on <= (SELECT max(as_known_at)::DATE FROM marts.release)
    AND (obligation.district_code, obligation.period) IN (
        FROM register.owed
        UNION ALL
        SELECT s.district_code, s.period FROM marts.submissions AS s WHERE s.is_effective
    )
    AND obligation.period <= (SELECT coalesce(max(completed_period), obligation.period) FROM marts.completion)
GROUP BY ALL
ORDER BY subject
