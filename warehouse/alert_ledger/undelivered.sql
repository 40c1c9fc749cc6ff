-- Channels and districts with messages that could not be delivered for a day.
SELECT
    concat_ws(' ', channel, district_code) AS subject,
    district_code,
    NULL::VARCHAR AS news,
    channel,
    count(*) AS waiting,
    strftime(min(written_at), '%d/%m/%Y %H:%M') AS since,
    arg_max(last_error, position) AS error,
    bool_or(is_simulated) AS is_simulated
FROM message
WHERE sent_at IS NULL AND withdrawn_at IS NULL AND attempts > 0 AND cause <> 'undelivered'
GROUP BY channel, district_code
HAVING min(written_at) <= getvariable('moment')::TIMESTAMPTZ - INTERVAL 1 DAY
ORDER BY channel, district_code
