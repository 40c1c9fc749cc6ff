-- Rows and hash of one table or view.
SELECT count(*) AS rows, content_hash(row_sha256) AS sha256
FROM row_hash($1)
