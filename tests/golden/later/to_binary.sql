SELECT to_binary('abc', 'utf-8'), to_binary('616263'), to_binary('616263', 'hex'), to_binary('YWJj', 'base64'), to_binary(NULL), try_to_binary('zz', 'hex'), try_to_binary('61', 'hex');
SELECT to_binary('zz', 'hex');
SELECT to_binary('a', 'nope');
