SELECT regexp_instr('user@spark.apache.org', '@[^.]*'), regexp_instr('abc', 'x'), regexp_instr('abc', 'b'), regexp_instr('abc', '(b)(c)', 1), regexp_instr(NULL, 'a'), regexp_instr('a', NULL);
SELECT regexp_instr('a', '(');
