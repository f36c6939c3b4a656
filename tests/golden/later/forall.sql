SELECT forall(array(1, 2), x -> x > 0), forall(array(1, NULL), x -> x > 0), forall(array(), x -> false);
