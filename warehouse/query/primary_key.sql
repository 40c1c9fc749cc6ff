-- Every table that has a primary key, with the key's columns, both ready to be put into a statement.
SELECT
    format('"{}"."{}"', schema_name, table_name) AS qualified_table,
    list_aggregate(list_transform(constraint_column_names, lambda name: format('"{}"', name)), 'string_agg', ', ')
FROM duckdb_constraints()
WHERE constraint_type = 'PRIMARY KEY' AND database_name = current_database()
ORDER BY qualified_table
