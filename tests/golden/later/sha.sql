SELECT sha('Spark');
