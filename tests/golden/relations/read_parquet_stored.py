"""What a column of Parquet can be read as, by how it is stored (ParquetVectorUpdaterFactory), and what cannot be read
at all (ParquetToSparkSchemaConverter). The files are Arrow's, without Spark's notes."""

STORED = ("i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 d9 d18 d38 text bin fixed day ms us ntz flag").split()
WANTED = ("BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(9,2)", "DECIMAL(10,0)", "DECIMAL(20,0)",
          "DECIMAL(20,4)", "STRING", "BINARY", "DATE", "TIMESTAMP", "TIMESTAMP_NTZ")


def reading(column, wanted, file):
    def case(spark, F):
        return spark.read.schema(f"{column} {wanted}").parquet("{data}/" + file)
    return case


for column in STORED + ["int96"]:
    for wanted in WANTED:
        slug = wanted.lower().replace("(", "_").replace(",", "_").replace(")", "")
        file = "stored_int96.parquet" if column == "int96" else "stored_types.parquet"
        globals()[f"case_{column}_as_{slug}"] = reading(column, wanted, file)


def file_of(name):
    def case(spark, F):
        return spark.read.parquet("{data}/" + name + ".parquet")
    return case


for name in ("stored_types", "illegal_nanos", "illegal_nanos_utc", "illegal_time_ms", "illegal_time_us", "illegal_time_ns",
             "illegal_float16", "twice_named", "with_empty_file", "text_then_number", "int_then_bigint"):
    globals()[f"case_{name}"] = file_of(name)
