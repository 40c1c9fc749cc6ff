-- The rows of one table of facts that came from the submissions in the relation `submissions`. Moments are UTC's: a
-- session's time zone must not change a hash.
CREATE OR REPLACE TEMP MACRO fact_hash(relation, submissions) AS TABLE
WITH fact AS (
    SELECT * REPLACE (known_at AT TIME ZONE 'UTC' AS known_at)
    FROM query_table(relation)
    WHERE submission_id IN (SELECT submission_id FROM query_table(submissions))
),

field AS (
    SELECT
        submission_id AS of_submission,
        coalesce(strlen(COLUMNS(*)::VARCHAR) || ':' || COLUMNS(*)::VARCHAR, '-')
    FROM fact
)

SELECT of_submission AS submission_id, sha256(concat(*COLUMNS(* EXCLUDE of_submission))) AS row_sha256
FROM field;

-- What was loaded from the submissions in the relation `submissions`: rows and hash by table of facts. A village's entry
-- in the register belongs to the submission that registered it.
CREATE OR REPLACE TEMP MACRO fact_content(submissions) AS TABLE
WITH registered_village AS (
    SELECT * RENAME (registered_by AS submission_id)
    FROM core.village
),

fact AS (
    SELECT 'activity_report' AS core_table, * FROM fact_hash('core.activity_report', submissions)
    UNION ALL
    SELECT 'commune_report', * FROM fact_hash('core.commune_report', submissions)
    UNION ALL
    SELECT 'outstanding_report', * FROM fact_hash('core.outstanding_report', submissions)
    UNION ALL
    SELECT 'petition_report', * FROM fact_hash('core.petition_report', submissions)
    UNION ALL
    SELECT 'post_report', * FROM fact_hash('core.post_report', submissions)
    UNION ALL
    SELECT 'unit_change', * FROM fact_hash('core.unit_change', submissions)
    UNION ALL
    SELECT 'unit_change_document', * FROM fact_hash('core.unit_change_document', submissions)
    UNION ALL
    SELECT 'village', * FROM fact_hash('registered_village', submissions)
    UNION ALL
    SELECT 'village_report', * FROM fact_hash('core.village_report', submissions)
)

SELECT submission_id, core_table, count(*) AS rows, content_hash(row_sha256) AS sha256
FROM fact
GROUP BY ALL;

-- One hash for all that was loaded from a submission: that of the lines `<table> <rows> <sha256>`, each with its line feed.
CREATE OR REPLACE TEMP MACRO facts_sha256(submission) AS (
    SELECT sha256(coalesce(string_agg(concat(core_table, ' ', rows, ' ', sha256, chr(10)), '' ORDER BY core_table), ''))
    FROM ledger.fact_content
    WHERE submission_id = submission
);
