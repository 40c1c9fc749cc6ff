-- Every table of the reference data.
SELECT table_name
FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name = 'reference'
ORDER BY table_name
