-- The content of rows, whichever program and file stores them. A field is its text as DuckDB casts it to VARCHAR, with
-- the text's length in bytes and a colon before it; NULL is `-`. A row's hash is the SHA-256 of its fields, one after
-- the other, in the order of the columns; a table's is that of its rows' hashes, sorted, one after the other.
CREATE OR REPLACE TEMP MACRO row_hash(relation) AS TABLE
WITH field AS (
    SELECT coalesce(strlen(COLUMNS(*)::VARCHAR) || ':' || COLUMNS(*)::VARCHAR, '-')
    FROM query_table(relation)
)

SELECT sha256(concat(*COLUMNS(*))) AS row_sha256
FROM field;

CREATE OR REPLACE TEMP MACRO content_hash(row_sha256) AS
sha256(coalesce(string_agg(row_sha256, '' ORDER BY row_sha256), ''));
