"""Realistic PySpark programs: each builds a DataFrame from a session and a folder of its own, and says whether
its rows are ordered. They run on Ember and on a real Spark (test_programs.py)."""
import datetime
import random

from pyspark.sql import Window, functions as F

PROGRAMS = {}


def program(ordered=False, ansi=True):
    """`ordered` may be "keys": rows with equal keys come in any order, so they compare as a multiset."""
    def register(function):
        PROGRAMS[function.__name__] = (function, ordered, ansi)
        return function
    return register


def _trading_days(count, start=datetime.date(2017, 11, 1)):
    day = start
    while count:
        if day.weekday() < 5:
            yield day
            count -= 1
        day += datetime.timedelta(days=1)


def price_rows():
    """Three tickers, 60 days, a few holes and duplicates; the same in every run."""
    draw = random.Random(7)
    rows = []
    for ticker, level in (("AAPL", 170.0), ("MSFT", 85.0), ("XOM", 83.0)):
        for day in _trading_days(60):
            level = round(level * (1 + draw.uniform(-0.03, 0.03)), 2)
            close = None if draw.random() < 0.05 else level
            rows.append((ticker, day, round(level * 0.99, 2), round(level * 1.02, 2), round(level * 0.97, 2), close,
                         draw.randrange(1_000_000, 40_000_000)))
    return rows + rows[5:8]


PRICE_SCHEMA = "ticker string, date date, open double, high double, low double, close double, volume bigint"


def prices(spark):
    return spark.createDataFrame(price_rows(), PRICE_SCHEMA)


def sectors(spark):
    return spark.createDataFrame([("AAPL", "Technology", 1976), ("MSFT", "Technology", 1975), ("GE", None, 1892)],
                                 "ticker string, sector string, founded int")


def by_day():
    return Window.partitionBy("ticker").orderBy("date")


@program()
def seed_aggregation(spark, folder):
    return (prices(spark).groupBy("ticker", "date")
            .agg(F.avg("close").alias("avg_price"), F.max("volume").alias("max_volume")).orderBy("date"))


@program()
def daily_returns(spark, folder):
    previous = F.lag("close").over(by_day())
    return (prices(spark).dropDuplicates(["ticker", "date"]).withColumn("previous", previous)
            .withColumn("ret", F.col("close") / F.col("previous") - 1)
            .withColumn("log_ret", F.log(F.col("close") / F.col("previous")))
            .filter(F.col("ret").isNotNull()))


@program()
def moving_averages(spark, folder):
    window = by_day().rowsBetween(-4, 0)
    return (prices(spark).dropDuplicates(["ticker", "date"])
            .withColumn("ma5", F.avg("close").over(window))
            .withColumn("low5", F.min("low").over(window)).withColumn("high5", F.max("high").over(window))
            .withColumn("n", F.count("close").over(window))
            .withColumn("signal", F.when(F.col("close") > F.col("ma5"), "above")
                        .when(F.col("close") < F.col("ma5"), "below").otherwise("none")))


@program()
def forward_fill(spark, folder):
    window = by_day().rowsBetween(Window.unboundedPreceding, Window.currentRow)
    return (prices(spark).dropDuplicates(["ticker", "date"])
            .withColumn("filled", F.last("close", ignorenulls=True).over(window))
            .select("ticker", "date", "close", "filled"))


@program()
def calendar_range_window(spark, folder):
    seconds = F.col("date").cast("timestamp").cast("long")
    window = Window.partitionBy("ticker").orderBy(seconds).rangeBetween(-6 * 86400, 0)
    return prices(spark).select("ticker", "date", F.sum("volume").over(window).alias("week_volume"))


@program()
def ranking(spark, folder):
    window = Window.partitionBy("date").orderBy(F.desc("volume"), "ticker")
    return (prices(spark).dropDuplicates(["ticker", "date"])
            .select("date", "ticker", F.row_number().over(window).alias("rn"), F.rank().over(window).alias("rk"),
                    F.dense_rank().over(window).alias("dr"), F.percent_rank().over(window).alias("pr"),
                    F.ntile(2).over(window).alias("half"), F.cume_dist().over(window).alias("cd"))
            .filter("rn <= 2"))


