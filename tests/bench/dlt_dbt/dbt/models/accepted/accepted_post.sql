SELECT landed.*
FROM {{ source('landing', 'post') }} AS landed
ANTI JOIN {{ ref('held') }} AS held
    ON
        held.submission_id = landed.submission_id
        AND held.source_sheet = '03_ChucDanh'
        AND held.source_row = landed.source_row
