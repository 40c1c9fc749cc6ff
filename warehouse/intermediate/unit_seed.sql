-- Each unit as it was settled in the period before the first that is computed.
SELECT status.*
FROM settled.unit_status AS status
JOIN intermediate.fresh_from AS fresh
    ON fresh.district_code = status.district_code AND fresh.seed_position = status.position
