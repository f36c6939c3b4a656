-- zone: UTC, America/New_York
SELECT date_format(timestamp'2024-07-04 05:06:07.089123Z', 'yyyy-MM-dd HH:mm:ss'), date_format(timestamp'2024-07-04 15:06:07Z', 'yyyy/M/d h:m:s a'), date_format(timestamp'2024-07-04 05:06:07.089123Z', 'HH:mm:ss.SSS SSSSSS S'), date_format(timestamp'2024-07-04 05:06:07Z', 'XXX xx Z z VV O');
SELECT date_format(date'2024-07-04', 'EEEE E MMMM MMM MM M'), date_format(date'2024-07-04', 'D dd d'), date_format(date'2024-07-04', 'Q QQ QQQ QQQQ q'), date_format(date'2024-07-04', 'yy yyyy y'), date_format(date'2024-07-04', 'G'), date_format(date'2024-07-04', "yyyy'Q'q"), date_format(date'2024-07-04', "''''"), date_format(date'2024-07-04', 'F');
SELECT date_format(timestamp'2024-07-04 00:30:00', 'k K h H'), date_format(timestamp'2024-07-04 12:30:00', 'k K h H a');
SELECT date_format('2024-07-04', 'yyyy'), date_format('2024-07-04 10:11:12', 'HH'), date_format(NULL, 'yyyy'), date_format(date'2024-07-04', NULL), date_format(timestamp_ntz'2024-07-04 01:02:03', 'HH:mm');
SELECT date_format(a, 'yyyy-MM'), date_format(b, 'HH:mm') FROM VALUES (date'2024-01-31', timestamp'2024-01-31 23:59:00'), (NULL, NULL) AS t(a, b);
SELECT date_format(a, b) FROM VALUES (date'2024-01-31', 'yyyy'), (date'2024-01-31', 'dd/MM/yy'), (NULL, 'yyyy'), (date'2024-01-31', NULL) AS t(a, b);
SELECT date_format(date'2024-07-04', 'YYYY');
SELECT date_format(date'2024-07-04', 'ww');
SELECT date_format(date'2024-07-04', 'e');
SELECT date_format(date'2024-07-04', 'b');
SELECT date_format(date'2024-07-04', 'yyyyyyy');
SELECT date_format(date'2024-07-04', "yyyy 'unclosed");
SELECT date_format(date'2024-07-04', 'MMMMM');
SELECT date_format(date'2024-07-04', '');
SELECT date_format('x', 'yyyy');
SELECT date_format(1, 'yyyy');
SELECT date_format(date'2024-07-04');
SELECT date_format(date'0099-07-04', 'yyyy yy y'), date_format(date'12024-07-04', 'yyyy');
