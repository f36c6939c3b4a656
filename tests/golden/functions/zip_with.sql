SELECT zip_with(array(1, 2), array('a', 'b'), (x, y) -> concat(x, y)), zip_with(array(1, 2), array(3), (x, y) -> x + y), zip_with(array(), array(1), (x, y) -> y);
SELECT zip_with(NULL, array(1), (x, y) -> x);
SELECT zip_with(a, b, (x, y) -> x * y) FROM VALUES (array(1, 2), array(3, 4)), (NULL, array(1)) AS t(a, b);
SELECT zip_with(array(1), array(2), x -> x);
SELECT zip_with(1, array(2), (x, y) -> x);
