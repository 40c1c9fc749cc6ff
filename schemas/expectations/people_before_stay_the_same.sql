-- One row a period from the first change of units on: the people before the scheme are those of the period before. Only
-- what was not reported yet may add to them.
WITH city AS (
    SELECT
        period,
        sum(people_before) AS people,
        lag(sum(people_before)) OVER periods AS people_of_period_before,
        lag(sum(units_unreported)) OVER periods AS unreported_in_period_before
    FROM marts.staffing
    GROUP BY period
    WINDOW periods AS (ORDER BY period)
)

SELECT
    period AS subject,
    period,
    CASE
        WHEN unreported_in_period_before = 0 OR people < people_of_period_before THEN people_of_period_before
        ELSE people
    END AS expected,
    people AS actual
FROM city
WHERE
    people_of_period_before IS NOT NULL
    AND period >= (SELECT min(period) FROM marts.unit_changes)
ORDER BY subject
