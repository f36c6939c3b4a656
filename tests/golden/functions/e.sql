SELECT e(), e() * 2;
SELECT e(1);
