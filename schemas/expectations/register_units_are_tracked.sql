-- One row a district and period: the communes that the register knows there on the period's last day, and those counted.
WITH registered AS (
    SELECT commune.district_code, period.period, count(*) AS communes
    FROM core.period AS period
    JOIN register.commune AS commune
        ON period.ends_on BETWEEN commune.valid_from AND coalesce(commune.valid_to, DATE '9999-12-31')
    WHERE period.period IN (SELECT period FROM marts.countdown)
    GROUP BY ALL
)

SELECT
    period || ' · ' || district_code AS subject,
    period,
    district_code,
    coalesce(registered.communes, 0) AS expected,
    coalesce(progress.communes_total, 0) AS actual
FROM registered
FULL JOIN marts.progress_by_district AS progress USING (period, district_code)
ORDER BY subject
