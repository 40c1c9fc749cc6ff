-- One row a district and period that readers see now, up to the completion, and one a period for the city: their units
-- are still counted, or went into others by a change known since, or came by a change withdrawn since. Of a district
-- from or into which units go by such a change only the city's row is asked.
WITH
since AS (
    SELECT change.*, change.predecessor_id AS unit_id, change.predecessor_district_code AS district_code
    FROM marts.unit_changes AS change
    WHERE NOT EXISTS (
        FROM published.marts.unit_changes AS known
        WHERE row(known.predecessor_id, known.successor_id, known.effective_on)
            IS NOT DISTINCT FROM row(change.predecessor_id, change.successor_id, change.effective_on)
    )
    UNION ALL
    SELECT change.*, change.successor_id, change.successor_district_code
    FROM published.marts.unit_changes AS change
    WHERE NOT EXISTS (
        FROM marts.unit_changes AS known
        WHERE row(known.predecessor_id, known.successor_id, known.effective_on)
            IS NOT DISTINCT FROM row(change.predecessor_id, change.successor_id, change.effective_on)
    )
),

counted AS (
    SELECT
        before.period,
        before.district_code,
        coalesce(before.communes_total, 0) + coalesce(before.villages_total, 0) AS previous,
        coalesce(after.communes_total, 0) + coalesce(after.villages_total, 0) AS current
    FROM published.marts.progress_by_district AS before
    FULL JOIN marts.progress_by_district AS after USING (period, district_code)
    WHERE
        period IN (SELECT period FROM published.marts.countdown)
        AND period <= (SELECT coalesce(max(completed_period), period) FROM marts.completion)
)

SELECT
    period || ' · ' || district_code AS subject,
    period,
    district_code,
    previous,
    current + (
        SELECT count(DISTINCT since.unit_id)
        FROM since
        WHERE since.district_code = counted.district_code AND since.period <= counted.period
    ) AS current
FROM counted
WHERE NOT EXISTS (
    FROM since
    WHERE since.period <= counted.period
        AND since.predecessor_district_code <> since.successor_district_code
        AND counted.district_code IN (since.predecessor_district_code, since.successor_district_code)
)
UNION ALL
SELECT
    period,
    period,
    NULL,
    sum(previous)::BIGINT,
    sum(current)::BIGINT
    + (SELECT count(DISTINCT since.unit_id) FROM since WHERE since.period <= counted.period)
FROM counted
GROUP BY period
ORDER BY subject
