-- From which period on each district is computed in this build: the first that something new is said of since the last
-- build that was settled; of a district that is not here nothing is new. What its later periods carry on is read from
-- settled at seed_position, the period before.
WITH district AS (
    SELECT district_code FROM register.commune
    UNION
    SELECT district_code FROM intermediate.accepted_submission
),

accepted AS (
    (FROM intermediate.accepted_submission EXCEPT FROM settled.accepted_submission)
    UNION ALL
    (FROM settled.accepted_submission EXCEPT FROM intermediate.accepted_submission)
),

opened AS (
    (FROM intermediate.open_period EXCEPT FROM settled.open_period)
    UNION ALL
    (FROM settled.open_period EXCEPT FROM intermediate.open_period)
),

registered AS (
    (FROM intermediate.unit_span EXCEPT FROM settled.unit_span)
    UNION ALL
    (FROM settled.unit_span EXCEPT FROM intermediate.unit_span)
),

news AS (
    SELECT district_code, position FROM accepted
    UNION ALL
    SELECT district.district_code, opened.position FROM district CROSS JOIN opened
    UNION ALL
    SELECT lies.district_code, registered.registered_position
    FROM registered
    JOIN intermediate.unit_district AS lies USING (unit_id)
),

first AS (
    SELECT district_code, min(position) AS position
    FROM news
    GROUP BY district_code
    HAVING min(position) IS NOT NULL
)

SELECT
    first.district_code,
    first.position,
    (SELECT max(before.position) FROM intermediate.open_period AS before WHERE before.position < first.position)
        AS seed_position
FROM first
