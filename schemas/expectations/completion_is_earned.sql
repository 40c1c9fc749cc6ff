-- One row: the statement that all is done agrees with the countdown's last row.
WITH
latest AS (
    SELECT
        period,
        communes_remaining + villages_remaining + communes_unreported + villages_unreported AS open_units
    FROM marts.countdown
    WHERE period = (SELECT max(period) FROM marts.countdown)
)

SELECT
    coalesce(latest.period, 'chưa có kỳ nào') AS subject,
    coalesce(latest.open_units, -1) AS open_units,
    CASE WHEN latest.open_units = 0 THEN 'true' ELSE 'false' END AS expected,
    coalesce(completion.is_complete::VARCHAR, '') AS actual
FROM marts.completion AS completion
LEFT JOIN latest ON true
