"""Programs of analysts for test_programs.py: prices with nulls, NaN, gaps and duplicates; ticks over a change of clocks."""
import datetime
import decimal
import random

from pyspark.sql import Window, functions as F

from programs import _trading_days, program

SCHEMA = ("ticker string, sector string, date date, open double, high double, low double, close double, "
          "volume bigint")


def bars(spark, count=40):
    draw = random.Random(11)
    rows = []
    for ticker, sector, level in (("NVDA", "Tech", 140.0), ("JPM", "Fin", 130.0), ("CVX", "Energy", 175.0), ("ZZZ", None, 3.0)):
        for i, day in enumerate(_trading_days(count, datetime.date(2023, 1, 2))):
            if ticker == "CVX" and i % 13 == 5:
                continue
            level = round(level * (1 + draw.uniform(-0.04, 0.04)), 4)
            close = None if draw.random() < 0.07 else float("nan") if draw.random() < 0.03 else level
            rows.append((ticker, sector, day, round(level * 0.98, 4), round(level * 1.03, 4), round(level * 0.96, 4), close,
                         draw.randrange(1000, 90_000_000)))
    return spark.createDataFrame(rows + rows[3:6], SCHEMA)


def unique_bars(spark):
    return bars(spark).dropDuplicates(["ticker", "date"])


def ticks(spark, count=300):
    draw = random.Random(3)
    at = datetime.datetime(2024, 3, 8, 14, 30)
    rows = []
    for _ in range(count):
        at += datetime.timedelta(seconds=draw.randrange(1, 900), milliseconds=draw.randrange(1000))
        rows.append((draw.choice(["A", "B"]), at, round(100 + draw.gauss(0, 3), 2), draw.choice([100, 200, None, 50])))
    return spark.createDataFrame(rows, "sym string, ts timestamp, price double, size int")


@program()
def week_by_range(spark, folder):
    by_second = Window.partitionBy("ticker").orderBy(F.col("date").cast("timestamp").cast("long"))
    week = by_second.rangeBetween(-7 * 86400, 0)
    return (unique_bars(spark).withColumn("week", F.avg("open").over(week)).withColumn("n", F.count("*").over(week))
            .withColumn("before", F.max("high").over(Window.partitionBy("ticker").orderBy("date")
                                                     .rowsBetween(Window.unboundedPreceding, -1))))


@program(ordered=True)
def islands(spark, folder):
    window = Window.partitionBy("ticker").orderBy("date")
    return (bars(spark).filter("ticker IN ('CVX', 'ZZZ')").select("ticker", "date").distinct()
            .withColumn("gap", F.datediff("date", F.lag("date").over(window)))
            .withColumn("island", F.sum(F.when((F.col("gap") > 3) | F.col("gap").isNull(), 1).otherwise(0)).over(window))
            .groupBy("ticker", "island").agg(F.min("date").alias("a"), F.max("date").alias("b"), F.count(F.lit(1)).alias("n"))
            .orderBy("ticker", "island"))


@program()
def missing_days(spark, folder):
    calendar = (spark.sql("SELECT explode(sequence(DATE'2023-01-02', DATE'2023-02-24', INTERVAL 1 DAY)) AS date")
                .filter(~F.dayofweek("date").isin(1, 7)))
    known = bars(spark).select("ticker", "date")
    return calendar.crossJoin(known.select("ticker").distinct()).join(known, ["ticker", "date"], "left_anti")


@program()
def sliding_bars(spark, folder):
    return (ticks(spark).groupBy("sym", F.window("ts", "1 hour", "30 minutes", "15 minutes"))
            .agg(F.min_by("price", "ts").alias("o"), F.max("price").alias("h"), F.min("price").alias("l"),
                 F.max_by("price", "ts").alias("c"), F.sum("size").alias("v"))
            .select("sym", "window", "window.start", "o", "h", "l", "c", "v"))


@program()
def daily_ticks(spark, folder):
    return (ticks(spark).groupBy("sym", F.date_trunc("day", "ts").alias("day"))
            .agg(F.count("*").alias("n"), F.expr("sum(price * size) / sum(size) AS vwap"),
                 F.min(F.hour("ts")), F.max(F.date_format("ts", "EEE yyyy-MM-dd HH:mm:ss.SSS xxx"))))


@program()
def carried_forward(spark, folder):
    window = Window.partitionBy("ticker").orderBy("date")
    so_far = window.rowsBetween(Window.unboundedPreceding, 0)
    to_come = window.rowsBetween(0, Window.unboundedFollowing)
    return (unique_bars(spark).withColumn("close", F.when(~F.isnan("close"), F.col("close")))
            .withColumn("forward", F.last("close", ignorenulls=True).over(so_far))
            .withColumn("back", F.first("close", True).over(to_come))
            .withColumn("filled", F.coalesce("forward", "back", F.lit(0.0))))


@program()
def adjusted_by_splits(spark, folder):
    splits = spark.createDataFrame(
        [("NVDA", datetime.date(2023, 1, 20), decimal.Decimal("4.0000")),
         ("NVDA", datetime.date(2023, 2, 10), decimal.Decimal("2.0000")),
         ("JPM", datetime.date(2023, 1, 31), decimal.Decimal("1.5000"))], "ticker string, ex_date date, ratio decimal(10,4)")
    joined = unique_bars(spark).alias("p").join(
        splits.alias("s"), (F.col("p.ticker") == F.col("s.ticker")) & (F.col("p.date") < F.col("s.ex_date")), "left")
    return (joined.groupBy("p.ticker", "p.date", "p.close").agg(F.exp(F.sum(F.log("s.ratio"))).alias("factor"), F.max("ratio"))
            .withColumn("adjusted", F.round(F.col("close") / F.coalesce("factor", F.lit(1.0)), 4)))


