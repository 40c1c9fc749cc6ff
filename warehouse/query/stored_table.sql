-- Every table of the database, ready to be put into a statement.
SELECT format('"{}"."{}"', schema_name, table_name) AS qualified_table
FROM duckdb_tables()
WHERE database_name = current_database() AND NOT temporary
ORDER BY qualified_table
