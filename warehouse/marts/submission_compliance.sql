WITH rows_by_state AS (
    SELECT
        submission_id,
        sum(rows_loaded)::BIGINT AS rows_loaded,
        sum(rows_quarantined)::BIGINT AS rows_quarantined
    FROM intermediate.row_count
    GROUP BY submission_id
),

found AS (
    SELECT submission_id, count(*) AS findings
    FROM ledger.finding
    GROUP BY submission_id
)

SELECT
    o.period,
    o.district_code,
    d.district_name,
    CASE
        WHEN o.is_exempt THEN 'exempt'
        WHEN r.first_accepted_at <= o.due_at THEN 'on_time'
        WHEN r.first_accepted_at IS NOT NULL THEN 'late'
        WHEN r.submission_id IS NOT NULL THEN 'rejected'
        WHEN o.due_at > getvariable('as_of') THEN 'not_due'
        ELSE 'missing'
    END AS state,
    o.due_at::TIMESTAMP AS due_at,
    r.first_accepted_at::TIMESTAMP AS first_accepted_at,
    r.received_at::TIMESTAMP AS received_at,
    r.verdict,
    r.seq,
    CASE WHEN r.submission_id IS NOT NULL THEN coalesce(n.rows_loaded, 0) END AS rows_loaded,
    CASE WHEN r.submission_id IS NOT NULL THEN coalesce(n.rows_quarantined, 0) END AS rows_quarantined,
    CASE WHEN r.submission_id IS NOT NULL THEN coalesce(f.findings, 0) END AS findings,
    r.submission_id
FROM intermediate.obligation AS o
ASOF JOIN register.district AS d ON d.district_code = o.district_code AND o.due_at::DATE >= d.valid_from
LEFT JOIN intermediate.return_shown AS r ON r.district_code = o.district_code AND r.period = o.period
LEFT JOIN rows_by_state AS n ON n.submission_id = r.submission_id
LEFT JOIN found AS f ON f.submission_id = r.submission_id
ORDER BY o.position, o.district_code
