-- A district ends while communes lie in it that no row of the file takes elsewhere, or while a row puts new ones there.
WITH ended AS (
    SELECT entry.*
    FROM batch.change AS entry
    WHERE
        entry.unit_level = 'district'
        AND entry.known_old_name IS NOT NULL
        AND NOT EXISTS (
            FROM batch.change AS other
            WHERE other.submission_id = entry.submission_id
                AND other.unit_level = 'district'
                AND other.new_code = entry.old_code
                AND other.effective_on = entry.effective_on
        )
),

lying AS (
    SELECT ended.submission_id, ended.source_row, commune.commune_code || ' ' || commune.commune_name AS commune
    FROM ended
    JOIN register.commune AS commune
        ON commune.district_code = ended.old_code
        AND ended.effective_on BETWEEN commune.valid_from AND coalesce(commune.valid_to, DATE '9999-12-31')
    WHERE NOT EXISTS (
        FROM batch.change AS moved
        WHERE moved.submission_id = ended.submission_id
            AND moved.unit_level = 'commune'
            AND moved.old_code = commune.commune_code
            AND moved.effective_on <= ended.effective_on
    )
    UNION
    SELECT ended.submission_id, ended.source_row, new.new_code || ' ' || new.new_name
    FROM ended
    JOIN batch.change AS new
        ON new.submission_id = ended.submission_id
        AND new.unit_level = 'commune'
        AND new.parent_code = ended.old_code
        AND new.effective_on >= ended.effective_on
)

SELECT
    ended.submission_id,
    'unit_change' AS table_name,
    ended.source_sheet,
    ended.source_row,
    'old_code' AS column_name,
    ended.old_code || ' ' || ended.known_old_name AS value,
    string_agg(lying.commune, ', ' ORDER BY lying.commune) AS expected
FROM ended
JOIN lying USING (submission_id, source_row)
GROUP BY ALL
