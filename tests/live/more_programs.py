"""More programs for test_programs.py: SQL texts, wrong programs (their errors must be equal) and odd inputs."""
import shutil

from pyspark.sql import Window, functions as F

from programs import by_day, price_rows, prices, program, sectors

QUERIES = {
    "having_ordinals": "SELECT ticker, year(date) y, sum(volume) v FROM prices GROUP BY 1, 2 HAVING v > 10 ORDER BY 1, 2",
    "grouping_sets": """SELECT ticker, month(date) m, count(*) n, grouping(ticker) g FROM prices
        GROUP BY GROUPING SETS ((ticker, month(date)), (ticker), ())""",
    "filter_aggregates": """SELECT ticker, count(*) FILTER (WHERE close > 100) a, avg(close) FILTER (WHERE volume > 2e7) b,
        percentile_approx(volume, 0.5) p FROM prices GROUP BY ticker""",
    "correlated": """SELECT s.ticker, (SELECT max(p.close) FROM prices p WHERE p.ticker = s.ticker) AS top,
        (SELECT count(*) FROM prices p WHERE p.ticker = s.ticker) AS n FROM sectors s""",
    "not_in_nulls": "SELECT ticker FROM prices WHERE ticker NOT IN (SELECT ticker FROM sectors) GROUP BY ticker",
    "in_pairs": "SELECT DISTINCT ticker FROM prices WHERE (ticker, year(date)) IN (SELECT ticker, 2018 FROM sectors)",
    "lateral_view": "SELECT ticker, part FROM sectors LATERAL VIEW OUTER explode(split(sector, 'n')) t AS part",
    "named_window": """SELECT ticker, date, sum(volume) OVER w AS s, first(close, true) OVER w AS f,
        nth_value(close, 2) OVER w AS n FROM prices
        WINDOW w AS (PARTITION BY ticker ORDER BY date, volume, close ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING)""",
    "range_interval": """SELECT ticker, date, max(high) OVER (PARTITION BY ticker ORDER BY date
        RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW) AS week_high FROM prices""",
    "using_and_natural": "SELECT ticker, sector FROM prices JOIN sectors USING (ticker) UNION SELECT ticker, sector FROM sectors NATURAL JOIN (SELECT DISTINCT ticker FROM prices)",
    "case_and_nulls": """SELECT ticker, CASE sector WHEN 'Technology' THEN 1 END c, nvl(sector, '?') n, nullif(ticker, 'GE') f,
        coalesce(NULL, sector, 'x') o, if(founded > 1950, 'new', 'old') i, sector <=> NULL e, ifnull(sector, 1) w FROM sectors""",
    "dates": """SELECT date + INTERVAL 1 MONTH a, date - 3 b, date_sub(date, 1) c, date_diff(current_date(), current_date()) d,
        make_date(2020, 2, 29) + INTERVAL '1' YEAR e, extract(WEEK FROM date) f, date_part('dow', date) g,
        date_format(TIMESTAMP '2018-03-11 02:30:00', 'yyyy-MM-dd HH:mm z') h, to_date('03/04/2018', 'dd/MM/yyyy') i,
        unix_timestamp('2018-01-01', 'yyyy-MM-dd') j, from_unixtime(0) k, DATE '2018-01-31' - DATE '2018-01-01' l FROM prices LIMIT 1""",
    "casts_and_texts": """SELECT CAST(1.0E20 AS STRING) a, CAST(0.00001 AS STRING) b, CAST(array(1, NULL) AS STRING) c,
        CAST(map('k', 1) AS STRING) d, CAST(named_struct('x', 1, 'y', 'z') AS STRING) e, CAST(2.5 AS INT) f,
        CAST('2020-1-5' AS DATE) g, try_cast('x' AS INT) h, round(2.5) i, bround(2.5) j, 7 div 2 k, -7 % 3 l, pmod(-7, 3) m,
        1 / 3 n, 1.10 * 2.20 o, CAST(1 AS DECIMAL(10,2)) / 3 p, 'a' || 1 q, 3 = '3' r""",
    "regex_and_strings": r"""SELECT regexp_replace(ticker, '(.)(.)', '$2$1') a, ticker RLIKE '^[A-M]' b, translate(ticker, 'AM', 'xy') c,
        instr(ticker, 'P') d, locate('L', ticker) e, repeat(ticker, 2) f, reverse(ticker) g, rpad(ticker, 6, '.') h,
        substring_index('a.b.c', '.', 2) i, split('a1b2', '[0-9]') j, trim('  x ') k, concat_ws(',', ticker, NULL, 'z') l,
        regexp_extract_all('a1b22', '([0-9]+)', 1) m, format_string('%05d|%s', 42, ticker) n, ascii('A') o, soundex(ticker) p,
        levenshtein(ticker, 'AAPLE') q, base64('abc') r, hex(255) s, overlay('abcdef' PLACING 'X' FROM 3) t FROM sectors""",
    "arrays": """SELECT sequence(1, 5, 2) a, slice(array(1,2,3,4), 2, 2) b, array_position(array('x','y'), 'y') c,
        flatten(array(array(1), array(2, 3))) d, zip_with(array(1,2), array(3,4), (x, y) -> x + y) e, array_sort(array(3,1,NULL)) f,
        map_filter(map('a', 1, 'b', 2), (k, v) -> v > 1) g, element_at(array(1,2,3), -1) h, arrays_zip(array(1,2), array('a','b')) i,
        exists(array(1,2), x -> x > 1) j, forall(array(1,2), x -> x > 1) k, array_union(array(1,2), array(2,3)) l,
        map_entries(map('a', 1)) m, cardinality(array(1,2)) n, array_except(array(1,2), array(2)) o, array_repeat('x', 2) p,
        transform_values(map('a', 1), (k, v) -> v * 2) q, str_to_map('a:1,b:2') r, shuffle(array(1)) s""",
    "values_and_ctes": """WITH a(x, y) AS (VALUES (1, 'p'), (2, 'q')), b AS (SELECT x * 2 AS z FROM a)
        SELECT a.x, b.z, count(*) OVER () n FROM a CROSS JOIN b WHERE b.z BETWEEN 2 AND 3""",
    "rank_in_subquery": """SELECT * FROM (SELECT ticker, date, close, rank() OVER (PARTITION BY ticker ORDER BY close DESC NULLS LAST) r
        FROM (SELECT DISTINCT ticker, date, close FROM prices)) WHERE r <= 2""",
    "pivot_sql": "SELECT * FROM (SELECT ticker, year(date) y, volume FROM prices) PIVOT (sum(volume) AS v FOR y IN (2017, 2018 AS this))",
    "describe_table": "DESCRIBE prices",
    "show_columns": "SHOW COLUMNS IN prices",
    # Wrong ones.
    "missing_function": "SELECT no_such_function(1)",
    "wrong_argument_count": "SELECT substring('a')",
    "missing_group": "SELECT ticker, close FROM prices GROUP BY ticker",
    "type_mismatch": "SELECT array(1) + 1",
    "nested_aggregates": "SELECT sum(max(volume)) FROM prices GROUP BY ticker",
    "aggregate_in_where": "SELECT 1 FROM prices WHERE sum(volume) > 1",
    "window_in_where": "SELECT 1 FROM prices WHERE row_number() OVER (ORDER BY date) = 1",
    "ambiguous": "SELECT ticker FROM prices p JOIN sectors s ON p.ticker = s.ticker",
    "union_width": "SELECT 1, 2 UNION SELECT 1",
    "union_types": "SELECT 1 UNION SELECT DATE '2020-01-01'",
    "scalar_many": "SELECT (SELECT close FROM prices)",
    "overflow": "SELECT CAST(2147483647 AS INT) + 1",
    "bad_date": "SELECT DATE '2020-13-01'",
    "bad_timestamp": "SELECT to_timestamp('x', 'yyyy')",
    "index_out": "SELECT array(1)[5]",
    "map_key": "SELECT element_at(map('a', 1), 'b')",
    "not_boolean": "SELECT 1 FROM prices WHERE volume",
    "limit_negative": "SELECT 1 LIMIT -1",
    "missing_struct_field": "SELECT named_struct('a', 1).b",
    "string_number": "SELECT 'abc' + 1",
    "raise": "SELECT raise_error('mine')",
    "unclosed": "SELECT (1",
    "duplicate_cte": "WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a",
    "bad_pattern": "SELECT date_format(date, 'bbbb') FROM prices",
    "interval_divide": "SELECT INTERVAL 1 DAY / 0",
    "not_enough_columns": "SELECT * FROM VALUES (1, 2) AS t(a)",
    "duplicate_map_key": "SELECT map('a', 1, 'a', 2)",
    "json_schema": "SELECT from_json('{\"a\":1}', 'a')",
    "order_by_missing": "SELECT ticker FROM prices ORDER BY nope",
}


