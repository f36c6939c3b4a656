SELECT 1, 1Y, 1S, 1L, 1.5, 1.5F, 1.5D, 1.5BD, 1E2, 1e2D, 2147483648, 9223372036854775808, 0.1, 100.00, -1, -1.5;
SELECT 'a', "a", '', 'it''s', 'a\\b', 'tab\there', 'nl\n', '\u00e9', '\101', r'\d', 'é日😀', 'a' 'b', '100\%', 'x\_y', '\0';
SELECT true, false, TRUE, NULL;
SELECT date'2024-01-31', DATE '2024-1-1', timestamp'2024-01-31 10:11:12.123456', timestamp_ntz'2024-01-31 10:11:12', timestamp_ltz'2024-01-31 10:11:12', timestamp'2024-01-31 10:11:12+02:00';
SELECT x'', x'1f', X'AbCd';
SELECT interval '1' year, interval '1' month, interval '1-2' year to month, interval '1' day, interval '1' hour, interval '1' minute, interval '1.5' second, interval '1 2' day to hour, interval '1 02:03' day to minute, interval '1 02:03:04.5' day to second, interval '02:03' hour to minute, interval '02:03:04' hour to second, interval '03:04' minute to second, interval 3 days, interval 1 day 2 hours, interval -'1' day, - interval 1 day;
SELECT array(1), map(1, 'a'), struct(1, 'a'), named_struct('a', 1), array(), map(), array(NULL), struct(NULL);
SELECT 12345678901234567890123456789012345678, 0.12345678901234567890123456789012345678, 1.0, 01, 1., .1, 1e-3, 1E10BD;
SELECT -2147483648, -9223372036854775808, -128Y, - 5, +5;
SELECT 0x10;
-- zone: America/New_York
SELECT timestamp'2024-07-01 00:00:00', timestamp'2024-07-01 00:00:00Z', timestamp_ntz'2024-07-01 00:00:00', timestamp'2024-03-10 02:30:00', timestamp'2024-11-03 01:30:00', timestamp'2024-11-03 01:30:00 EST';
SELECT current_date() IS NOT NULL, current_timestamp() IS NOT NULL, date'epoch', timestamp'epoch';
-- case: date-now
SELECT date'now' = current_date() AS is_today;
SELECT CAST(NULL AS VOID), typeof(NULL);
SELECT 1.5e0, 15e-1, 1.50e1, 123.456e5;
SELECT INTERVAL 5 WEEKS, INTERVAL 2 WEEK;
SELECT INTERVAL 1 QUARTER;
SELECT 2Y + 2Y, typeof(2Y + 2Y), typeof(1 + 1L), typeof(1.5 + 1), typeof(1.5F + 1), typeof(1 / 2), typeof(1.0 / 2);
