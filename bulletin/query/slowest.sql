-- The periods after the baseline in which fewest units were completed, and how many those were.
SELECT period, completed_in_period
FROM countdown
WHERE period > (SELECT baseline_period FROM release)
QUALIFY completed_in_period = min(completed_in_period) OVER ()
ORDER BY period
