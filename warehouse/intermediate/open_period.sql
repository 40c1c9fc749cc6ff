-- Periods of which something is to be said at as_of: with an accepted return, or due; none after `through`.
SELECT p.position, p.period, p.starts_on, p.ends_on
FROM core.period AS p
WHERE (
        p.due_at <= getvariable('as_of')
        OR p.period IN (SELECT a.period FROM intermediate.accepted_submission AS a)
    )
    AND p.period <= coalesce(getvariable('through')::VARCHAR, p.period)
