"""Joins through the DataFrame API: by name, by condition, self-joins by plan id."""


def left(spark):
    return spark.createDataFrame([(1, "a"), (2, "b"), (2, "bb"), (None, "n")], "id INT, lv STRING")


def right(spark):
    return spark.createDataFrame([(2, "x"), (2, "xx"), (3, "y"), (None, "m")], "id INT, rv STRING")


def case_inner_using(spark, F):
    return left(spark).join(right(spark), "id")


def case_inner_using_list(spark, F):
    return left(spark).join(right(spark), ["id"])


def case_left_using(spark, F):
    return left(spark).join(right(spark), "id", "left")


def case_right_using(spark, F):
    return left(spark).join(right(spark), "id", "right")


def case_outer_using(spark, F):
    return left(spark).join(right(spark), "id", "outer")


def case_full_using(spark, F):
    return left(spark).join(right(spark), ["id"], "full")


def case_semi_using(spark, F):
    return left(spark).join(right(spark), "id", "left_semi")


def case_anti_using(spark, F):
    return left(spark).join(right(spark), "id", "leftanti")


def case_using_case_insensitive(spark, F):
    return left(spark).join(right(spark), "ID")


def case_inner_condition(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id == b.id)


def case_left_condition(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id == b.id, "left_outer")


def case_right_condition(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id == b.id, "right_outer")


def case_full_condition(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id == b.id, "full_outer")


def case_semi_condition(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id == b.id, "semi")


def case_anti_condition(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id == b.id, "anti")


def case_condition_list(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, [a.id == b.id, b.rv != "x"])


def case_condition_inequality(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id < b.id)


def case_condition_null_safe(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id.eqNullSafe(b.id))


def case_cross_join(spark, F):
    return left(spark).crossJoin(right(spark))


def case_join_without_condition(spark, F):
    return left(spark).join(right(spark))


def case_join_how_cross(spark, F):
    return left(spark).join(right(spark), how="cross")


def case_select_both_sides(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id == b.id).select(a.id, b.id, a.lv, b.rv)


def case_self_join_by_plan_id(spark, F):
    a = left(spark)
    b = a.filter(a.id == 2)
    return a.join(b, a.id == b.id).select(a.lv, b.lv)


def case_self_join_same_dataframe(spark, F):
    a = left(spark)
    return a.join(a, "id")


def case_self_join_trivial_condition(spark, F):
    a = left(spark)
    return a.join(a, a.id == a.id)


def case_self_join_aliases(spark, F):
    a = left(spark)
    x, y = a.alias("x"), a.alias("y")
    return x.join(y, F.col("x.id") == F.col("y.id"), "left").select("x.lv", "y.*")


def case_self_join_aggregate(spark, F):
    a = left(spark)
    m = a.groupBy("id").agg(F.max("lv").alias("m"))
    return a.join(m, a.id == m.id).select(a.id, a.lv, m.m)


def case_join_then_filter_by_plan_id(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id == b.id, "left").filter(b.rv.isNull()).select(a.lv)


def case_three_tables(spark, F):
    a, b = left(spark), right(spark)
    c = spark.createDataFrame([(2, True)], "id INT, flag BOOLEAN")
    return a.join(b, "id").join(c, "id")


def case_broadcast(spark, F):
    return left(spark).join(F.broadcast(right(spark)), "id")


def case_broadcast_left(spark, F):
    a, b = left(spark), right(spark)
    return F.broadcast(b).join(a, a.id == b.id, "right").select(a.id, b.rv)


def case_ambiguous_select(spark, F):
    a, b = left(spark), right(spark)
    return a.join(b, a.id == b.id).select("id")


def case_using_missing(spark, F):
    return left(spark).join(right(spark), "nope")


def case_using_missing_on_right(spark, F):
    return left(spark).join(right(spark), "lv")


def case_self_join_derived_column(spark, F):
    a = left(spark)
    b = a.select((a.id + 1).alias("next"), "lv")
    return a.join(b, a.id == b.next)


def case_self_join_two_reads(spark, F):
    a, b = left(spark), left(spark)
    return a.join(b, a.id == b.id).select(a.id, a.lv, b.lv)


def case_self_join_drop_side(spark, F):
    a, b = left(spark), left(spark)
    return a.join(b, a.id == b.id).drop(b.id).drop(a.lv)


def case_lateral_join(spark, F):
    a, b = left(spark), right(spark)
    return a.lateralJoin(b.where(F.col("id") == F.col("id").outer()).select("rv"))


def case_exists_subquery(spark, F):
    a, b = left(spark).alias("a"), right(spark).alias("b")
    return a.where(b.where(F.col("b.id") == F.col("a.id").outer()).exists())


def case_scalar_subquery(spark, F):
    b = right(spark)
    return left(spark).select("id", b.select(F.max("rv")).scalar().alias("m"))


def doubled(spark, F):
    return spark.range(3).withColumn("vol", F.col("id") * 2)


def case_frame_beside_its_alias(spark, F):
    d = doubled(spark, F)
    return d.join(d.alias("y"), d.vol >= 1)


def case_alias_beside_its_frame(spark, F):
    d = doubled(spark, F)
    return d.alias("y").join(d, d.vol >= 1)


def case_filter_beside_an_alias(spark, F):
    d = doubled(spark, F)
    return d.filter("id > 0").join(d.alias("y"), d.id == d.vol)


def case_frame_beside_its_hint(spark, F):
    d = doubled(spark, F)
    return d.join(d.hint("broadcast"), d.vol >= 1)


def case_frame_below_a_union(spark, F):
    d = doubled(spark, F)
    return d.union(spark.range(2).withColumn("vol", F.lit(5).cast("long"))).select(d.vol)


def case_frame_below_a_union_and_a_filter(spark, F):
    d = doubled(spark, F)
    return d.union(d).distinct().filter(d.vol > 1)


def case_frame_below_an_intersection(spark, F):
    d = doubled(spark, F)
    return d.intersect(doubled(spark, F)).select(d.vol)


def case_union_itself(spark, F):
    d = doubled(spark, F)
    both = d.union(d)
    return both.select(both.id, both.vol).filter(both.id > 0)
