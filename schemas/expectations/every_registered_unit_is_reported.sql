-- One row a level: units of the register without any accepted row, in the countdown's last period.
WITH
latest AS (
    SELECT *
    FROM marts.countdown
    WHERE period = (SELECT max(period) FROM marts.countdown)
)

SELECT 'communes_unreported' AS subject, period, 0 AS expected, coalesce(communes_unreported, 0) AS actual FROM latest
UNION ALL
SELECT 'villages_unreported', period, 0, coalesce(villages_unreported, 0) FROM latest
