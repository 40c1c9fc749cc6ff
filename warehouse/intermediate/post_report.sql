-- The last accepted row of each post of each commune in each period, within the spell that the commune's own row of the
-- same return speaks of; where that row was held back, within the one of the period's last day. Of the periods before
-- those that are computed only the last row is here.
WITH said AS (
    SELECT r.*, a.position, a.seq, a.received_at, p.ends_on, c.unit_id AS reported_id
    FROM core.post_report AS r
    JOIN intermediate.fresh_submission AS a USING (submission_id, period)
    JOIN core.period AS p USING (position)
    LEFT JOIN (
        SELECT submission_id, commune_code, any_value(unit_id) AS unit_id
        FROM core.commune_report
        SEMI JOIN intermediate.fresh_submission USING (submission_id, period)
        GROUP BY ALL
    ) AS c ON c.submission_id = r.submission_id AND c.commune_code = r.commune_code
),

borne AS (
    SELECT said.submission_id, said.commune_code, bearer.unit_id, spell.starts_on AS spell_starts_on
    FROM (SELECT DISTINCT submission_id, commune_code, ends_on FROM said WHERE reported_id IS NULL) AS said
    ASOF JOIN register.commune AS bearer
        ON bearer.commune_code = said.commune_code AND said.ends_on >= bearer.valid_from
    ASOF JOIN intermediate.spell AS spell ON spell.unit_id = bearer.unit_id AND said.ends_on >= spell.starts_on
),

accepted AS (
    SELECT
        coalesce(spoken.unit_id, borne.unit_id) AS unit_id,
        coalesce(spoken.spell_starts_on, borne.spell_starts_on) AS spell_starts_on,
        said.position,
        said.post_code,
        said.posts_required,
        said.posts_filled,
        said.posts_combined,
        said.coef_before,
        said.coef_now
    FROM said
    LEFT JOIN intermediate.reported_unit AS spoken
        ON spoken.submission_id = said.submission_id AND spoken.reported_id = said.reported_id
    LEFT JOIN borne ON borne.submission_id = said.submission_id AND borne.commune_code = said.commune_code
    WHERE coalesce(spoken.unit_id, borne.unit_id) IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(spoken.unit_id, borne.unit_id), coalesce(spoken.spell_starts_on, borne.spell_starts_on),
            said.post_code, said.position
        ORDER BY said.seq DESC, said.received_at DESC, said.submission_id DESC, said.source_row DESC
    ) = 1
)

FROM accepted
UNION ALL BY NAME
SELECT status.* EXCLUDE (district_code, position, reported_position), status.reported_position AS position
FROM settled.post_status AS status
JOIN intermediate.fresh_from AS fresh
    ON fresh.district_code = status.district_code AND fresh.seed_position = status.position
