SELECT levenshtein('kitten', 'sitting'), levenshtein('', 'abc'), levenshtein('a', 'a'), levenshtein(NULL, 'a'), levenshtein('a', NULL), levenshtein('kitten', 'sitting', 2), levenshtein('kitten', 'sitting', 3), levenshtein('日本', '日');
SELECT levenshtein(a, b) FROM VALUES ('AAPL', 'APPL'), (NULL, 'x') AS t(a, b);
SELECT levenshtein('a');
