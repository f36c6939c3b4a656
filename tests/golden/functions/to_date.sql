SELECT to_date('2024-01-02'), to_date('2024-01-02 10:11:12'), to_date('01/02/2024', 'MM/dd/yyyy'), to_date('2 Jan 2024', 'd MMM yyyy'), to_date('20240102', 'yyyyMMdd'), to_date('2024-01', 'yyyy-MM'), to_date('2024', 'yyyy'), to_date('January 5, 2024', 'MMMM d, yyyy'), to_date('24-1-5', 'yy-M-d');
SELECT to_date(NULL), to_date(NULL, 'yyyy'), to_date('2024-01-02', NULL), to_date(date'2024-01-02'), to_date(timestamp'2024-01-02 10:00:00');
SELECT to_date(a), to_date(a, 'yyyy-MM-dd') FROM VALUES ('2024-01-02'), (NULL), ('1999-12-31') AS t(a);
SELECT to_date(a, b) FROM VALUES ('01/02/2024', 'MM/dd/yyyy'), ('2024.05.06', 'yyyy.MM.dd'), (NULL, 'yyyy') AS t(a, b);
-- zone: UTC, America/New_York
SELECT to_date(timestamp'2024-01-02 03:00:00Z'), to_date('2024-01-02 23:30:00', 'yyyy-MM-dd HH:mm:ss');
SELECT to_date('x');
SELECT to_date('2024-13-01', 'yyyy-MM-dd');
SELECT to_date('2023-02-29', 'yyyy-MM-dd');
SELECT to_date('2024-01-02', 'MM/dd/yyyy');
SELECT to_date('2024-01-02 extra', 'yyyy-MM-dd');
SELECT to_date('1/2/2024', 'MM/dd/yyyy');
SELECT to_date('2024-01-02', 'foo');
SELECT to_date('2024-01-02', 'YYYY-MM-dd');
SELECT to_date(1);
SELECT to_date(1.5D);
SELECT to_date(true);
SELECT to_date();
SELECT to_date(20240102, 'yyyyMMdd');
