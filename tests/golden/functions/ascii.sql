SELECT ascii('A'), ascii(''), ascii('é'), ascii('日'), ascii(NULL), chr(65), chr(256), chr(-1), char(97), chr(0);
SELECT ascii(a) FROM VALUES ('x'), (NULL) AS t(a);
SELECT space(3), space(0), space(-1), overlay('SparkSQL' PLACING '_' FROM 6), overlay('SparkSQL', 'ANSI ', 7, 0), levenshtein('kitten', 'sitting'), soundex('Miller');
SELECT base64('abc'), unbase64('YWJj'), hex(255), hex('abc'), unhex('616263'), encode('é', 'UTF-8'), decode(x'c3a9', 'UTF-8'), bin(13), conv('100', 2, 10);
