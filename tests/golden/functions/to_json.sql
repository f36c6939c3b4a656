SELECT to_json(struct(1 AS a, 'x' AS b, NULL AS c)), to_json(named_struct('t', timestamp'2024-01-02 03:04:05', 'd', date'2024-01-02', 'n', 1.50, 'f', 1.0D)), to_json(array(1, 2, NULL)), to_json(map('a', 1)), to_json(array(struct(1 AS a))), to_json(named_struct('q', 'a"b\\c\n/é'));
SELECT to_json(struct(a, b)) FROM VALUES (1, 'x'), (NULL, NULL), (2, NULL) AS t(a, b);
SELECT to_json(s) FROM VALUES (named_struct('a', 1)), (NULL) AS t(s);
SELECT to_json(struct(1 AS a, NULL AS b), map('ignoreNullFields', 'false')), to_json(named_struct('t', timestamp'2024-01-02 03:04:05'), map('timestampFormat', 'dd/MM/yyyy')), to_json(named_struct('n', cast('NaN' AS DOUBLE), 'i', cast('Infinity' AS DOUBLE)));
-- zone: America/New_York
SELECT to_json(named_struct('t', timestamp'2024-07-02 03:04:05Z', 'x', timestamp_ntz'2024-01-01 00:00:00', 'b', x'0102', 'e', 1e20D));
SELECT to_json(NULL);
SELECT to_json(1);
SELECT to_json('a');
SELECT to_json(map(1, 2)), to_json(map(struct(1 AS a), 2));
SELECT to_json();
