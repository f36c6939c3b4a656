SELECT timestampdiff(HOUR, timestamp'2024-01-01 00:00:00', timestamp'2024-01-01 05:59:59');
