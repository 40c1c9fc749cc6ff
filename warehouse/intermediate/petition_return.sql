-- What each effective return says about petitions: the statement that none arose, rows taken, rows not taken.
-- A zero may only be printed where one of the first two is there and nothing was kept back.
WITH sheet_row AS (
    SELECT
        submission_id,
        sum(rows_loaded)::BIGINT AS rows_loaded,
        sum(rows_quarantined)::BIGINT AS rows_quarantined
    FROM intermediate.row_count
    WHERE form_sheet = '05_DonThu'
    GROUP BY submission_id
)

SELECT
    a.submission_id,
    a.district_code,
    a.position,
    a.period,
    a.has_declared_no_petitions AS is_declared_zero,
    coalesce(r.rows_quarantined, 0) AS rows_quarantined,
    coalesce(r.rows_quarantined, 0) = 0 AND (a.has_declared_no_petitions OR coalesce(r.rows_loaded, 0) > 0)
        AS is_silence_zero
FROM intermediate.accepted_submission AS a
LEFT JOIN sheet_row AS r USING (submission_id)
WHERE a.is_effective
