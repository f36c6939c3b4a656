SELECT arrays_overlap(array(1, 2), array(2, 3)), arrays_overlap(array(1), array(2)), arrays_overlap(array(1, NULL), array(2)), arrays_overlap(array(1, NULL), array(1)), arrays_overlap(array(), array(1)), arrays_overlap(array(NULL), array(NULL)), arrays_overlap(array(1), array(1L));
SELECT arrays_overlap(NULL, array(1));
SELECT arrays_overlap(a, b) FROM VALUES (array(1), array(1)), (NULL, array(1)), (array(1, NULL), array(2)) AS t(a, b);
SELECT arrays_overlap(array(1), array('x'));
SELECT arrays_overlap(1, 1);
