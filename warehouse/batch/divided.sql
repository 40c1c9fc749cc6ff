-- The parts of divided units and what they say they had before the scheme, in this submission or in an accepted one,
-- beside what the divided units, and whatever else the parts took over that day, had together.
WITH part AS (
    SELECT
        taken.submission_id,
        division.division_id,
        taken.unit_id,
        taken.origins,
        taken.people_before,
        taken.villages_before,
        coalesce(
            max(unit.people_before) FILTER (taken.is_last),
            arg_min(report.people_before, (report.position, -report.seq))
        ) AS people_said,
        coalesce(
            max(unit.villages_before) FILTER (taken.is_last),
            arg_min(report.villages_before, (report.position, -report.seq))
        ) AS villages_said
    FROM batch.taken_over AS taken
    JOIN register.division AS division USING (unit_id, starts_on)
    LEFT JOIN batch.reported_unit AS unit
        ON unit.submission_id = taken.submission_id AND unit.unit_id = taken.unit_id
    LEFT JOIN batch.accepted_report AS report
        ON report.submission_id = taken.submission_id
        AND report.unit_id = taken.unit_id
        AND report.spell_starts_on = taken.starts_on
    GROUP BY ALL
),

whole AS (
    SELECT
        submission_id,
        division_id,
        string_agg(split_part(unit_id, '@', 1), ' + ' ORDER BY unit_id) AS parts,
        any_value(origins) AS origins,
        CASE WHEN count(people_before) = count(*) THEN sum(people_before) END AS people_before,
        CASE WHEN count(villages_before) = count(*) THEN sum(villages_before) END AS villages_before,
        sum(people_said) AS people_said,
        sum(villages_said) AS villages_said,
        count(people_said) = count(*) AS has_all_people,
        count(villages_said) = count(*) AS has_all_villages
    FROM part
    GROUP BY submission_id, division_id
)

SELECT
    part.submission_id,
    part.unit_id,
    whole.parts,
    whole.origins,
    whole.people_before::BIGINT AS people_before,
    whole.villages_before::BIGINT AS villages_before,
    whole.people_said > whole.people_before
    OR (whole.has_all_people AND whole.people_said <> whole.people_before) AS people_differ,
    whole.villages_said > whole.villages_before
    OR (whole.has_all_villages AND whole.villages_said <> whole.villages_before) AS villages_differ
FROM part
JOIN whole USING (submission_id, division_id)
