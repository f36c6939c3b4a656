SELECT instr('SparkSQL', 'SQL'), instr('SparkSQL', 'x'), instr('SparkSQL', ''), instr('', 'a'), instr('abcabc', 'c'), instr('日本語', '語');
SELECT instr(a, b) FROM VALUES ('AAPL', 'P'), (NULL, 'P'), ('IBM', NULL) AS t(a, b);
SELECT instr(12345, 3), instr('abc', 'B');
SELECT instr('a');
SELECT instr(array(1), 'a');
