-- Returns that are due and not accepted, of periods not yet locked. A published time is Hanoi's, without its zone.
SELECT
    district_code || '/' || period AS subject,
    district_code,
    NULL::VARCHAR AS news,
    district_name,
    period,
    state = 'rejected' AS was_rejected,
    strftime(due_at, '%d/%m/%Y %H:%M') AS due,
    strftime(lock_at, '%d/%m/%Y %H:%M') AS lock
FROM unaccepted_return
WHERE due_at::TIMESTAMPTZ <= getvariable('known_at') AND lock_at > getvariable('known_at')
ORDER BY period, district_code
