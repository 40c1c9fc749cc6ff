-- Accepted returns. Effective for a district and period is the highest sequence.
SELECT
    submission_id,
    district_code,
    period,
    position,
    seq,
    received_at,
    is_simulated,
    has_declared_no_petitions,
    row_number() OVER (
        PARTITION BY district_code, position
        ORDER BY seq DESC, received_at DESC, submission_id DESC
    ) = 1 AS is_effective
FROM intermediate.submission
WHERE verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
