-- The run that ends now was refused, with what kept it back: neither warnings nor what is waived.
SELECT
    'release' AS subject,
    NULL::VARCHAR AS district_code,
    string_agg(expectation, ', ' ORDER BY expectation) AS news,
    getvariable('run_id') AS run_id,
    news AS expectations,
    strftime(getvariable('published_at')::TIMESTAMP, '%d/%m/%Y %H:%M') AS published
FROM ledger.expectation_result
WHERE run_id = getvariable('run_id') AND (observed ->> 'is_blocking')::BOOLEAN
HAVING getvariable('is_refused')
