SELECT landed.*
FROM {{ source('landing', 'village') }} AS landed
ANTI JOIN {{ ref('held') }} AS held
    ON
        held.submission_id = landed.submission_id
        AND held.source_sheet = '02_ThonTDP'
        AND held.source_row = landed.source_row
