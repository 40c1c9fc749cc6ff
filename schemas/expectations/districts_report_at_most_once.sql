-- One row a period: districts that reported against districts that had an obligation.
SELECT
    countdown.period AS subject,
    count(compliance.district_code) AS obligations,
    coalesce(any_value(countdown.districts_reported), -1) AS reported
FROM marts.countdown AS countdown
LEFT JOIN marts.submission_compliance AS compliance USING (period)
GROUP BY countdown.period
ORDER BY subject
