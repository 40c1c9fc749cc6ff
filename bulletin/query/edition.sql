-- One row: which release this is, what remains now and remained a period before, who returned in time.
WITH dated AS (
    SELECT *, row_number() OVER (ORDER BY period DESC) AS age
    FROM countdown
),

returned AS (
    SELECT
        period,
        count(*) FILTER (state <> 'exempt') AS returns_owed,
        count(*) FILTER (state = 'on_time') AS returns_on_time,
        count(*) FILTER (state = 'late') AS returns_late,
        count(*) FILTER (state IN ('missing', 'rejected')) AS returns_missing,
        count(*) FILTER (state = 'not_due') AS returns_not_due
    FROM submission_compliance
    GROUP BY period
),

everything AS (
    SELECT period, sum(communes_total)::BIGINT AS communes_total, sum(villages_total)::BIGINT AS villages_total
    FROM progress_by_district
    GROUP BY period
)

SELECT
    release.*,
    completion.is_complete,
    completion.completed_period,
    now.* EXCLUDE (period, age),
    before.period AS previous_period,
    before.communes_remaining AS communes_before,
    before.villages_remaining AS villages_before,
    returned.* EXCLUDE (period),
    earlier.returns_on_time AS returns_on_time_before,
    earlier.returns_owed AS returns_owed_before,
    everything.* EXCLUDE (period)
FROM release
CROSS JOIN completion
LEFT JOIN dated AS now ON now.age = 1
LEFT JOIN dated AS before ON before.age = 2
LEFT JOIN returned ON returned.period = now.period
LEFT JOIN returned AS earlier ON earlier.period = before.period
LEFT JOIN everything ON everything.period = now.period