def _query(name, text):
    def build(spark, folder):
        prices(spark).createOrReplaceTempView("prices")
        sectors(spark).createOrReplaceTempView("sectors")
        return spark.sql(text)
    build.__name__ = "sql_" + name
    return program()(build)


for _name, _text in QUERIES.items():
    _query(_name, _text)


@program()
def wrong_column_type(spark, folder):
    return prices(spark).select(F.col("ticker") + F.lit(1))


@program()
def wrong_attribute_of_alias(spark, folder):
    return prices(spark).alias("p").select("q.ticker")


@program()
def wrong_union(spark, folder):
    return prices(spark).unionByName(sectors(spark))


@program()
def wrong_drop_is_silent(spark, folder):
    return sectors(spark).drop("nope").withColumnRenamed("nope", "x")


@program()
def wrong_fill_type_is_silent(spark, folder):
    return sectors(spark).fillna(1.5).fillna("?", subset=["sector"])


@program()
def wrong_window_without_order(spark, folder):
    return prices(spark).select(F.row_number().over(Window.partitionBy("ticker")))


@program()
def wrong_join_column(spark, folder):
    return prices(spark).join(sectors(spark), "nope")


@program()
def case_insensitive_names(spark, folder):
    return prices(spark).select("TICKER", F.col("Close").alias("c")).groupBy("Ticker").agg(F.max("C").alias("m"))


