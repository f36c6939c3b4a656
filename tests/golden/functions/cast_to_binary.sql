SELECT cast('abc' AS BINARY), cast('é' AS BINARY), cast('' AS BINARY), binary('x'), cast(NULL AS BINARY);
SELECT cast(1 AS BINARY);
SELECT cast(1L AS BINARY);
SELECT cast(1.5D AS BINARY);
SELECT cast(true AS BINARY);
SELECT cast(a AS BINARY) FROM VALUES ('a'), (NULL) AS t(a);
SELECT x'00ff', X'ABCD', x'';
SELECT x'0';
SELECT x'zz';
