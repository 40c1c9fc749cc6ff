-- The rows of one Parquet file.
CREATE OR REPLACE TEMP TABLE looked_at AS
FROM read_parquet($file)
