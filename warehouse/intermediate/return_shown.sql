-- The return that stands for a district and period: the effective one, else the latest rejected file.
WITH candidate AS (
    SELECT
        s.district_code,
        s.period,
        s.submission_id,
        s.received_at,
        s.verdict,
        s.seq,
        coalesce(a.is_effective, false) AS is_effective,
        min(a.received_at) OVER (PARTITION BY s.district_code, s.position) AS first_accepted_at
    FROM intermediate.submission AS s
    LEFT JOIN intermediate.accepted_submission AS a USING (submission_id)
    WHERE s.position IS NOT NULL
)

SELECT *
FROM candidate
QUALIFY row_number() OVER (
    PARTITION BY district_code, period
    ORDER BY is_effective DESC, received_at DESC, submission_id DESC
) = 1
