-- One hash for all rows of the relation $1.
SELECT sha256(string_agg(row::VARCHAR, chr(10) ORDER BY row::VARCHAR)) AS sha256
FROM query_table($1) AS row
