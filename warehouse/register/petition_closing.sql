-- The petitions that each accepted return left open, by the commune that bore the code on the last day of its period.
SELECT report.submission_id, report.petition_kind, report.closing, bearer.unit_id
FROM core.petition_report AS report
JOIN core.period AS period ON period.period = report.period
ASOF JOIN register.commune AS bearer
    ON bearer.commune_code = report.commune_code AND period.ends_on >= bearer.valid_from
