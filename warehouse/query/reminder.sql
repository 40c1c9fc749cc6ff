-- Who owes a return around its due date, from remind_before days before it until the period locks; `cause` names the
-- reminder that is due now, if one is. Whose file waits to be read is left in peace.
WITH owed AS (
    SELECT
        obligation.*,
        district.district_name,
        max(submission.verdict = 'rejected') AS was_rejected,
        coalesce(bool_or(submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')), false)
            AS is_reported
    FROM ledger.obligation AS obligation
    JOIN register.owed USING (district_code, period)
    JOIN register.district_name AS district USING (district_code)
    LEFT JOIN ledger.submission AS submission
        ON submission.district_code = obligation.district_code
        AND submission.period = obligation.period
        AND submission.received_at <= getvariable('known_at')
    WHERE
        getvariable('known_at')::DATE >= obligation.due_at::DATE - getvariable('remind_before')::INTEGER
        AND getvariable('known_at') <= obligation.lock_at
        AND NOT EXISTS (
            FROM ledger.exception AS e
            WHERE e.district_code = obligation.district_code
                AND e.period = obligation.period
                AND e.kind = 'exempt'
                AND ledger.exception_state(getvariable('known_at'), e.granted_at, e.expires_at, e.revoked_at)
                = 'in_force'
        )
    GROUP BY ALL
)

SELECT
    CASE
        WHEN getvariable('known_at') <= due_at THEN 'reminder_before'
        WHEN getvariable('known_at')::DATE >= due_at::DATE + getvariable('remind_after')::INTEGER THEN 'reminder_after'
    END AS cause,
    district_code || '/' || period AS subject,
    district_code,
    NULL::VARCHAR AS news,
    district_name,
    period,
    coalesce(was_rejected, false) AS was_rejected,
    strftime(due_at, '%d/%m/%Y %H:%M') AS due,
    strftime(lock_at, '%d/%m/%Y %H:%M') AS lock,
    list_contains(getvariable('reachable')::VARCHAR[], district_code) AS has_address
FROM owed
WHERE NOT is_reported AND NOT list_contains(getvariable('waiting')::VARCHAR[], district_code)
ORDER BY period, district_code
