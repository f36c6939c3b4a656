"""The mission's program, word for word but for its two paths."""

PROGRAM = '''from pyspark.sql import SparkSession
from pyspark.sql.functions import col, avg, max, min

# Initialize Spark Session
spark = SparkSession.builder \\
    .appName("Stock Data Processing") \\
    .getOrCreate()

# Read from S3
df = spark.read.parquet("{source}")

# Distributed transformations
result = df.groupBy("ticker", "date") \\
    .agg(
        avg("close_price").alias("avg_price"),
        max("volume").alias("max_volume")
    ) \\
    .orderBy("date")

# Write back to S3
result.write.parquet("{target}")
'''
