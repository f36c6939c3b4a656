SELECT map_from_arrays(array('a', 'b'), array(1, 2)), map_from_arrays(array(), array()), map_from_arrays(array(1), array(NULL)), map_from_arrays(NULL, array(1)), map_from_arrays(array(1), NULL);
SELECT map_from_arrays(a, b) FROM VALUES (array('x'), array(1)), (NULL, array(1)) AS t(a, b);
SELECT map_from_arrays(array('a', 'a'), array(1, 2));
SELECT map_from_arrays(array('a', NULL), array(1, 2));
SELECT map_from_arrays(array('a'), array(1, 2));
SELECT map_from_arrays(a, b) FROM VALUES (array('x', 'y'), array(1)) AS t(a, b);
SELECT map_from_arrays('a', array(1));
SELECT map_from_arrays(array('a'));
