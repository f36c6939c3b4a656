SELECT current_timezone();
-- zone: America/New_York
SELECT current_timezone(), typeof(current_timezone());
SELECT current_timezone(1);
