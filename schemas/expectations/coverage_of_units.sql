-- One row a district and period that readers see now, up to the completion: its units are still counted, or went into
-- others by a change since.
SELECT
    before.period || ' · ' || before.district_code AS subject,
    before.period,
    before.district_code,
    coalesce(before.communes_total, 0) + coalesce(before.villages_total, 0) AS previous,
    coalesce(after.communes_total, 0) + coalesce(after.villages_total, 0) + (
        SELECT count(DISTINCT change.predecessor_id)
        FROM marts.unit_changes AS change
        WHERE change.predecessor_district_code = before.district_code AND change.period <= before.period
    ) AS current
FROM published.marts.progress_by_district AS before
LEFT JOIN marts.progress_by_district AS after USING (period, district_code)
WHERE before.period <= (SELECT coalesce(max(completed_period), before.period) FROM marts.completion)
ORDER BY subject
