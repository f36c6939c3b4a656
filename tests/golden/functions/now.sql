SELECT typeof(now()), now() = now(), now() = current_timestamp(), now() > timestamp'2024-01-01 00:00:00', now() IS NULL;
SELECT now(1);
