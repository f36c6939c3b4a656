SELECT flatten(array(array(1, 2), array(3))), flatten(array(array(1), NULL)), flatten(array(array())), flatten(array(array('a', NULL), array('b'))), flatten(array(array(array(1))));
SELECT flatten(NULL);
SELECT flatten(a) FROM VALUES (array(array(1), array(2))), (NULL) AS t(a);
SELECT flatten(array(1));
SELECT flatten(1);
SELECT flatten();
