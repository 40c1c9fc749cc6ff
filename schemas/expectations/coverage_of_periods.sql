-- One row a period that readers see now: the districts that had reported are still there. Once all is done the
-- periods after the completion are not shown any more; that is no loss.
SELECT
    before.period AS subject,
    before.districts_reported + 1 AS previous,
    -- The period itself counts one: a period that vanished shrank even when nobody had reported in it.
    coalesce(after.districts_reported + 1, 0) AS current
FROM published.marts.countdown AS before
LEFT JOIN marts.countdown AS after USING (period)
WHERE before.period <= (SELECT coalesce(max(completed_period), before.period) FROM marts.completion)
ORDER BY subject
