SELECT pmod(-7, 3);
SELECT pmod(-7.5, 2);
