SELECT concat_ws('-', 'a', 'b', 'c'), concat_ws('-', 'a', NULL, 'c'), concat_ws('-'), concat_ws('-', NULL), concat_ws(NULL, 'a', 'b'), concat_ws('', 'a', 'b');
SELECT concat_ws(',', array('a', NULL, 'b'), 'c', array()), concat_ws(',', 1, 2.50, true);
SELECT concat_ws('|', a, b) FROM VALUES ('AAPL', 1), ('IBM', NULL), (NULL, 2), (NULL, NULL) AS t(a, b);
SELECT concat_ws(s, a, b) FROM VALUES ('-', 'x', 'y'), (NULL, 'x', 'y') AS t(s, a, b);
SELECT concat_ws(',', array(1, 2));
SELECT concat_ws();
SELECT concat_ws(',', map('a', 'b'));
SELECT concat_ws(1, 'a', 'b');
