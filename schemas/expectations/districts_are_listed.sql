-- One row a table and district that it has figures of: that district is listed once.
WITH named AS (
    SELECT 'progress_by_district' AS mart, district_code FROM marts.progress_by_district
    UNION
    SELECT 'staffing', district_code FROM marts.staffing
    UNION
    SELECT 'posts', district_code FROM marts.posts
    UNION
    SELECT 'petitions', district_code FROM marts.petitions
    UNION
    SELECT 'activities', district_code FROM marts.activities
    UNION
    SELECT 'remaining_communes', district_code FROM marts.remaining_communes
    UNION
    SELECT 'remaining_villages', district_code FROM marts.remaining_villages
    UNION
    SELECT 'unit_history', district_code FROM marts.unit_history
    UNION
    SELECT 'submission_compliance', district_code FROM marts.submission_compliance
    UNION
    -- what was never accepted may lie in the folder of no district; a unit change file is no district's
    SELECT 'submissions', district_code FROM marts.submissions WHERE is_effective AND period IS NOT NULL
)

SELECT
    named.mart || ' · ' || named.district_code AS subject,
    named.district_code,
    1 AS expected,
    count(listed.district_code) AS actual
FROM named
LEFT JOIN marts.districts AS listed USING (district_code)
GROUP BY ALL
ORDER BY subject
