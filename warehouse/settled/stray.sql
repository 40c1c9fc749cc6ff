-- Whether a return that is not settled yet speaks of a commune that no district of its own code has: the districts
-- would then hang on each other.
SELECT EXISTS (
    FROM (
        SELECT submission_id, period, commune_code FROM core.commune_report
        UNION ALL
        SELECT submission_id, period, commune_code FROM core.village_report
        UNION ALL
        SELECT submission_id, period, commune_code FROM core.post_report
        UNION ALL
        -- a village's id begins with the code of the commune that it was registered in
        SELECT submission_id, period, unit_id[:5] FROM core.outstanding_report
    ) AS report
    JOIN (FROM ledger.submission ANTI JOIN settled.accepted_submission USING (submission_id)) AS submission
        USING (submission_id, period)
    ANTI JOIN register.commune AS commune
        ON commune.commune_code = report.commune_code AND commune.district_code = submission.district_code
) AS is_stray
