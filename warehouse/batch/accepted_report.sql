-- Every accepted report of a unit up to the period of a submission of the batch, and whether it still speaks of the
-- unit as it is on the last day of that period: a report from before the unit took over another does not.
WITH spell AS (
    SELECT
        declared.submission_id,
        spell.unit_id,
        spell.starts_on,
        spell.known_from,
        lead(spell.starts_on) OVER of_unit AS next_starts_on,
        lead(spell.known_from) OVER of_unit AS next_known_from
    FROM batch.declared AS declared
    JOIN register.spell AS spell ON spell.known_from IS NULL OR spell.starts_on <= declared.units_on
    WINDOW of_unit AS (PARTITION BY declared.submission_id, spell.unit_id ORDER BY spell.starts_on)
)

SELECT
    declared.submission_id,
    report.unit_id,
    spell.starts_on AS spell_starts_on,
    spell.next_starts_on IS NULL AS is_of_present_spell,
    period.position,
    period.position < declared.position AS is_earlier_period,
    submission.seq,
    submission.received_at,
    report.status,
    report.people_before,
    report.people_now,
    report.villages_before
FROM batch.declared AS declared
JOIN (
    SELECT submission_id, period, unit_id, status, people_before, people_now, villages_before
    FROM core.commune_report
    UNION ALL
    SELECT submission_id, period, unit_id, status, people_before, people_now, NULL
    FROM core.village_report
) AS report ON true
JOIN core.period AS period ON period.period = report.period AND period.position <= declared.position
JOIN ledger.submission AS submission ON submission.submission_id = report.submission_id
JOIN spell
    ON spell.submission_id = declared.submission_id
    AND spell.unit_id = report.unit_id
    -- the spell that the report was judged in: the change that ends it was not known then, or not yet in force
    AND (
        spell.next_starts_on IS NULL
        OR period.ends_on < spell.next_starts_on
        OR {'known_at': submission.known_at, 'received_at': submission.received_at} < spell.next_known_from
    )
QUALIFY row_number() OVER (
    PARTITION BY declared.submission_id, report.submission_id, report.unit_id ORDER BY spell.starts_on
) = 1
