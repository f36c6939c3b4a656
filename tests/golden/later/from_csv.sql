SELECT from_csv('1, 0.8', 'a INT, b DOUBLE'), from_csv('1', 'a INT, b STRING'), from_csv('x', 'a INT'), from_csv(NULL, 'a INT'), from_csv('', 'a INT');
SELECT from_csv('26/08/2015', 'd DATE', map('dateFormat', 'dd/MM/yyyy'));
SELECT from_csv('1', 'a FOO');
