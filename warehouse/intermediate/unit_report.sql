-- The last accepted row of each unit in each period, within the spell that it speaks of. A superseded return's row
-- stays eligible, so that a row quarantined in a resubmission never makes its unit vanish.
WITH report AS (
    SELECT
        submission_id, unit_id, commune_code, source_sheet, source_row, source_cell, status, completed_on, decision_no,
        people_before, people_now, villages_before, villages_now
    FROM core.commune_report
    UNION ALL
    SELECT
        submission_id, unit_id, NULL, source_sheet, source_row, source_cell, status, completed_on, decision_no,
        people_before, people_now, NULL, NULL
    FROM core.village_report
),

accepted AS (
    SELECT report.*, a.period, a.position, a.is_effective, a.seq, a.received_at, l.known_at, p.ends_on
    FROM report
    JOIN intermediate.accepted_submission AS a USING (submission_id)
    JOIN core.period AS p USING (position)
    JOIN ledger.submission AS l USING (submission_id)
),

known AS (
    -- a unit whose day of change was corrected since is the one that bore the code then
    SELECT
        accepted.* REPLACE (coalesce(unit.unit_id, bearer.unit_id) AS unit_id)
    FROM accepted
    LEFT JOIN intermediate.unit AS unit ON unit.unit_id = accepted.unit_id
    ASOF LEFT JOIN register.commune AS bearer
        ON bearer.commune_code = accepted.commune_code AND accepted.ends_on >= bearer.valid_from
),

later_spell AS (
    -- only a return that was judged after a change was known can speak of what the unit took over
    SELECT known.submission_id, known.source_sheet, known.source_row, max(spell.starts_on) AS starts_on
    FROM known
    JOIN intermediate.spell AS spell
        ON spell.unit_id = known.unit_id
        AND NOT spell.is_first
        AND spell.position <= known.position
        AND spell.known_from <= {'known_at': known.known_at, 'received_at': known.received_at}
    GROUP BY ALL
)

SELECT known.*, coalesce(later.starts_on, spell.starts_on) AS spell_starts_on
FROM known
JOIN intermediate.spell AS spell ON spell.unit_id = known.unit_id AND spell.is_first
LEFT JOIN later_spell AS later USING (submission_id, source_sheet, source_row)
QUALIFY row_number() OVER (
    PARTITION BY known.unit_id, known.position, spell_starts_on
    ORDER BY known.seq DESC, known.received_at DESC, known.submission_id DESC, known.source_row DESC
) = 1
