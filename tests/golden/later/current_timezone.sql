SELECT current_timezone();
-- zone: America/New_York
SELECT current_timezone();
