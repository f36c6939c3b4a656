SELECT levenshtein('kitten', 'sitting');
