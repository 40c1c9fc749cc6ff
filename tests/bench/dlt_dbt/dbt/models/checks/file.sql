SELECT
    landed.* EXCLUDE (verdict),
    CASE
        WHEN worst.is_fatal THEN 'rejected'
        WHEN worst.submission_id IS NOT NULL THEN 'partially_accepted'
        ELSE 'accepted'
    END AS verdict
FROM {{ source('landing', 'file') }} AS landed
LEFT JOIN (
    SELECT submission_id, bool_or(severity = 'fatal') AS is_fatal
    FROM {{ ref('finding') }}
    GROUP BY submission_id
) AS worst USING (submission_id)
