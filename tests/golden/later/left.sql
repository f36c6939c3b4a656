SELECT left('Spark', 2), left('Spark', -1);
