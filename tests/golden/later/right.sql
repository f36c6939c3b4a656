SELECT right('Spark', 2), right('Spark', 0);
