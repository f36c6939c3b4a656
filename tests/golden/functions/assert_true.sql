SELECT assert_true(true);
SELECT assert_true(a > 0) AS checked FROM VALUES (1), (2) AS t(a);
SELECT assert_true(false);
SELECT assert_true(NULL);
SELECT assert_true(a > 1) AS checked FROM VALUES (1) AS t(a);
SELECT assert_true(false, 'custom message');
SELECT assert_true(1);
SELECT assert_true();
