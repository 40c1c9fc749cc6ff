-- What each unit that ever promised something last promised, in each period that is computed.
SELECT
    promiser.unit_id,
    lies.district_code,
    promiser.position,
    promise.position AS promised_position,
    promise.area_flags,
    promise.obstacle_code,
    promise.obstacle_text,
    promise.action,
    promise.owner_role,
    promise.due_on
FROM (
    SELECT DISTINCT promise.unit_id, period.position
    FROM intermediate.promise AS promise
    JOIN intermediate.fresh_unit AS fresh USING (unit_id)
    JOIN intermediate.open_period AS period ON period.position >= fresh.position
) AS promiser
JOIN (
    SELECT unit_id, min(district_code) AS district_code
    FROM intermediate.unit_district
    GROUP BY unit_id
) AS lies USING (unit_id)
ASOF JOIN intermediate.promise AS promise
    ON promise.unit_id = promiser.unit_id AND promiser.position >= promise.position
