SELECT try_element_at(array(1), 5), try_element_at(map('a', 1), 'z');
