-- Every accepted report of a unit that concerns a submission of the batch, up to that one's period, and whether it
-- still speaks of the unit as it is on the last day of that period: one from before the unit took over another does not.
WITH present AS (
    SELECT declared.submission_id, spell.unit_id, max(spell.starts_on) AS starts_on
    FROM batch.declared AS declared
    JOIN batch.concerned_unit AS concerned ON concerned.submission_id = declared.submission_id
    JOIN register.spell AS spell
        ON spell.unit_id = concerned.unit_id AND (NOT spell.takes_over OR spell.starts_on <= declared.units_on)
    GROUP BY ALL
)

SELECT
    declared.submission_id,
    spoken.unit_id,
    spoken.spell_starts_on,
    spoken.spell_starts_on = present.starts_on AS is_of_present_spell,
    period.position,
    period.position < declared.position AS is_earlier_period,
    submission.seq,
    submission.received_at,
    report.status,
    report.people_before,
    report.people_now,
    report.villages_before
FROM batch.declared AS declared
JOIN present ON present.submission_id = declared.submission_id
JOIN register.reported_unit('ledger.submission') AS spoken ON spoken.unit_id = present.unit_id
JOIN (
    SELECT submission_id, period, unit_id, status, people_before, people_now, villages_before
    FROM core.commune_report
    UNION ALL
    SELECT submission_id, period, unit_id, status, people_before, people_now, NULL
    FROM core.village_report
) AS report ON report.submission_id = spoken.submission_id AND report.unit_id = spoken.reported_id
JOIN core.period AS period ON period.period = report.period AND period.position <= declared.position
JOIN ledger.submission AS submission ON submission.submission_id = report.submission_id
