SELECT landed.*
FROM {{ source('landing', 'petition') }} AS landed
ANTI JOIN {{ ref('held') }} AS held
    ON
        held.submission_id = landed.submission_id
        AND held.source_sheet = '05_DonThu'
        AND held.source_row = landed.source_row
