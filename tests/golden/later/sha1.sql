SELECT sha1('Spark');
