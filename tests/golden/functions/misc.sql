SELECT typeof(1), typeof('a'), typeof(array(1)), typeof(NULL), typeof(1.5), typeof(map(1, 'a')), typeof(struct(1 AS a)), typeof(interval '1' day), typeof(date'2024-01-01');
SELECT assert_true(true), 1;
SELECT assert_true(false);
SELECT raise_error('boom');
SELECT try_add(2147483647, 1), try_divide(1, 0), try_subtract(1, 2), try_multiply(2147483647, 2), try_sum(a), try_avg(a) FROM VALUES (1), (2) AS t(a);
SELECT isnull(uuid()), length(uuid()), rand(5) >= 0, isnull(randn(5));
SELECT version() LIKE '4.0.2%', current_database(), current_catalog(), current_schema();
SELECT url_encode('a b&c'), url_decode('a+b%26c'), parse_url('http://a.com/p?q=1', 'HOST'), nvl(to_char(12.5, '99.9'), ''), to_number('12.5', '99.9'), to_varchar(12.5, '99.9'), luhn_check('79927398713'), mask('AbC1');
