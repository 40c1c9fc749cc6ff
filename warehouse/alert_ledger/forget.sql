-- Whom a message went to and what it said is personal: after so many days only that, when and of what it was sent stays.
UPDATE message
SET recipient = '', title = '', text = '', html = ''
WHERE recipient <> ''
    AND coalesce(sent_at, withdrawn_at) < getvariable('moment') - to_days(getvariable('kept_days')::INTEGER)
