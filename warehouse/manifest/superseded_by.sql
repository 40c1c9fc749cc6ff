-- The effective return of the same district and period, where it is another than the submission $1.
SELECT effective.submission_id
FROM submissions AS this
JOIN submissions AS effective USING (district_code, period)
WHERE
    this.submission_id = $1
    AND effective.is_effective
    AND effective.submission_id <> this.submission_id
