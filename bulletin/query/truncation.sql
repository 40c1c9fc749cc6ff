-- How the published percentage follows from the published numbers of people, by a calculator.
SELECT
    before.as_of,
    before.published AS people_before,
    now.published AS people_now,
    people_before - people_now AS people_fewer,
    100.0 * people_fewer / people_before AS reduction_pct,
    share.published AS published_pct
FROM reconciliation AS before
JOIN reconciliation AS now ON now.figure = 'people_now'
JOIN reconciliation AS share ON share.figure = 'people_reduction_pct'
WHERE before.figure = 'people_before'
