-- The rows of one CSV file as text, which is what is hashed; an empty field is NULL, an empty text stands in quotes. The
-- apostrophe before what a spreadsheet would compute is taken away.
CREATE OR REPLACE TEMP TABLE looked_at AS
SELECT regexp_replace(COLUMNS('(.*)'), '^''', '') AS "\1"
FROM read_csv(
    $file,
    all_varchar = true,
    header = true,
    delim = ',',
    quote = '"',
    escape = '"',
    nullstr = '',
    allow_quoted_nulls = false
)