@program()
def as_of_by_union(spark, folder):
    trades = ticks(spark, 80).select("sym", "ts", "price", F.lit(None).cast("double").alias("bid"), F.lit(1).alias("src"))
    quotes = ticks(spark, 120).filter("price > 100").select(
        "sym", (F.col("ts") - F.expr("INTERVAL 90 SECONDS")).alias("ts"), F.col("price").alias("bid"), F.lit(0).alias("src"))
    window = Window.partitionBy("sym").orderBy("ts", "src").rowsBetween(Window.unboundedPreceding, 0)
    return (trades.unionByName(quotes, allowMissingColumns=True).withColumn("bid", F.last("bid", True).over(window))
            .filter("src = 1").drop("src"))


@program()
def wide_and_long(spark, folder):
    wide = unique_bars(spark).groupBy("date").pivot("ticker").agg(F.first("close"))
    return wide.unpivot(["date"], ["NVDA", "JPM", "CVX"], "sym", "px").filter("px IS NOT NULL")


@program()
def ranked_sectors(spark, folder):
    month = unique_bars(spark).groupBy("sector", "ticker", F.trunc("date", "month").alias("m")).agg(F.sum("volume").alias("v"))
    window = Window.partitionBy("m").orderBy(F.desc("v"))
    return (month.withColumn("rank", F.dense_rank().over(window)).withColumn("percent", F.percent_rank().over(window))
            .withColumn("share", F.round(F.col("v") / F.sum("v").over(Window.partitionBy("m")), 6)).where("rank <= 2"))


@program()
def volatility(spark, folder):
    window = Window.partitionBy("ticker").orderBy("date")
    returns = (unique_bars(spark).filter("close IS NOT NULL AND NOT isnan(close)")
               .withColumn("ret", F.log(F.col("close") / F.lag("close").over(window))))
    return returns.groupBy("ticker").agg(
        F.expr("percentile(ret, array(0.05, 0.5, 0.95))").alias("q"), F.percentile_approx("close", [0.25, 0.5], 10000),
        F.median("close"), F.mode("sector"), F.expr("percentile_disc(0.25) WITHIN GROUP (ORDER BY close DESC)"),
        F.count_if(F.col("ret") > 0).alias("up"))


@program()
def ticks_as_arrays(spark, folder):
    arrays = (ticks(spark, 40).groupBy("sym").agg(F.array_sort(F.collect_list(F.struct("ts", "price", "size"))).alias("t"))
              .withColumn("p", F.col("t.price")))
    return arrays.select(
        "sym", F.aggregate("p", F.lit(0.0), lambda a, x: a + x, lambda a: F.round(a / F.size("p"), 6)).alias("mean"),
        F.expr("aggregate(transform(sequence(1, size(p) - 1), i -> p[i] - p[i - 1]), 0D, (a, x) -> a + abs(x))").alias("path"),
        F.filter("t.size", lambda x: x.isNotNull()).alias("sizes"), F.slice("p", -3, 3), F.array_max("p"),
        F.array_sort("p", lambda a, b: F.when(a > b, -1).when(a < b, 1).otherwise(0)).alias("down"))


@program()
def structs_of_two_vendors(spark, folder):
    one = spark.sql("SELECT 'A' AS t, struct(1.5D AS bid, 100 AS size) AS q")
    two = spark.sql("SELECT 'B' AS t, struct(200 AS size, 1.6D AS ask) AS q, 'late' AS note")
    return one.unionByName(two, allowMissingColumns=True)


@program()
def filtered_self_join(spark, folder):
    prices = unique_bars(spark)
    high = prices.filter("volume > 60000000").select("ticker", "date")
    return prices.join(high.alias("h"), (prices.ticker == F.col("h.ticker")) & (F.col("h.date") > prices.date)).groupBy(
        prices.ticker).count()


@program()
def column_by_column(spark, folder):
    frame = unique_bars(spark).select("ticker", "date", "close")
    for lag in range(1, 21):
        frame = frame.withColumn(f"lag{lag}", F.lag("close", lag).over(Window.partitionBy("ticker").orderBy("date")))
    for lag in range(1, 21):
        frame = frame.withColumn(f"ret{lag}", F.col("close") / F.col(f"lag{lag}") - 1)
    return frame


@program()
def wrong_column_by_index(spark, folder):
    return bars(spark).select(bars(spark)["nope"])


@program()
def wrong_fraction(spark, folder):
    return bars(spark).sample(2.0)


@program()
def wrong_key(spark, folder):
    return bars(spark).dropDuplicates(["nope"])


@program()
def wrong_view_name(spark, folder):
    bars(spark).createOrReplaceTempView("my prices")
    return spark.range(1)


@program()
def wrong_buckets(spark, folder):
    bars(spark).write.bucketBy(2, "ticker").parquet(folder)
    return spark.range(1)


@program()
def wrong_header_option(spark, folder):
    bars(spark).coalesce(1).write.csv(folder)
    return spark.read.option("header", "maybe").csv(folder)
