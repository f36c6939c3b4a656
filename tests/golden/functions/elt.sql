SELECT elt(1, 'a', 'b'), elt(2, 'a', 'b'), elt(1, 'a', 2), elt(NULL, 'a'), elt(1, NULL, 'b'), elt(1, x'01', x'02');
SELECT elt(0, 'a');
SELECT elt(3, 'a', 'b');
SELECT elt(a, 'x', b) FROM VALUES (1, 'p'), (2, 'q'), (NULL, 'r') AS t(a, b);
SELECT elt(1);
