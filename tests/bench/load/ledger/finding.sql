SELECT *
FROM raw.finding
