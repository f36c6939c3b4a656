SELECT sequence(1, 5), sequence(5, 1), sequence(1, 10, 3), sequence(5, 1, -2), sequence(1, 1), sequence(1L, 3L), sequence(1Y, 3Y), sequence(1, 3L);
SELECT sequence(date'2024-01-01', date'2024-01-03'), sequence(date'2024-01-31', date'2024-04-30', interval '1' month), sequence(date'2024-01-03', date'2024-01-01'), sequence(date'2024-01-01', date'2024-01-10', interval '3' day), sequence(timestamp'2024-01-01 00:00:00', timestamp'2024-01-01 02:00:00', interval '1' hour);
-- zone: America/New_York
SELECT sequence(timestamp'2024-03-09 00:00:00', timestamp'2024-03-11 00:00:00', interval '1' day), sequence(timestamp'2024-03-10 00:00:00', timestamp'2024-03-10 04:00:00', interval '1' hour);
SELECT sequence(NULL, 5), sequence(1, NULL), sequence(1, 5, NULL);
SELECT sequence(a, b) FROM VALUES (1, 3), (3, 1), (NULL, 1) AS t(a, b);
SELECT sequence(date'2024-01-01', date'2025-01-01', interval '1' year), sequence(date'2024-01-01', timestamp'2024-01-03 00:00:00');
SELECT sequence(1, 5, -1);
SELECT sequence(1, 5, 0);
SELECT sequence(a, 5, 0) FROM VALUES (1) AS t(a);
SELECT sequence(1.5, 3);
SELECT sequence('a', 'b');
SELECT sequence(1, date'2024-01-01');
SELECT sequence(date'2024-01-01', date'2024-01-03', 1);
SELECT sequence(1);
-- zone: America/New_York
SELECT sequence(timestamp'2024-03-09 20:00:00', timestamp'2024-03-10 20:00:00', interval 6 hours);
-- zone: America/New_York
SELECT sequence(timestamp'2024-11-02 20:00:00', timestamp'2024-11-04 20:00:00', interval 1 day), sequence(timestamp'2024-11-03 00:00:00', timestamp'2024-11-03 03:00:00', interval 30 minutes);
-- zone: America/New_York
SELECT sequence(timestamp'2024-01-31 00:00:00', timestamp'2024-05-01 00:00:00', interval 1 month), sequence(timestamp'2024-03-11 00:00:00', timestamp'2024-03-08 00:00:00', interval -1 day);
