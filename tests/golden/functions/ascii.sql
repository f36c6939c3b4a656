SELECT ascii('A'), ascii(''), ascii('é'), ascii('日'), ascii('😀'), ascii(NULL), ascii(2), ascii(true);
SELECT ascii(a) FROM VALUES ('x'), (NULL) AS t(a);
SELECT ascii(array('a'));
SELECT ascii();
