SELECT regexp_substr('a1b2', '[0-9]'), regexp_substr('abc', '[0-9]');
