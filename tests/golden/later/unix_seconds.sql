SELECT unix_seconds(timestamp'2024-01-01 00:00:01.9');
