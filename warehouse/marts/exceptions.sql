SELECT
    e.exception_id,
    e.kind,
    ledger.exception_state(getvariable('as_of'), e.granted_at, e.expires_at, e.revoked_at) AS state,
    e.district_code,
    d.district_name,
    e.period,
    e.expectation,
    e.unit_id,
    e.reason,
    e.granted_by,
    e.granted_at::TIMESTAMP AS granted_at,
    e.expires_at::TIMESTAMP AS expires_at,
    CASE WHEN e.revoked_at <= getvariable('as_of') THEN e.revoked_at::TIMESTAMP END AS revoked_at,
    CASE WHEN e.revoked_at <= getvariable('as_of') THEN e.revoked_by END AS revoked_by,
    CASE WHEN e.revoked_at <= getvariable('as_of') THEN e.revocation_reason END AS revocation_reason
FROM ledger.exception AS e
ASOF LEFT JOIN register.district AS d ON d.district_code = e.district_code AND e.granted_at::DATE >= d.valid_from
WHERE e.granted_at <= getvariable('as_of')
ORDER BY e.granted_at, e.exception_id
