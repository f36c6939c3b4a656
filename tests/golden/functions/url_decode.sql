SELECT url_decode('https%3A%2F%2Fspark.apache.org+x'), url_decode(''), url_decode(NULL), try_url_decode('%zz');
SELECT url_decode('%zz');
