SELECT forall(array(1, 2), x -> x > 0), forall(array(1, 2), x -> x > 1), forall(array(1, NULL), x -> x > 0), forall(array(0, NULL), x -> x > 0), forall(array(), x -> false);
SELECT forall(NULL, x -> true);
SELECT forall(a, x -> x = b) FROM VALUES (array(1, 1), 1), (NULL, 1), (array(1, NULL), 1) AS t(a, b);
SELECT forall(array(1), x -> x);
SELECT forall(1, x -> true);
