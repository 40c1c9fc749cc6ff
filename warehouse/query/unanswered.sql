-- Every submission in the order received: each is owed a receipt.
SELECT submission_id, district_code FROM ledger.submission ORDER BY received_at, submission_id