@program()
def monthly_bars(spark, folder):
    return (prices(spark).groupBy("ticker", F.date_trunc("month", "date").alias("month"))
            .agg(F.min_by("open", "date").alias("open"), F.max("high").alias("high"), F.min("low").alias("low"),
                 F.max_by("close", "date").alias("close"), F.sum("volume").alias("volume"),
                 F.count("*").alias("days"), F.count_distinct("date").alias("trading_days")))


@program()
def yearly_summary(spark, folder):
    yearly = (prices(spark).filter("close is not null").withColumn("year", F.year("date"))
              .groupBy("ticker", "year")
              .agg(F.min_by("close", "date").alias("first"), F.max_by("close", "date").alias("last"),
                   F.stddev("close").alias("sd"), F.avg(F.col("close") * F.col("volume")).alias("dollar_volume")))
    return (yearly.withColumn("ret", F.round(F.col("last") / F.col("first") - 1, 4))
            .join(F.broadcast(sectors(spark)), "ticker", "left"))


@program()
def pivot_by_ticker(spark, folder):
    return (prices(spark).groupBy("date").pivot("ticker", ["AAPL", "MSFT", "XOM"])
            .agg(F.round(F.avg("close"), 2).alias("close"), F.sum("volume").alias("vol")))


@program()
def pivot_without_values(spark, folder):
    return prices(spark).groupBy(F.month("date").alias("m")).pivot("ticker").max("volume")


@program()
def unpivot_prices(spark, folder):
    return prices(spark).limit(0).union(prices(spark)).unpivot(
        ["ticker", "date"], ["open", "high", "low", "close"], "kind", "price").filter("kind != 'high'")


@program()
def rollup_and_cube(spark, folder):
    base = prices(spark).withColumn("month", F.month("date"))
    rolled = base.rollup("ticker", "month").agg(F.sum("volume").alias("v"), F.grouping_id().alias("g"))
    cubed = base.cube("ticker", "month").agg(F.sum("volume").alias("v"), F.grouping_id().alias("g"))
    return rolled.unionByName(cubed)


@program()
def null_handling(spark, folder):
    frame = prices(spark).select("ticker", "date", "close", "volume")
    return (frame.fillna({"close": 0.0}).replace("XOM", "EXXON", "ticker")
            .unionByName(frame.dropna(subset=["close"]).withColumn("source", F.lit("clean")),
                         allowMissingColumns=True))


@program()
def join_kinds(spark, folder):
    left, right = prices(spark).select("ticker", "volume").distinct(), sectors(spark)
    parts = [left.join(right, "ticker", how).select("ticker", F.lit(how).alias("how"))
             for how in ("inner", "left", "right", "outer", "left_semi", "left_anti")]
    frame = parts[0]
    for part in parts[1:]:
        frame = frame.unionAll(part)
    return frame.groupBy("how", "ticker").count()


@program()
def self_join_pairs(spark, folder):
    base = prices(spark).filter("close is not null").dropDuplicates(["ticker", "date"])
    a, b = base.alias("a"), base.alias("b")
    return (a.join(b, (F.col("a.date") == F.col("b.date")) & (F.col("a.ticker") < F.col("b.ticker")))
            .groupBy(F.col("a.ticker").alias("x"), F.col("b.ticker").alias("y"))
            .agg(F.round(F.corr("a.close", "b.close"), 8).alias("corr"),
                 F.round(F.covar_samp("a.close", "b.close"), 6).alias("cov")))


@program()
def collections(spark, folder):
    grouped = (prices(spark).filter("day(date) < 10").groupBy("ticker")
               .agg(F.sort_array(F.collect_set(F.month("date"))).alias("months"),
                    F.sort_array(F.collect_list("close")).alias("closes")))
    return (grouped.withColumn("n", F.size("closes")).withColumn("first", F.col("closes")[0])
            .withColumn("up", F.transform("closes", lambda x: F.round(x * 1.1, 2)))
            .withColumn("high", F.filter("closes", lambda x: x > 100))
            .withColumn("total", F.aggregate("closes", F.lit(0.0), lambda acc, x: acc + x))
            .withColumn("joined", F.array_join(F.col("months").cast("array<string>"), "-")))


@program()
def exploded(spark, folder):
    base = sectors(spark).select("ticker", F.array(F.lit(1), F.col("founded"), F.lit(None).cast("int")).alias("xs"),
                                 F.create_map(F.lit("f"), F.col("founded")).alias("m"))
    return (base.select("ticker", F.posexplode("xs").alias("i", "x"), "m")
            .select("ticker", "i", "x", F.explode_outer("m").alias("k", "v")))


