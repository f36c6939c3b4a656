-- a[i]: elements of arrays from 0, values of maps, by key.
SELECT array(10, 20, 30)[0], array(10, 20, 30)[2], array('a', NULL)[1];
SELECT array(10, 20)[2];
SELECT array(10, 20)[-1];
SELECT a[i] FROM VALUES (array(1, 2), 0), (array(3), NULL), (NULL, 0) AS t(a, i);
SELECT map('x', 1, 'y', NULL)['x'], map('x', 1)['z'], map(1, 'a')[1];
SELECT m['close'] FROM VALUES (map('close', 1.5D)), (map('open', 1D)), (NULL) AS t(m);
SELECT array(array(1, 2), array(3))[1][0];
SELECT named_struct('a', 1)['a'];
SELECT array(1)['x'];
SELECT 1[0];
