SELECT arrays_overlap(array(1), array(1, 2));
