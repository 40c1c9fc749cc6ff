-- Tables of ledger and core as the former warehouse and this one know them. Which run did what is history, not
-- content, and so are the runs themselves.
SELECT
    schema_name || '.' || table_name AS content_table,
    coalesce(list(column_name ORDER BY column_name) FILTER (is_former AND is_new), []) AS shared,
    coalesce(list(column_name ORDER BY column_name) FILTER (NOT is_former), []) AS added,
    coalesce(list(column_name ORDER BY column_name) FILTER (NOT is_new), []) AS dropped
FROM (
    SELECT
        schema_name,
        table_name,
        column_name,
        bool_or(database_name = 'former') AS is_former,
        bool_or(database_name = current_database()) AS is_new
    FROM duckdb_columns()
    WHERE
        database_name IN ('former', current_database())
        AND schema_name IN ('ledger', 'core')
        AND table_name NOT IN ('run', 'expectation_result')
        AND column_name <> 'run_id'
    GROUP BY ALL
)
GROUP BY ALL
ORDER BY content_table
