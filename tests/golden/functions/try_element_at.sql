SELECT try_element_at(array(1, 2), 2), try_element_at(array(1, 2), 5), try_element_at(array(1, 2), -1), try_element_at(map('a', 1), 'a'), try_element_at(map('a', 1), 'z');
SELECT try_element_at(NULL, 1);
SELECT try_element_at(array(1), 0);
SELECT try_element_at(a, i) FROM VALUES (array(1, 2), 2), (array(1), 9), (NULL, 1) AS t(a, i);
SELECT try_element_at(1, 1);
