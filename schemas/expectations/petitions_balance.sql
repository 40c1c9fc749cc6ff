-- One row a district, kind and period: what was open and came in, less what was resolved, is still open.
-- Unknown on both sides (an empty sheet) is -1 on both: it agrees.
SELECT
    period || ' · ' || district_code || ' · ' || petition_kind AS subject,
    period,
    district_code,
    petition_kind,
    coalesce(opening + received - resolved, -1) AS expected,
    coalesce(closing, -1) AS actual
FROM marts.petitions
ORDER BY subject
