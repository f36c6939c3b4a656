"""Average price and highest volume of each ticker and day, from the files that s3-dist-cp made of the daily ones.

  spark-submit prices.py s3://BUCKET
"""
import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import avg, max

COLUMNS = "date DATE, open DOUBLE, high DOUBLE, low DOUBLE, close_price DOUBLE, volume BIGINT, ticker STRING"

base = sys.argv[1]
spark = SparkSession.builder.appName("prices").getOrCreate()
prices = spark.read.csv(base + "/compact/", schema=COLUMNS)
daily = prices.groupBy("ticker", "date").agg(avg("close_price").alias("avg_price"),
                                             max("volume").alias("max_volume")).orderBy("date")
daily.write.mode("overwrite").parquet(base + "/processed/")
