"""all operations

Every operation once, and names that Python has other plans for.
Every operation of a pipeline, for the tests of `ember export`.

Runs by spark-submit on any cluster of Spark 3.5 or later, and by plain python.
The first argument is the folder that relative paths of the pipeline are in.
"""

import sys

from pyspark.sql import SparkSession, Window, functions as F

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/project"


def main():
    # Of Ember's local engine, without a meaning here: threads 2, memory 1GB
    spark = (
        SparkSession.builder
        .appName("all operations")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )

    bars_checked = (
        spark.read
        .option("columnNameOfCorruptRecord", "_corrupt_record")
        .option("columnPruning", False)
        .option("header", True)
        .option("ignoreLeadingWhiteSpace", True)
        .option("ignoreTrailingWhiteSpace", True)
        .option("maxColumns", "50")
        .option("sep", ",")
        .schema(
            "Symbol STRING,Date STRING,Open STRING,High STRING,Low STRING,Close STRING,Volume "
            "STRING,_corrupt_record STRING",
        )
        .csv(f"{FOLDER}/bars.csv")
        .select(
            "*",
            F.input_file_name().alias("__file"),
            F.expr("try_cast(`Symbol` AS STRING)").alias("__typed_0"),
            F.try_to_timestamp("Date", F.lit("yyyyMMdd")).cast("date").alias("__typed_1"),
            F.expr("try_cast(`Open` AS DOUBLE)").alias("__typed_2"),
            F.expr("try_cast(`High` AS DOUBLE)").alias("__typed_3"),
            F.expr("try_cast(`Low` AS DOUBLE)").alias("__typed_4"),
            F.expr("try_cast(`Close` AS DECIMAL(10,2))").alias("__typed_5"),
            F.expr("try_cast(`Volume` AS BIGINT)").alias("__typed_6"),
        )
        .select(
            "*",
            F.concat_ws(
                "; ",
                F.when(F.col("_corrupt_record").isNotNull(), "malformed row"),
                F.when(F.col("Symbol").isNull(), "ticker is missing"),
                F.when(
                    F.col("Date").isNotNull() & F.col("__typed_1").isNull(),
                    F.concat(F.lit("date: '"), "Date", F.lit("' is not date")),
                ),
                F.when(
                    F.col("Open").isNotNull() & F.col("__typed_2").isNull(),
                    F.concat(F.lit("open: '"), "Open", F.lit("' is not double")),
                ),
                F.when(
                    F.col("High").isNotNull() & F.col("__typed_3").isNull(),
                    F.concat(F.lit("high: '"), "High", F.lit("' is not double")),
                ),
                F.when(
                    F.col("Low").isNotNull() & F.col("__typed_4").isNull(),
                    F.concat(F.lit("low: '"), "Low", F.lit("' is not double")),
                ),
                F.when(
                    F.col("Close").isNotNull() & F.col("__typed_5").isNull(),
                    F.concat(F.lit("close: '"), "Close", F.lit("' is not decimal(10,2)")),
                ),
                F.when(
                    F.col("Volume").isNotNull() & F.col("__typed_6").isNull(),
                    F.concat(F.lit("volume: '"), "Volume", F.lit("' is not bigint")),
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
            F.when(F.col("__reason") != "", F.col("Symbol")).alias("__raw_Symbol"),
            F.when(F.col("__reason") != "", F.col("Date")).alias("__raw_Date"),
            F.when(F.col("__reason") != "", F.col("Open")).alias("__raw_Open"),
            F.when(F.col("__reason") != "", F.col("High")).alias("__raw_High"),
            F.when(F.col("__reason") != "", F.col("Low")).alias("__raw_Low"),
            F.when(F.col("__reason") != "", F.col("Close")).alias("__raw_Close"),
            F.when(F.col("__reason") != "", F.col("Volume")).alias("__raw_Volume"),
            F.when(F.col("__reason") != "", F.col("_corrupt_record")).alias("_corrupt_record"),
        )
        .cache()
    )

    # Bars of a few days; some lines are wrong on purpose.
    bars = (
        bars_checked
        .filter(F.col("__reason") == "")
        .select(
            F.col("__typed_0").alias("ticker"),
            F.col("__typed_1").alias("date"),
            F.col("__typed_2").alias("open"),
            F.col("__typed_3").alias("high"),
            F.col("__typed_4").alias("low"),
            F.col("__typed_5").alias("close"),
            F.col("__typed_6").alias("volume"),
        )
    )

    sectors = spark.read.json(f"{FOLDER}/sectors.json")

    plain = (
        spark.read
        .option("header", True)
        .csv(f"{FOLDER}/bars.csv")
        .cache()
    )

    clean = (
        bars
        .dropDuplicates(["ticker", "date"])
        .filter(
            (F.col("close") > 0)
            & (F.col("volume").isNull() | ~(F.col("volume") < 0))
            & (F.col("ticker") != "XOM"),
        )
        .cache()
    )

    # Python keeps this word for itself.
    # a later column may use an earlier one
    lambda_ = (
        clean
        .withColumn("typical", (F.col("high") + F.col("low") + F.col("close")) / 3)
        .withColumn(
            "previous",
            F.lag("close", 1).over(Window.partitionBy("ticker").orderBy("date")),
        )
        .withColumn(
            "running",
            F.avg("close").over(
                Window
                .partitionBy("ticker")
                .orderBy(F.col("date").desc())
                .rowsBetween(-2, Window.currentRow),
            ),
        )
        .withColumn(
            "size",
            F.when(F.col("volume") >= 150, "big")
            .when(F.col("volume").isNull(), None)
            .otherwise("small"),
        )
        .withColumn("change", F.round(F.col("close") - F.col("previous"), 3))
        .withColumn("half", F.expr("close * 0.5"))
        .withColumnRenamed("previous", "close before")
        .withColumnRenamed("size", "size of day")
        .drop("open", "low")
    )

    selected = (
        lambda_
        .select(
            "ticker",
            "date",
            F.year("date").alias("year"),
            F.concat(
                F.upper("ticker"),
                F.lit("-"),
                F.date_format("date", "yyyy/MM"),
            ).alias("label"),
            "close before",
            F.concat_ws(",", "size of day", F.lit("x")).alias("sizes"),
            F.expr("close between 100 and 200"),
            F.when(F.col("ticker").like("A%") | F.col("ticker").isin("IBM", "ORCL"), 1)
            .otherwise(0)
            .alias("is_chosen"),
            F.filter(F.array("high", "typical"), lambda v: v > 185.0).alias("high_ones"),
            "half",
            F.expr("try_cast(ticker AS int) AS none"),
        )
        .orderBy(
            "ticker",
            F.col("date").desc(),
            F.col("close before").asc_nulls_last(),
            F.col("half").desc_nulls_first(),
        )
    )

    by_sector = (
        selected
        .join(F.broadcast(sectors), "ticker", "left")
        .groupBy("sector", "year")
        .agg(
            F.count(F.lit(1)).alias("days"),
            F.count_distinct("ticker").alias("tickers"),
            F.max_by("label", "half").alias("best"),
            F.expr("max(half) FILTER (WHERE is_chosen = 1)").alias("dearest"),
        )
    )

    other = clean.select(
        F.col("ticker").alias("name"),
        F.col("date").alias("day"),
        F.col("close").alias("price"),
    )

    pairs = (
        clean
        .select("ticker", "date", "close")
        .alias("left")
        .join(
            other.alias("right"),
            (F.col("left.date") == F.col("right.day"))
            & (F.col("left.ticker") < F.col("right.name")),
            "inner",
        )
        .select(
            "left.ticker",
            "right.name",
            "left.date",
            (F.col("right.price") - F.col("left.close")).alias("spread"),
        )
        .orderBy("ticker", "name", "date")
        .limit(5)
    )

    not_in_sectors = clean.join(sectors, "ticker", "left_anti").select("ticker", "date")

    in_sectors = clean.join(sectors, "ticker", "left_semi").select("date", "ticker")

    crossed = sectors.select("ticker").crossJoin(by_sector)

    both = not_in_sectors.unionByName(in_sectors).repartition(3)

    asked_input = clean.filter(F.col("ticker").rlike("^[AI]"))

    asked_input.createOrReplaceTempView("asked_input")

    sectors.createOrReplaceTempView("sectors")

    asked = spark.sql("""
        WITH input AS (SELECT * FROM asked_input)
        (
        -- the dearest days
        WITH ranked AS (
          SELECT ticker, date, close, rank() OVER (ORDER BY close DESC) AS place
          FROM input
        )
        SELECT r.*, s.sector FROM ranked r LEFT JOIN sectors s ON r.ticker = s.ticker
        WHERE s.sector <> 'back\\\\slash "quoted"'
        )
    """).filter(F.col("place") <= 3)

    clean.createOrReplaceTempView("clean")

    asked_again = spark.sql("""
        WITH input AS (SELECT * FROM clean)
        SELECT count(*) AS days, min(i.date) AS first, max(i.date) AS last, (SELECT count(*) FROM
        sectors) AS sectors FROM input AS i
    """)

    same = asked_again

    low = F.nullif(F.col("low").cast("double"), F.lit("NaN").cast("double"))
    open_ = F.nullif(F.col("open").cast("double"), F.lit("NaN").cast("double"))
    high = F.nullif(F.col("high").cast("double"), F.lit("NaN").cast("double"))
    close = F.nullif(F.col("close").cast("double"), F.lit("NaN").cast("double"))
    violations = (
        bars
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
                            high < F.greatest(open_, close, low) - F.lit(1e-09) * F.abs(high),
                            F.struct(
                                F.lit("high_below_others").alias("rule"),
                                high.cast("double").alias("value"),
                            ),
                        ),
                        F.when(
                            low > F.least(open_, close, high) + F.lit(1e-09) * F.abs(low),
                            F.struct(
                                F.lit("low_above_others").alias("rule"),
                                low.cast("double").alias("value"),
                            ),
                        ),
                        F.when(
                            F.least(open_, high, low, close) <= 0,
                            F.struct(
                                F.lit("non_positive_price").alias("rule"),
                                F.least(open_, high, low, close).cast("double").alias("value"),
                            ),
                        ),
                        F.when(
                            open_.isNull() | high.isNull() | low.isNull() | close.isNull(),
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
        .orderBy("ticker", "date", "rule", "value")
    )

    # Rows that do not fit their types
    bars_rejects = (
        bars_checked
        .filter(F.col("__reason") != "")
        .select(
            F.col("__file").alias("file"),
            F.col("__raw_Symbol").alias("Symbol"),
            F.col("__raw_Date").alias("Date"),
            F.col("__raw_Open").alias("Open"),
            F.col("__raw_High").alias("High"),
            F.col("__raw_Low").alias("Low"),
            F.col("__raw_Close").alias("Close"),
            F.col("__raw_Volume").alias("Volume"),
            "_corrupt_record",
            F.col("__reason").alias("reason"),
        )
    )

    bars_rejects.write.mode("overwrite").option("header", True).csv(f"{FOLDER}/out/rejects")
    print("rejects of bars:", bars_rejects.count())

    selected.write.mode("overwrite").partitionBy("year").parquet(f"{FOLDER}/out/selected")

    by_sector.write.mode("overwrite").json(f"{FOLDER}/out/by_sector")

    pairs.write.mode("overwrite").parquet(f"{FOLDER}/out/pairs")

    crossed.write.mode("error").parquet(f"{FOLDER}/out/crossed")

    both.write.mode("append").parquet(f"{FOLDER}/out/both")

    (
        asked.write
        .mode("overwrite")
        .option("header", True)
        .option("sep", ";")
        .csv(f"{FOLDER}/out/asked")
    )

    asked_again.write.mode("ignore").parquet(f"{FOLDER}/out/same")

    # What is wrong with the bars.
    (
        violations.write
        .mode("overwrite")
        .partitionBy("rule", "ticker")
        .parquet(f"{FOLDER}/out/violations")
    )

    plain.write.mode("overwrite").csv(f"{FOLDER}/out/plain")

    spark.stop()


if __name__ == "__main__":
    main()
