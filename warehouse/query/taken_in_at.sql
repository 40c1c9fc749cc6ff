SELECT known_at FROM ledger.submission WHERE submission_id = $1
