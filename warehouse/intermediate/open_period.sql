-- Periods of which something is to be said by known_at: with an accepted return, or due.
SELECT p.position, p.period, p.starts_on, p.ends_on
FROM core.period AS p
WHERE p.due_at <= getvariable('known_at')
    OR p.period IN (SELECT a.period FROM intermediate.accepted_submission AS a)
