SELECT split_part('a.b.c', '.', 2), split_part('a.b.c', '.', -1), split_part('a.b', '.', 5), split_part(NULL, '.', 1);
SELECT split_part('a.b', '.', 0);
