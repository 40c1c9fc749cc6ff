SELECT
    getvariable('run_id')::VARCHAR AS run_id,
    current_timestamp::TIMESTAMP AS released_at,
    getvariable('known_at')::TIMESTAMP AS as_known_at,
    coalesce(bool_or(is_simulated), false) AS is_simulated,
    getvariable('baseline_period')::VARCHAR AS baseline_period,
    (SELECT period FROM intermediate.tracked_period WHERE is_latest) AS latest_period,
    count(*) AS submissions_accepted
FROM intermediate.accepted_submission
