"""S&P 500, five years of daily prices

Daily average price and volume, data quality, and a yearly summary per ticker.
Five years of daily prices of 505 companies: read, clean, check, summarise.
ember run examples/sp500/pipeline.yaml

Runs by spark-submit on any cluster of Spark 3.5 or later, and by plain python.
The first argument is the folder that relative paths of the pipeline are in.
"""

import sys

from pyspark.sql import SparkSession, Window, functions as F

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/project"


def main():
    spark = (
        SparkSession.builder
        .appName("S&P 500, five years of daily prices")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )

    prices_checked = (
        spark.read
        .option("columnNameOfCorruptRecord", "_corrupt_record")
        .option("columnPruning", False)
        .option("header", True)
        .option("ignoreLeadingWhiteSpace", True)
        .option("ignoreTrailingWhiteSpace", True)
        .schema(
            "date STRING,open STRING,high STRING,low STRING,close STRING,volume STRING,Name "
            "STRING,_corrupt_record STRING",
        )
        .csv(f"{FOLDER}/data/prices.csv.gz")
        .select(
            "*",
            F.input_file_name().alias("__file"),
            F.expr("try_cast(`Name` AS STRING)").alias("__typed_0"),
            F.expr("try_cast(`date` AS DATE)").alias("__typed_1"),
            F.expr("try_cast(`open` AS DOUBLE)").alias("__typed_2"),
            F.expr("try_cast(`high` AS DOUBLE)").alias("__typed_3"),
            F.expr("try_cast(`low` AS DOUBLE)").alias("__typed_4"),
            F.expr("try_cast(`close` AS DOUBLE)").alias("__typed_5"),
            F.expr("try_cast(`volume` AS BIGINT)").alias("__typed_6"),
        )
        .select(
            "*",
            F.concat_ws(
                "; ",
                F.when(F.col("_corrupt_record").isNotNull(), "malformed row"),
                F.when(F.col("Name").isNull(), "ticker is missing"),
                F.when(F.col("date").isNull(), "date is missing"),
                F.when(
                    F.col("date").isNotNull() & F.col("__typed_1").isNull(),
                    F.concat(F.lit("date: '"), "date", F.lit("' is not date")),
                ),
                F.when(
                    F.col("open").isNotNull() & F.col("__typed_2").isNull(),
                    F.concat(F.lit("open: '"), "open", F.lit("' is not double")),
                ),
                F.when(
                    F.col("high").isNotNull() & F.col("__typed_3").isNull(),
                    F.concat(F.lit("high: '"), "high", F.lit("' is not double")),
                ),
                F.when(
                    F.col("low").isNotNull() & F.col("__typed_4").isNull(),
                    F.concat(F.lit("low: '"), "low", F.lit("' is not double")),
                ),
                F.when(
                    F.col("close").isNotNull() & F.col("__typed_5").isNull(),
                    F.concat(F.lit("close_price: '"), "close", F.lit("' is not double")),
                ),
                F.when(
                    F.col("volume").isNotNull() & F.col("__typed_6").isNull(),
                    F.concat(F.lit("volume: '"), "volume", F.lit("' is not bigint")),
                ),
            ).alias("__reason"),
        )
        .select(
            "__reason",
            "__typed_0",
            "__typed_1",
            "__typed_2",
            "__typed_3",
            "__typed_4",
            "__typed_5",
            "__typed_6",
            F.when(F.col("__reason") != "", F.col("__file")).alias("__file"),
            F.when(F.col("__reason") != "", F.col("date")).alias("__raw_date"),
            F.when(F.col("__reason") != "", F.col("open")).alias("__raw_open"),
            F.when(F.col("__reason") != "", F.col("high")).alias("__raw_high"),
            F.when(F.col("__reason") != "", F.col("low")).alias("__raw_low"),
            F.when(F.col("__reason") != "", F.col("close")).alias("__raw_close"),
            F.when(F.col("__reason") != "", F.col("volume")).alias("__raw_volume"),
            F.when(F.col("__reason") != "", F.col("Name")).alias("__raw_Name"),
            F.when(F.col("__reason") != "", F.col("_corrupt_record")).alias("_corrupt_record"),
        )
        .cache()
    )

    prices = (
        prices_checked
        .filter(F.col("__reason") == "")
        .select(
            F.col("__typed_0").alias("ticker"),
            F.col("__typed_1").alias("date"),
            F.col("__typed_2").alias("open"),
            F.col("__typed_3").alias("high"),
            F.col("__typed_4").alias("low"),
            F.col("__typed_5").alias("close_price"),
            F.col("__typed_6").alias("volume"),
        )
    )

    sectors = (
        spark.read
        .option("header", True)
        .option("ignoreLeadingWhiteSpace", True)
        .option("ignoreTrailingWhiteSpace", True)
        .csv(f"{FOLDER}/data/sectors.csv")
        .select(
            F.col("Symbol").cast("string").alias("ticker"),
            F.col("Name").cast("string").alias("company"),
            F.col("Sector").cast("string").alias("sector"),
        )
    )

    clean = prices.dropDuplicates(["ticker", "date"]).cache()

    low = F.nullif(F.col("low").cast("double"), F.lit("NaN").cast("double"))
    open_ = F.nullif(F.col("open").cast("double"), F.lit("NaN").cast("double"))
    high = F.nullif(F.col("high").cast("double"), F.lit("NaN").cast("double"))
    close_price = F.nullif(F.col("close_price").cast("double"), F.lit("NaN").cast("double"))
    violations = (
        prices
        .withColumn(
            "__ember_rows_of_key",
            F.count(F.lit(1)).over(Window.partitionBy("ticker", "date")),
        )
        .select(
            "ticker",
            "date",
            F.explode(
                F.filter(
                    F.array(
                        F.when(
                            F.col("__ember_rows_of_key") > 1,
                            F.struct(
                                F.lit("duplicate_key").alias("rule"),
                                F.col("__ember_rows_of_key").cast("double").alias("value"),
                            ),
                        ),
                        F.when(
                            high < F.greatest(open_, close_price, low) - F.lit(1e-09) * F.abs(high),
                            F.struct(
                                F.lit("high_below_others").alias("rule"),
                                high.cast("double").alias("value"),
                            ),
                        ),
                        F.when(
                            low > F.least(open_, close_price, high) + F.lit(1e-09) * F.abs(low),
                            F.struct(
                                F.lit("low_above_others").alias("rule"),
                                low.cast("double").alias("value"),
                            ),
                        ),
                        F.when(
                            F.least(open_, high, low, close_price) <= 0,
                            F.struct(
                                F.lit("non_positive_price").alias("rule"),
                                F.least(open_, high, low, close_price)
                                .cast("double")
                                .alias("value"),
                            ),
                        ),
                        F.when(
                            open_.isNull() | high.isNull() | low.isNull() | close_price.isNull(),
                            F.struct(
                                F.lit("missing_price").alias("rule"),
                                F.lit(None).cast("double").alias("value"),
                            ),
                        ),
                        F.when(
                            F.col("volume").isNull() | (F.col("volume") < 0),
                            F.struct(
                                F.lit("bad_volume").alias("rule"),
                                F.col("volume").cast("double").alias("value"),
                            ),
                        ),
                    ),
                    lambda v: v.isNotNull(),
                ),
            ).alias("violation"),
        )
        .select(
            "ticker",
            "date",
            F.col("violation.rule").alias("rule"),
            F.col("violation.value").alias("value"),
        )
        .orderBy("ticker", "date", "rule")
    )

    violation_counts = (
        violations
        .groupBy("rule")
        .agg(F.count(F.lit(1)).alias("violations"), F.count_distinct("ticker").alias("tickers"))
        .orderBy("rule")
    )

    daily = (
        clean
        .groupBy("ticker", "date")
        .agg(F.avg("close_price").alias("avg_price"), F.max("volume").alias("max_volume"))
        .orderBy("date")
    )

    daily_by_year = daily.withColumn("year", F.year("date"))

    yearly = (
        clean
        .withColumn("year", F.year("date"))
        .withColumn(
            "log_return",
            F.ln(
                F.col("close_price")
                / F.lag("close_price").over(Window.partitionBy("ticker").orderBy("date")),
            ),
        )
        .groupBy("ticker", "year")
        .agg(
            F.min_by("close_price", "date").alias("first_close"),
            F.max_by("close_price", "date").alias("last_close"),
            (F.stddev("log_return") * F.sqrt(F.lit(252))).alias("volatility"),
            F.avg(F.col("close_price") * F.col("volume")).alias("avg_dollar_volume"),
            F.count(F.lit(1)).alias("days"),
        )
        .withColumn("return", F.col("last_close") / F.col("first_close") - 1)
        .join(F.broadcast(sectors), "ticker", "left")
        .orderBy("ticker", "year")
    )

    # Rows that do not fit their types
    prices_rejects = (
        prices_checked
        .filter(F.col("__reason") != "")
        .select(
            F.col("__file").alias("file"),
            F.col("__raw_date").alias("date"),
            F.col("__raw_open").alias("open"),
            F.col("__raw_high").alias("high"),
            F.col("__raw_low").alias("low"),
            F.col("__raw_close").alias("close"),
            F.col("__raw_volume").alias("volume"),
            F.col("__raw_Name").alias("Name"),
            "_corrupt_record",
            F.col("__reason").alias("reason"),
        )
    )

    prices_rejects.write.mode("overwrite").option("header", True).csv(f"{FOLDER}/out/rejects")
    print("rejects of prices:", prices_rejects.count())

    daily_by_year.write.mode("overwrite").partitionBy("year").parquet(f"{FOLDER}/out/daily")

    yearly.write.mode("overwrite").partitionBy("year").parquet(f"{FOLDER}/out/yearly")

    yearly.write.mode("overwrite").option("header", True).csv(f"{FOLDER}/out/yearly_csv")

    violations.write.mode("overwrite").option("header", True).csv(f"{FOLDER}/out/violations")

    (
        violation_counts.write
        .mode("overwrite")
        .option("header", True)
        .csv(f"{FOLDER}/out/violation_counts")
    )

    spark.stop()


if __name__ == "__main__":
    main()
