-- Which district owes a return of which period: each that there is on the period's last day.
SELECT DISTINCT district.district_code, period.period
FROM core.period AS period
JOIN register.district AS district
    ON period.ends_on BETWEEN district.valid_from AND coalesce(district.valid_to, DATE '9999-12-31')
