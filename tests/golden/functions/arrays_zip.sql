SELECT arrays_zip(array(1, 2), array('a', 'b')), arrays_zip(array(1, 2), array(3)), arrays_zip(array(), array(1)), arrays_zip(array(1)), arrays_zip(NULL, array(1)), arrays_zip();
SELECT arrays_zip(a, b) FROM VALUES (array(1), array('x')), (NULL, array('y')) AS t(a, b);
SELECT arrays_zip(1, array(1));
