-- The last time the warehouse was made anew from the archive; files may have been judged otherwise then.
SELECT max_by(run_id, finished_at) AS run_id
FROM ledger.run
WHERE outcome = 'rebuilt'