@program()
def names_with_dots_and_spaces(spark, folder):
    frame = spark.createDataFrame([(1, 2)], "`a.b` int, `c d` int")
    return frame.select(F.col("`a.b`") + F.col("c d"), "`a.b`").withColumn("x y", F.expr("`c d` * 2"))


@program()
def nested_fields(spark, folder):
    frame = sectors(spark).select(F.struct("ticker", F.struct("founded").alias("inner")).alias("s"))
    return frame.select("s.ticker", "s.inner.founded", F.col("s").withField("z", F.lit(1)).alias("w"),
                        F.col("s").dropFields("ticker").alias("d"), F.col("s")["inner"]["founded"].alias("g"), "s.*")


@program()
def csv_options(spark, folder):
    lines = ["a;b;c", "1;'x;y';2018-01-02", "bad;z;2018-01-03", ";;", "4;w;nope"]
    import pathlib
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    (pathlib.Path(folder) / "in.csv").write_text("\n".join(lines) + "\n")
    return (spark.read.schema("a int, b string, c date, _corrupt_record string")
            .option("header", True).option("sep", ";").option("quote", "'").csv(folder + "/in.csv"))


@program()
def csv_drop_malformed(spark, folder):
    import pathlib
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    (pathlib.Path(folder) / "in.csv").write_text("1,2\nx,3\n4,5\n")
    return spark.read.schema("a int, b int").option("mode", "DROPMALFORMED").csv(folder + "/in.csv")


@program()
def csv_fail_fast(spark, folder):
    import pathlib
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    (pathlib.Path(folder) / "in.csv").write_text("1,2\nx,3\n")
    return spark.read.schema("a int, b int").option("mode", "FAILFAST").csv(folder + "/in.csv")


@program()
def rows_between_lead(spark, folder):
    return prices(spark).dropDuplicates(["ticker", "date"]).select(
        "ticker", "date", F.lead("close", 2, -1.0).over(by_day()).alias("l"),
        F.collect_list("volume").over(by_day().rowsBetween(-1, 1)).alias("vs"),
        F.sum("volume").over(by_day()).alias("running"))


@program(ansi=False)
def legacy_cast_and_index(spark, folder):
    return spark.createDataFrame([(r[0], r[6]) for r in price_rows()[:3]], "t string, v bigint").select(
        F.col("t").cast("date"), F.expr("array(1)[3]"), F.expr("map('a', 1)['b']"), F.expr("'abc' + 1"),
        F.expr("int(9999999999)"), F.expr("v % 0"), F.expr("1 = 'x'"))


@program()
def cached_without_files(spark, folder):
    prices(spark).write.parquet(folder + "/cached")
    frame = spark.read.parquet(folder + "/cached").filter("volume > 0").cache()
    frame.count()
    shutil.rmtree(folder + "/cached")
    return frame.groupBy("ticker").agg(F.count("*").alias("n"), F.max(frame.close).alias("top"))


@program()
def cached_without_files_a_new_reader(spark, folder):
    prices(spark).write.parquet(folder + "/cached")
    spark.read.parquet(folder + "/cached").cache().count()
    shutil.rmtree(folder + "/cached")
    return spark.read.parquet(folder + "/cached").select("ticker")


@program()
def cached_and_never_used(spark, folder):
    prices(spark).write.parquet(folder + "/cached")
    frame = spark.read.parquet(folder + "/cached").cache()
    shutil.rmtree(folder + "/cached")
    return frame.select("ticker")


@program()
def cached_and_overwritten(spark, folder):
    prices(spark).write.parquet(folder + "/cached")
    frame = spark.read.parquet(folder + "/cached").cache()
    frame.count()
    sectors(spark).write.mode("overwrite").parquet(folder + "/cached")
    return frame
