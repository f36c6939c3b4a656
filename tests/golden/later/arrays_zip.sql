SELECT arrays_zip(array(1, 2), array('a'));
