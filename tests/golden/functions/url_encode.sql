SELECT url_encode('https://spark.apache.org/a b?x=é&y=*~'), url_encode(''), url_encode(NULL);
SELECT url_encode(1);
