-- What waits to be sent for more than a day, and when the causes were last looked at, those of the watchman apart.
SELECT
    (
        SELECT count(*)
        FROM message
        WHERE sent_at IS NULL AND withdrawn_at IS NULL
            AND written_at <= getvariable('moment')::TIMESTAMPTZ - INTERVAL 1 DAY
    ) AS waiting,
    (SELECT epoch(max(evaluated_at)) FROM evaluation) AS evaluated_at,
    (
        SELECT epoch(max(evaluated_at))
        FROM evaluation
        WHERE list_contains(getvariable('watched'), cause)
    ) AS watched_at
