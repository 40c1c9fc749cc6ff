-- The city's countdown when it has not moved for stalled_periods periods that are all due.
WITH series AS (
    SELECT
        period,
        communes_remaining + villages_remaining AS remaining,
        lag(period, getvariable('stalled_periods')) OVER past AS period_then,
        lag(remaining, getvariable('stalled_periods')) OVER past AS remaining_then
    FROM published.marts.countdown
    WHERE districts_due > 0
    WINDOW past AS (ORDER BY period)
)

SELECT
    'city' AS subject,
    NULL::VARCHAR AS district_code,
    NULL::VARCHAR AS news,
    getvariable('stalled_periods') AS stalled_periods,
    period,
    period_then,
    remaining AS remaining_now,
    remaining_then
FROM series
WHERE period = (SELECT max(period) FROM series) AND remaining > 0 AND remaining >= remaining_then
