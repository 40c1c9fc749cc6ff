WITH closing AS (
    SELECT
        s.submission_id,
        s.district_code,
        s.period,
        EXISTS (
            FROM intermediate.accepted_submission AS later
            WHERE later.district_code = s.district_code
                AND later.period IS NOT DISTINCT FROM coalesce(s.period, later.period)
                AND later.received_at > s.received_at
        ) AS is_closed,
        s.received_at
    FROM intermediate.submission AS s
),

-- who prepared or signed a return never leaves the ledger, not even in a finding
shown AS (
    SELECT
        * EXCLUDE (value, remedy_vi, remedy_en),
        coalesce(column_name IN ('prepared_by', 'contact_email', 'signed_by'), false) AS is_personal,
        CASE WHEN NOT is_personal THEN value END AS value,
        CASE WHEN is_personal AND value <> '' THEN replace(remedy_vi, value, '…') ELSE remedy_vi END AS remedy_vi,
        CASE WHEN is_personal AND value <> '' THEN replace(remedy_en, value, '…') ELSE remedy_en END AS remedy_en
    FROM ledger.finding
)

SELECT
    f.submission_id,
    f.finding_no,
    c.district_code,
    d.district_name,
    c.period,
    f.form_sheet AS sheet,
    f.source_sheet,
    f.cell,
    f.fault,
    f.severity,
    f.value,
    f.expected,
    f.remedy_vi,
    f.remedy_en,
    f.source
FROM shown AS f
JOIN closing AS c USING (submission_id)
ASOF LEFT JOIN register.district AS d ON d.district_code = c.district_code AND c.received_at::DATE >= d.valid_from
WHERE NOT c.is_closed
ORDER BY c.received_at, f.submission_id, f.finding_no
