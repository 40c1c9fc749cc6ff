-- One row a period: what remained before, less completed, plus reopened and first reported, plus and less what changes of
-- units brought and took, remains now.
SELECT
    period AS subject,
    (
        lag(communes_remaining + villages_remaining, 1, 0) OVER (ORDER BY period)
        - completed_in_period
        + reopened_in_period
        + first_reported_remaining
        + entered_by_change
        - left_by_change
    ) AS expected,
    communes_remaining + villages_remaining AS actual,
    completed_in_period,
    reopened_in_period,
    first_reported_remaining,
    entered_by_change,
    left_by_change
FROM marts.countdown
ORDER BY subject
