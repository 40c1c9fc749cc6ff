-- Each scenario for communes and villages together: it is over when the later of the two is.
SELECT
    scenario,
    bool_or(outcome = 'unknown') AS is_unknown,
    CASE WHEN NOT is_unknown THEN max(expected_period) END AS expected_period,
    CASE WHEN NOT is_unknown THEN max(earliest_period) END AS earliest_period,
    CASE WHEN NOT is_unknown AND count(latest_period) = count(*) THEN max(latest_period) END AS latest_period,
    CASE WHEN count(expected_before_period) = count(*) THEN max(expected_before_period) END AS expected_before_period
FROM forecast
GROUP BY scenario
