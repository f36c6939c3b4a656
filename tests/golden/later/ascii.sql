SELECT ascii('A'), ascii(''), ascii('é'), ascii('日'), ascii(NULL);
SELECT ascii(a) FROM VALUES ('x'), (NULL) AS t(a);
