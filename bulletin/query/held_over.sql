-- Districts and periods without a return of their own whose figures are those of an earlier one: the sign †.
SELECT p.period, p.district_code
FROM progress_by_district AS p
ANTI JOIN (FROM submissions WHERE is_effective) AS s ON s.district_code = p.district_code AND s.period = p.period
WHERE p.communes_remaining IS NOT NULL
