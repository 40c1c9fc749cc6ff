SELECT landed.*
FROM {{ source('landing', 'activity') }} AS landed
ANTI JOIN {{ ref('held') }} AS held
    ON
        held.submission_id = landed.submission_id
        AND held.source_sheet = '06_HoatDong'
        AND held.source_row = landed.source_row
