-- The units of the scheme with the periods on whose last day they are valid: in these a unit counts. Of a unit that is
-- still valid last_position is empty.
SELECT
    unit_id,
    unit_level,
    registered_position,
    -- the baseline period counts as of its own day
    CASE
        WHEN valid_from <= getvariable('baseline_as_of') THEN 0
        ELSE (SELECT min(position) FROM core.period WHERE ends_on >= valid_from)
    END AS first_position,
    CASE
        WHEN valid_to IS NOT NULL
            THEN (SELECT coalesce(max(position), -1) FROM core.period WHERE ends_on <= valid_to)
    END AS last_position
FROM intermediate.unit_span
