-- The periods of each district that stand as they were settled: those before the first that is computed.
SELECT district.district_code, period.position
FROM settled.open_period AS period
CROSS JOIN (
    SELECT district_code FROM settled.district_state
    UNION
    SELECT district_code FROM settled.accepted_submission
) AS district
LEFT JOIN intermediate.fresh_from AS fresh USING (district_code)
WHERE fresh.position IS NULL OR period.position < fresh.position
