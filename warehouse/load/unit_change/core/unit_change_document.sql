SELECT document.submission_id, document.doc_no, document.seq, submission.known_at
FROM batch.change_document AS document
JOIN batch.submission AS submission ON submission.submission_id = document.submission_id
JOIN batch.verdict AS verdict ON verdict.submission_id = document.submission_id
WHERE verdict.verdict <> 'rejected'
