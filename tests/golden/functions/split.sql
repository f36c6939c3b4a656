SELECT split('oneAtwoBthreeC', '[ABC]'), split('oneAtwoBthreeC', '[ABC]', -1), split('oneAtwoBthreeC', '[ABC]', 2), split('oneAtwoBthreeC', '[ABC]', 0), split('a,b,,', ','), split('a,b,,', ',', 0), split('', ','), split('abc', ''), split('a.b', '.'), split('a.b', '\\.');
SELECT split(a, ','), split(a, ',', 2)[0] FROM VALUES ('x,y,z'), ('x'), (NULL), (',') AS t(a);
SELECT split(a, b) FROM VALUES ('x-y', '-'), ('x|y', '\\|'), ('a1b22c', '[0-9]+'), ('a', NULL) AS t(a, b);
SELECT split(NULL, ','), split('a', NULL), split('a,b', ',', NULL);
SELECT split(123, '2'), split('a b  c', ' +'), split('aXbxc', '(?i)x'), split('日本語', '本'), split('abc', '(?<=b)');
SELECT split('a', '[');
SELECT split('a');
SELECT split('a', ',', 'x');
SELECT split(array('a'), ',');
