SELECT regexp_instr('a1b2', '[0-9]');
