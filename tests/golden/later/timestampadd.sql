SELECT timestampadd(HOUR, 5, timestamp'2024-01-01 00:00:00');
