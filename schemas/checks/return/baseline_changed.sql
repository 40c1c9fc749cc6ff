-- A `before` figure differs from the one accepted in the unit's first period, or from what it took over; those of the
-- parts of a divided unit, together, from what that had.
SELECT
    unit.submission_id,
    unit.table_name,
    unit.source_sheet,
    unit.source_row,
    'people_before' AS column_name,
    unit.people_before::VARCHAR AS value,
    prior.people_before::VARCHAR AS expected
FROM batch.reported_unit AS unit
JOIN batch.prior_report AS prior
    ON prior.submission_id = unit.submission_id AND prior.unit_id = unit.unit_id
WHERE prior.is_baseline AND prior.is_earlier_period AND unit.people_before <> prior.people_before
UNION ALL
SELECT
    unit.submission_id,
    unit.table_name,
    unit.source_sheet,
    unit.source_row,
    'villages_before',
    unit.villages_before::VARCHAR,
    prior.villages_before::VARCHAR
FROM batch.reported_unit AS unit
JOIN batch.prior_report AS prior
    ON prior.submission_id = unit.submission_id AND prior.unit_id = unit.unit_id
WHERE prior.is_baseline AND prior.is_earlier_period AND unit.villages_before <> prior.villages_before
UNION ALL
-- the first time after it took over others, the unit's figures before the scheme are theirs together
SELECT
    unit.submission_id,
    unit.table_name,
    unit.source_sheet,
    unit.source_row,
    'people_before',
    unit.people_before::VARCHAR,
    taken.people_before || ' (' || taken.origins || ')'
FROM batch.reported_unit AS unit
JOIN batch.taken_over AS taken ON taken.submission_id = unit.submission_id AND taken.unit_id = unit.unit_id
ANTI JOIN batch.prior_report AS prior
    ON prior.submission_id = unit.submission_id AND prior.unit_id = unit.unit_id AND prior.is_earlier_period
ANTI JOIN register.division AS part ON part.unit_id = taken.unit_id AND part.starts_on = taken.starts_on
WHERE taken.is_last AND unit.people_before <> taken.people_before
UNION ALL
SELECT
    unit.submission_id,
    unit.table_name,
    unit.source_sheet,
    unit.source_row,
    'villages_before',
    unit.villages_before::VARCHAR,
    taken.villages_before || ' (' || taken.origins || ')'
FROM batch.reported_unit AS unit
JOIN batch.taken_over AS taken ON taken.submission_id = unit.submission_id AND taken.unit_id = unit.unit_id
ANTI JOIN batch.prior_report AS prior
    ON prior.submission_id = unit.submission_id AND prior.unit_id = unit.unit_id AND prior.is_earlier_period
ANTI JOIN register.division AS part ON part.unit_id = taken.unit_id AND part.starts_on = taken.starts_on
WHERE taken.is_last AND unit.villages_before <> taken.villages_before
UNION ALL
SELECT
    unit.submission_id,
    unit.table_name,
    unit.source_sheet,
    unit.source_row,
    'people_before',
    unit.people_before::VARCHAR,
    part.people_before || ' (' || part.origins || ') = ' || part.parts
FROM batch.reported_unit AS unit
JOIN batch.divided AS part ON part.submission_id = unit.submission_id AND part.unit_id = unit.unit_id
ANTI JOIN batch.prior_report AS prior
    ON prior.submission_id = unit.submission_id AND prior.unit_id = unit.unit_id AND prior.is_earlier_period
WHERE part.people_differ
UNION ALL
SELECT
    unit.submission_id,
    unit.table_name,
    unit.source_sheet,
    unit.source_row,
    'villages_before',
    unit.villages_before::VARCHAR,
    part.villages_before || ' (' || part.origins || ') = ' || part.parts
FROM batch.reported_unit AS unit
JOIN batch.divided AS part ON part.submission_id = unit.submission_id AND part.unit_id = unit.unit_id
ANTI JOIN batch.prior_report AS prior
    ON prior.submission_id = unit.submission_id AND prior.unit_id = unit.unit_id AND prior.is_earlier_period
WHERE part.villages_differ
