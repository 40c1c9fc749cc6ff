SELECT landed.*
FROM {{ source('landing', 'outstanding') }} AS landed
ANTI JOIN {{ ref('held') }} AS held
    ON
        held.submission_id = landed.submission_id
        AND held.source_sheet = '04_ChuaHoanThanh'
        AND held.source_row = landed.source_row
