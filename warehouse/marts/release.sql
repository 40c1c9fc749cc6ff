-- Both moments are the run's own clock: a run over a past period, simulated or caught up, is dated then, and the
-- same returns give the same row. When the machine really ran is in ledger.run.
SELECT
    getvariable('run_id')::VARCHAR AS run_id,
    getvariable('as_of')::TIMESTAMP AS released_at,
    getvariable('known_at')::TIMESTAMP AS as_known_at,
    coalesce(bool_or(is_simulated), false) AS is_simulated,
    getvariable('baseline_period')::VARCHAR AS baseline_period,
    (SELECT period FROM intermediate.tracked_period WHERE is_latest) AS latest_period,
    count(*) AS submissions_accepted
FROM intermediate.accepted_submission
