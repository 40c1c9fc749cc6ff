-- How many rows of each published table rest on the submission $1: those that name it, and, where it is its district's
-- effective return of a period, the figures of that district and period.
WITH effective AS (
    SELECT district_code, period
    FROM submissions
    WHERE submission_id = $1 AND is_effective
),

resting AS (
    SELECT 'remaining_communes' AS published_table FROM remaining_communes WHERE source_submission_id = $1
    UNION ALL
    SELECT 'remaining_villages' FROM remaining_villages WHERE source_submission_id = $1
    UNION ALL
    SELECT 'unit_history' FROM unit_history WHERE submission_id = $1
    UNION ALL
    SELECT 'activities' FROM activities WHERE source_submission_id = $1
    UNION ALL
    SELECT 'submission_compliance' FROM submission_compliance WHERE submission_id = $1
    UNION ALL
    SELECT 'submissions' FROM submissions WHERE submission_id = $1
    UNION ALL
    SELECT 'findings' FROM findings WHERE submission_id = $1
    UNION ALL
    SELECT 'progress_by_district' FROM progress_by_district SEMI JOIN effective USING (district_code, period)
    UNION ALL
    SELECT 'staffing' FROM staffing SEMI JOIN effective USING (district_code, period)
    UNION ALL
    SELECT 'posts' FROM posts SEMI JOIN effective USING (district_code, period)
    UNION ALL
    SELECT 'petitions' FROM petitions SEMI JOIN effective USING (district_code, period)
)

SELECT published_table, count(*) AS rows
FROM resting
GROUP BY published_table
ORDER BY published_table
