-- Every obligation, districts with the most trouble first.
SELECT c.period, c.district_code, c.state, d.short_name
FROM submission_compliance AS c
JOIN districts AS d USING (district_code)
ORDER BY
    count(*) FILTER (c.state IN ('late', 'missing', 'rejected')) OVER (PARTITION BY c.district_code) DESC,
    c.district_code,
    c.period
