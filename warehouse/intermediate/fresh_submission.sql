-- The accepted returns of the periods that are computed: no row of any other is read.
SELECT accepted.*
FROM intermediate.accepted_submission AS accepted
JOIN intermediate.fresh_from AS fresh
    ON fresh.district_code = accepted.district_code AND accepted.position >= fresh.position
