-- The scheme when it is complete.
SELECT 'city' AS subject, NULL::VARCHAR AS district_code, NULL::VARCHAR AS news, completed_period AS period
FROM published.marts.completion
WHERE is_complete
