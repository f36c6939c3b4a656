SELECT assert_true(true);
SELECT assert_true(false);
