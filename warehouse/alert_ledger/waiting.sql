-- Messages that were not delivered yet, in the order they were written.
SELECT message_id, audience, channel, recipient, district_code, title, text, html, attachments
FROM message
WHERE sent_at IS NULL AND withdrawn_at IS NULL
ORDER BY position
