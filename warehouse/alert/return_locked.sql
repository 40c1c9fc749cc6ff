-- Returns that were not accepted by the time their period locked.
SELECT
    district_code || '/' || period AS subject,
    district_code,
    NULL::VARCHAR AS news,
    district_name,
    period,
    strftime(lock_at, '%d/%m/%Y %H:%M') AS lock
FROM unaccepted_return
WHERE lock_at <= getvariable('known_at')
ORDER BY period, district_code
