-- What sheet 00 of a district's next return says, and what its last return of the period said.
WITH accepted AS (
    SELECT submission.*, period.position, period.starts_on
    FROM ledger.submission AS submission
    JOIN core.period AS period ON period.period = submission.period
    WHERE
        submission.district_code = getvariable('template_district')
        AND submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
),

of_period AS (
    SELECT * FROM accepted WHERE starts_on = getvariable('template_starts_on')::DATE
)

SELECT
    district.district_name,
    coalesce((SELECT max(seq) FROM of_period), 0) + 1 AS seq,
    coalesce((SELECT arg_max(has_declared_no_petitions, seq) FROM of_period), false) AS declared_no_petitions,
    coalesce((SELECT bool_or(is_simulated) FROM accepted), false) AS is_simulated,
    EXISTS (FROM accepted) AS has_reported
FROM register.district AS district
WHERE district.district_code = getvariable('template_district')
    AND getvariable('template_as_of')::DATE BETWEEN district.valid_from AND coalesce(district.valid_to, DATE '9999-12-31')
