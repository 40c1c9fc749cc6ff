-- Each row of a unit change file with its codes written out, and the unit that the register knows under the old
-- code on the day before, and under the new one on that day and before.
WITH written AS (
    SELECT
        entry.* REPLACE (
            lpad(entry.old_code, greatest(width, len(entry.old_code))::INTEGER, '0') AS old_code,
            lpad(entry.new_code, greatest(width, len(entry.new_code))::INTEGER, '0') AS new_code,
            lpad(entry.parent_code, greatest(parent_width, len(entry.parent_code))::INTEGER, '0') AS parent_code,
            coalesce(entry.share, 'whole') AS share
        )
    FROM (
        SELECT
            *,
            CASE unit_level WHEN 'district' THEN 3 WHEN 'commune' THEN 5 ELSE 0 END AS width,
            CASE unit_level WHEN 'commune' THEN 3 ELSE 5 END AS parent_width
        FROM batch.unit_change
    ) AS entry
    WHERE NOT entry.is_repeat
),

known AS (
    SELECT 'district' AS unit_level, district_code AS code, district_name AS unit_name, district_kind AS unit_kind,
        NULL AS parent_code, valid_from, valid_to
    FROM register.district
    UNION ALL
    SELECT 'commune', commune_code, commune_name, commune_kind, district_code, valid_from, valid_to
    FROM register.commune
    UNION ALL
    SELECT village_kind, village_id, village_name, village_kind, NULL, valid_from, valid_to
    FROM register.village
),

found AS (
    SELECT
        entry.*,
        old.unit_name AS known_old_name,
        old.valid_from AS old_valid_from,
        holder.unit_name AS holder_name,
        holder.unit_kind AS holder_kind,
        holder.parent_code AS holder_parent
    FROM written AS entry
    LEFT JOIN known AS old
        ON old.code = entry.old_code
        AND old.unit_level = entry.unit_level
        AND entry.effective_on - 1 BETWEEN old.valid_from AND coalesce(old.valid_to, DATE '9999-12-31')
    LEFT JOIN known AS holder
        ON holder.code = entry.new_code
        AND (holder.unit_level = entry.unit_level OR entry.unit_level IN ('thon', 'tdp'))
        AND entry.effective_on - 1 BETWEEN holder.valid_from AND coalesce(holder.valid_to, DATE '9999-12-31')
),

compared AS (
    SELECT
        * EXCLUDE (width, parent_width, is_repeat),
        -- a village is its id, whatever its name; any other unit goes on only under the same name, kind and parent
        CASE
            WHEN unit_level IN ('thon', 'tdp') THEN holder_name IS NOT NULL
            ELSE
                row(commune_key(holder_name), holder_kind, holder_parent)
                IS NOT DISTINCT FROM row(commune_key(new_name), new_kind, parent_code)
        END AS goes_on
    FROM found
)

SELECT * REPLACE (
    -- whoever goes on keeps the register's spelling: another case or place of the tone makes no other unit
    CASE WHEN goes_on AND unit_level NOT IN ('thon', 'tdp') THEN holder_name ELSE new_name END AS new_name
)
FROM compared
