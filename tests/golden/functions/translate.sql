SELECT translate('AaBbCc', 'abc', '123'), translate('abc', 'ab', 'x'), translate('abc', '', 'x'), translate('abc', 'aa', 'xy'), translate('abc', 'abc', ''), translate('日本', '日', '月');
SELECT translate(a, b, c) FROM VALUES ('AAPL', 'AP', 'ap'), (NULL, 'a', 'b'), ('a', NULL, 'b'), ('a', 'a', NULL) AS t(a, b, c);
SELECT translate(123, 1, 9);
SELECT translate('a', 'b');
SELECT translate(array(1), 'a', 'b');
