-- What was owed at as_of: periods begun by then, none after the period of completion. A return that was accepted
-- of a district that, as was learnt later, was there no more on the period's last day answers what it owed then.
SELECT
    o.district_code,
    o.period,
    p.position,
    o.due_at,
    EXISTS (
        FROM ledger.exception AS e
        WHERE e.district_code = o.district_code
            AND e.period = o.period
            AND e.kind = 'exempt'
            AND ledger.exception_state(getvariable('as_of'), e.granted_at, e.expires_at, e.revoked_at) = 'in_force'
    ) AS is_exempt
FROM ledger.obligation AS o
JOIN core.period AS p USING (period)
WHERE p.starts_on <= getvariable('as_of')::DATE
    AND (o.district_code, o.period) IN (
        FROM register.owed
        UNION ALL
        SELECT a.district_code, a.period FROM intermediate.accepted_submission AS a
    )
    AND NOT EXISTS (FROM intermediate.tracked_period AS t WHERE t.is_complete AND t.position < p.position)
