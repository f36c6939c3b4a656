SELECT monotonically_increasing_id();
-- case: one-partition
SELECT a, monotonically_increasing_id() FROM VALUES ('x'), ('y'), ('z') AS t(a);
SELECT id, monotonically_increasing_id() AS m FROM range(0, 4, 1, 1);
SELECT monotonically_increasing_id(1);
