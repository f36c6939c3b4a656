SELECT regexp_count('a1b2', '[0-9]');