@program()
def text_features(spark, folder):
    return sectors(spark).select(
        "ticker", F.concat_ws("-", "ticker", "sector").alias("c"), F.lower("sector"), F.initcap(F.lower("ticker")),
        F.lpad("ticker", 6, "*").alias("l"), F.regexp_replace("sector", "[aeiou]", "_").alias("r"),
        F.split("sector", "n").alias("s"), F.length("sector"), F.substring("ticker", 2, 2).alias("sub"),
        F.format_number(F.col("founded") * 1234.567, 2).alias("fn"), F.regexp_extract("sector", "(T)(e)", 2).alias("e"),
        F.col("sector").like("Tech%").alias("lk"), F.md5("ticker").alias("md5"), F.sha2("ticker", 256).alias("sha"),
        F.hash("ticker", "founded").alias("h"), F.xxhash64("ticker").alias("xx"))


@program()
def date_features(spark, folder):
    d = F.col("date")
    return prices(spark).select("date").distinct().select(
        "date", F.year(d), F.quarter(d), F.month(d), F.weekofyear(d), F.dayofweek(d), F.dayofyear(d),
        F.date_format(d, "yyyy/MM/dd EEE").alias("text"), F.last_day(d), F.next_day(d, "Mon"), F.add_months(d, 2),
        F.datediff(F.lit("2018-03-01").cast("date"), d).alias("left"), F.months_between(F.lit("2018-03-01"), d),
        F.trunc(d, "quarter"), F.date_add(d, 40), F.unix_timestamp(d.cast("timestamp")),
        F.to_timestamp(F.concat(d.cast("string"), F.lit(" 16:00:00"))).alias("close_time"))


@program()
def time_windows(spark, folder):
    stamped = prices(spark).withColumn("t", F.to_timestamp(F.concat_ws(" ", "date", F.lit("16:00:00"))))
    return (stamped.groupBy(F.window("t", "7 days", "7 days", "4 days"), "ticker").agg(F.sum("volume").alias("v"))
            .select("window.start", "window.end", "ticker", "v"))


@program()
def quantiles(spark, folder):
    return prices(spark).groupBy("ticker").agg(
        F.percentile("close", 0.5).alias("p50"), F.median("close"), F.percentile("volume", [0.25, 0.75]).alias("q"),
        F.skewness("close").alias("sk"), F.kurtosis("close").alias("ku"), F.variance("close").alias("var"),
        F.stddev_pop("close").alias("sdp"), F.mode("ticker"), F.count_if(F.col("close") > 100).alias("n100"))


@program(ordered=True)
def describe_prices(spark, folder):
    return prices(spark).describe("close", "volume", "ticker")


@program(ordered=True)
def summary_prices(spark, folder):
    return prices(spark).select("close", "volume").summary("count", "mean", "min", "max")


@program()
def sql_query(spark, folder):
    prices(spark).createOrReplaceTempView("prices")
    sectors(spark).createOrReplaceTempView("sectors")
    return spark.sql("""
        WITH daily AS (
          SELECT ticker, date, close, volume,
                 lag(close) OVER (PARTITION BY ticker ORDER BY date) AS previous
          FROM prices WHERE close IS NOT NULL),
        best AS (SELECT ticker, max(close / previous - 1) AS best FROM daily GROUP BY ticker)
        SELECT d.ticker, s.sector, count(*) AS days, round(avg(d.close), 3) AS mean_close,
               sum(CASE WHEN d.close > d.previous THEN 1 ELSE 0 END) AS up_days, b.best
        FROM daily d JOIN best b ON d.ticker = b.ticker LEFT JOIN sectors s ON s.ticker = d.ticker
        WHERE d.volume > (SELECT avg(volume) / 2 FROM prices)
          AND EXISTS (SELECT 1 FROM prices p WHERE p.ticker = d.ticker AND p.close > 50)
        GROUP BY d.ticker, s.sector, b.best HAVING count(*) > 3 ORDER BY d.ticker""")


@program()
def sql_set_operations(spark, folder):
    return spark.sql("""
        SELECT * FROM VALUES (1, 'a'), (2, 'b'), (2, 'b'), (NULL, 'c') AS t(x, y)
        EXCEPT ALL SELECT 2, 'b'
        UNION ALL (SELECT 1, 'a' INTERSECT SELECT CAST(1 AS INT), 'a')""")


