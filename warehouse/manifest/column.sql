-- The columns of one published table with their types, in order.
SELECT column_name, data_type
FROM duckdb_columns()
WHERE database_name = 'snapshot' AND schema_name = 'marts' AND table_name = $1
ORDER BY column_index
