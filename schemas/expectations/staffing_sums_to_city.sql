-- One row a reconciled figure: the districts' people in the baseline period against the city's figure.
WITH
districts AS (
    SELECT
        sum(people_before)::BIGINT AS people_before,
        sum(people_now)::BIGINT AS people_now
    FROM marts.staffing
    WHERE period = (SELECT max(baseline_period) FROM marts.release)
)

SELECT
    reconciliation.figure AS subject,
    coalesce(CASE reconciliation.figure
        WHEN 'people_before' THEN districts.people_before
        ELSE districts.people_now
    END, 0) AS expected,
    reconciliation.computed::BIGINT AS actual
FROM marts.reconciliation AS reconciliation
CROSS JOIN districts
WHERE reconciliation.figure IN ('people_before', 'people_now') AND reconciliation.computed IS NOT NULL
ORDER BY subject