@program(ansi=False)
def legacy_arithmetic(spark, folder):
    return prices(spark).select(
        (F.col("close") / (F.col("volume") % 2)).alias("q"), F.col("ticker").cast("int").alias("n"),
        (F.col("volume").cast("int") * 1000000).alias("overflow"), (F.lit("12") + F.lit(1)).alias("s"))


@program()
def decimals(spark, folder):
    price = F.col("close").cast("decimal(12,4)")
    return (prices(spark).select("ticker", price.alias("p"), (price * F.col("volume")).alias("dollars"),
                                 (price / 3).alias("third"), F.round(price, 1).alias("r"), (price % 7).alias("m"))
            .groupBy("ticker").agg(F.sum("p"), F.avg("p"), F.max("dollars"), F.sum("third"), F.min("r"), F.max("m")))


@program()
def csv_round_trip(spark, folder):
    prices(spark).write.option("header", True).mode("overwrite").csv(folder + "/csv")
    return spark.read.option("header", True).option("inferSchema", True).csv(folder + "/csv")


@program()
def json_round_trip(spark, folder):
    (sectors(spark).withColumn("xs", F.array("founded", F.lit(1))).withColumn("s", F.struct("ticker", "founded"))
     .write.mode("overwrite").json(folder + "/json"))
    return spark.read.json(folder + "/json")


@program()
def parquet_partitions(spark, folder):
    (prices(spark).withColumn("year", F.year("date")).write.mode("overwrite").partitionBy("year", "ticker")
     .parquet(folder + "/parquet"))
    return (spark.read.parquet(folder + "/parquet").filter("year = 2018 and ticker != 'XOM'")
            .groupBy("ticker", "year").agg(F.count("*"), F.max("close")))


@program()
def json_columns(spark, folder):
    text = F.to_json(F.struct("ticker", "founded", F.array("sector").alias("a")))
    return sectors(spark).select(
        text.alias("j"), F.get_json_object(text, "$.ticker").alias("t"),
        F.from_json(text, "ticker string, founded int, a array<string>").alias("s")).select("j", "t", "s.*")


@program()
def columns_by_expressions(spark, folder):
    return (prices(spark).selectExpr("ticker as t", "close * 2 as twice", "cast(volume as string) v", "date")
            .withColumnRenamed("t", "ticker").withColumns({"a": F.expr("length(v)"), "b": F.lit(1.5)})
            .drop("v").filter("twice between 100 and 400").toDF("ticker", "twice", "date", "a", "b")
            .selectExpr("*", "a + b as c", "if(twice > 200, 'x', null) as d"))


@program()
def bollinger_and_drawdown(spark, folder):
    last20 = by_day().rowsBetween(-19, 0)
    so_far = by_day().rowsBetween(Window.unboundedPreceding, 0)
    base = prices(spark).filter("close is not null").dropDuplicates(["ticker", "date"])
    return (base.withColumn("mid", F.avg("close").over(last20)).withColumn("sd", F.stddev("close").over(last20))
            .withColumn("upper", F.col("mid") + 2 * F.col("sd")).withColumn("peak", F.max("close").over(so_far))
            .withColumn("drawdown", F.col("close") / F.col("peak") - 1)
            .groupBy("ticker").agg(F.min("drawdown").alias("worst"),
                                   F.sum((F.col("close") > F.col("upper")).cast("int")).alias("breaks")))


@program()
def deduplicate_and_limit(spark, folder):
    return prices(spark).orderBy("date", "ticker", "volume").limit(7).dropDuplicates(["ticker"]).select("ticker")


@program()
def sampled_and_repartitioned(spark, folder):
    return prices(spark).repartition(4, "ticker").sortWithinPartitions("date").groupBy("ticker").count()


@program(ordered=True)
def crosstab_counts(spark, folder):
    return prices(spark).crosstab("ticker", "date").select("ticker_date", "2017-11-01").orderBy("ticker_date")


@program(ordered=True)
def shown(spark, folder):
    return spark.createDataFrame([(prices(spark).orderBy("date", "ticker", "volume")._show_string(8, True),)], ["text"])


@program(ordered=True)
def ordered_with_nulls(spark, folder):
    return (prices(spark).select("ticker", "date", "close").distinct()
            .orderBy(F.col("close").desc_nulls_first(), "ticker", "date"))
