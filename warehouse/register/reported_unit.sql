-- Which unit, and which of its spells, each accepted row of the returns in the relation `returns` (submission_id, period)
-- speaks of by what is known now: the last of those spells of which the return knew every change that led to it. A return
-- that knew a later change and not one before it speaks of none: its figures are those of units that never were, and are
-- not read.
WITH reported AS (
    SELECT report.*, period.ends_on, {'known_at': submission.known_at, 'received_at': received_at} AS judged_at
    FROM (
        SELECT submission_id, period, unit_id AS reported_id, commune_code FROM core.commune_report
        UNION ALL
        SELECT submission_id, period, unit_id, NULL FROM core.village_report
    ) AS report
    SEMI JOIN query_table(returns) AS asked USING (submission_id, period)
    JOIN core.period AS period ON period.period = report.period
    JOIN ledger.submission AS submission USING (submission_id)
    WHERE submission.known_at <= getvariable('known_at')
),

held AS (
    -- a unit whose day of change was corrected since is the one that bore the code then
    SELECT reported.*, coalesce(unit.unit_id, bearer.unit_id) AS unit_id
    FROM reported
    LEFT JOIN (SELECT DISTINCT unit_id FROM register.spell) AS unit ON unit.unit_id = reported.reported_id
    ASOF LEFT JOIN register.commune AS bearer
        ON bearer.commune_code = reported.commune_code AND reported.ends_on >= bearer.valid_from
),

known AS (
    SELECT DISTINCT held.submission_id, version.* EXCLUDE (known_from, known_until, effective_on)
    FROM (SELECT DISTINCT submission_id, ends_on, judged_at FROM held) AS held
    JOIN register.change_version AS version
        ON version.known_from <= held.judged_at
        AND (version.known_until IS NULL OR version.known_until > held.judged_at)
        AND version.effective_on <= held.ends_on
),

weighed AS (
    SELECT
        held.submission_id,
        held.reported_id,
        held.unit_id,
        spell.starts_on,
        count(led.doc_no) AS changes,
        count(known.doc_no) AS changes_known
    FROM held
    JOIN register.spell AS spell
        ON spell.unit_id = held.unit_id AND (NOT spell.takes_over OR spell.starts_on <= held.ends_on)
    LEFT JOIN register.spell_change AS led ON led.unit_id = spell.unit_id AND led.starts_on = spell.starts_on
    LEFT JOIN known
        ON known.submission_id = held.submission_id
        AND known.doc_no = led.doc_no
        AND known.unit_level = led.unit_level
        AND known.old_code = led.old_code
        AND known.new_code = led.new_code
        AND known.share = led.share
    GROUP BY ALL
)

SELECT
    submission_id,
    reported_id,
    unit_id,
    max(starts_on) FILTER (changes_known = changes) AS spell_starts_on
FROM weighed
GROUP BY ALL
HAVING max(changes_known) = max(changes) FILTER (changes_known = changes)
