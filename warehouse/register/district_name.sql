-- What each district is called by the day it is known; of one that is there no more, what it was called last.
SELECT
    district_code,
    coalesce(
        arg_max(district_name, valid_from) FILTER (valid_from <= getvariable('known_at')::DATE),
        arg_min(district_name, valid_from)
    ) AS district_name
FROM register.district
GROUP BY district_code
