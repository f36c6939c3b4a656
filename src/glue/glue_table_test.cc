#include "glue/glue_table.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "aws/aws_json.h"
#include "glue/glue_projection.h"
#include "glue/glue_types.h"

namespace ember {
namespace {

// What a real Spark told its Hive metastore (tools/glue/record_tables.py).
AwsJson Recorded() {
  std::ifstream file("tests/glue/spark_tables.json");
  return AwsJson::parse(file);
}

// The table of "(a INT, b DATE) USING parquet PARTITIONED BY (b)".
GlueTable TableOf(const std::string& name, const AwsJson& recorded) {
  const std::string ddl = AwsText(recorded, "ddl");
  GlueTable table;
  table.database = "stocks";
  table.name = name;
  table.comment = AwsText(recorded, "comment");
  table.location = "file:/folder/x/" + name;
  table.format = AwsText(AwsStructure(recorded, "parameters"), "spark.sql.sources.provider");
  Schema schema = ParseDdlSchema(ddl.substr(1, ddl.find(") USING ") - 1)).value();
  for (const AwsJson& by : AwsList(recorded, "partition_columns")) {
    const auto name_of_column = by.get<std::string>();
    const auto at = std::find_if(schema.begin(), schema.end(),
                                 [&](const auto& field) { return field.name == name_of_column; });
    table.partition_columns.push_back(*at);
    schema.erase(at);
  }
  table.columns = std::move(schema);
  for (const auto& [key, value] : AwsStructure(recorded, "serde_parameters").items()) {
    if (key == "header" || key == "sep") table.options[key] = value;
  }
  return table;
}

// Columns of the recording, those of the partitions at the end, as Glue has them.
AwsJson ColumnsOf(const AwsJson& input) {
  AwsJson columns = AwsJson::array();
  for (const AwsJson* part : {&AwsList(AwsStructure(input, "StorageDescriptor"), "Columns"),
                              &AwsList(input, "PartitionKeys")}) {
    for (const AwsJson& column : *part) {
      columns.push_back({AwsText(column, "Name"), AwsText(column, "Type"),
                         column.contains("Comment") ? column["Comment"] : AwsJson()});
    }
  }
  return columns;
}

TEST(GlueTables, SayWhatSparkSays) {
  const AwsJson recorded = Recorded();
  int compared = 0;
  for (const auto& [name, spark] : AwsStructure(recorded, "tables").items()) {
    const std::string ddl = AwsText(spark, "ddl");
    // Spark keeps its properties alone where Hive has no such type; its char is text with a note.
    const bool is_sparks_own = ddl.find("interval") != ddl.npos || ddl.find("char(") != ddl.npos;
    if (is_sparks_own) continue;
    SCOPED_TRACE(name + " " + ddl);
    const GlueTable table = TableOf(name, spark);
    Result<AwsJson> made = GlueTableInput(table);
    ASSERT_TRUE(made.ok()) << made.error().ToString();
    const AwsJson& input = *made;
    const AwsJson& parameters = AwsStructure(input, "Parameters");
    for (const auto& [key, value] : AwsStructure(spark, "parameters").items()) {
      if (key == "team") continue;
      EXPECT_EQ(AwsText(parameters, key), value.get<std::string>()) << key;
    }
    for (const auto& [key, value] : parameters.items()) {
      const bool is_known = spark["parameters"].contains(key) || key == "EXTERNAL" ||
                            key == "classification" || key == "skip.header.line.count";
      EXPECT_TRUE(is_known) << key;
    }
    ++compared;
    const AwsJson& storage = AwsStructure(input, "StorageDescriptor");
    const AwsJson& serde = AwsStructure(storage, "SerdeInfo");
    // For csv, json and timestamp_ntz Spark writes what only Spark reads.
    const bool is_hives = table.format == "parquet" && ddl.find("_ntz") == ddl.npos;
    for (const auto& [key, value] : AwsStructure(spark, "serde_parameters").items()) {
      if (is_hives || key != "serialization.format") {
        EXPECT_EQ(AwsText(AwsStructure(serde, "Parameters"), key), value.get<std::string>()) << key;
      }
    }
    if (!is_hives) continue;
    EXPECT_EQ(ColumnsOf(input), AwsList(spark, "columns"));
    EXPECT_EQ(storage["Location"], spark["location"]);
    EXPECT_EQ(storage["InputFormat"], spark["input_format"]);
    EXPECT_EQ(storage["OutputFormat"], spark["output_format"]);
    EXPECT_EQ(serde["SerializationLibrary"], spark["serde"]);
    EXPECT_EQ(serde["Parameters"].size(), spark["serde_parameters"].size());
  }
  EXPECT_EQ(compared, 22);
}

TEST(GlueTables, DescribePartitionsAsSparkDoes) {
  const AwsJson recorded = Recorded();
  const GlueTable table = TableOf("by_day", recorded["tables"]["by_day"]);
  for (const AwsJson& spark : AwsList(recorded, "partitions")) {
    const AwsJson& values = AwsStructure(spark, "values");
    const GluePartition partition = {.values = {AwsText(values, "day"), AwsText(values, "year")},
                                     .location = AwsText(spark, "location")};
    const AwsJson input = GluePartitionInput(table, partition).value();
    const AwsJson& storage = AwsStructure(input, "StorageDescriptor");
    EXPECT_EQ(AwsText(storage, "Location"), AwsText(spark, "location"));
    EXPECT_EQ(AwsText(storage, "InputFormat"), AwsText(spark, "input_format"));
    EXPECT_EQ(AwsText(storage["SerdeInfo"], "SerializationLibrary"), AwsText(spark, "serde"));
    EXPECT_EQ(AwsText(storage["SerdeInfo"]["Parameters"], "path"),
              AwsText(spark["serde_parameters"], "path"));
  }
}

// A recorded table as GetTable would give it.
AwsJson AsGlue(const std::string& name, const AwsJson& spark) {
  AwsJson columns = AwsJson::array();
  AwsJson keys = AwsJson::array();
  for (const AwsJson& column : AwsList(spark, "columns")) {
    const AwsJson& by = AwsList(spark, "partition_columns");
    const bool is_key = std::find(by.begin(), by.end(), column[0]) != by.end();
    (is_key ? keys : columns).push_back({{"Name", column[0]}, {"Type", column[1]}});
  }
  return {
      {"Name", name},
      {"DatabaseName", "stocks"},
      {"TableType", "EXTERNAL_TABLE"},
      {"PartitionKeys", keys},
      {"Parameters", spark["parameters"]},
      {"StorageDescriptor",
       {{"Columns", columns},
        {"Location", spark["location"]},
        {"SerdeInfo",
         {{"SerializationLibrary", spark["serde"]}, {"Parameters", spark["serde_parameters"]}}}}}};
}

TEST(GlueTables, AreReadAsSparkWroteThem) {
  const AwsJson recorded = Recorded();
  for (const auto& [name, spark] : AwsStructure(recorded, "tables").items()) {
    SCOPED_TRACE(name);
    const GlueTable table = ParseGlueTable(AsGlue(name, spark));
    EXPECT_EQ(table.unreadable, "");
    EXPECT_EQ(table.location, "file:/folder/x/" + name);
    EXPECT_EQ(table.format, AwsText(spark["parameters"], "spark.sql.sources.provider"));
    EXPECT_EQ(table.partition_columns.size(), AwsList(spark, "partition_columns").size());
  }
  const AwsJson& tables = recorded["tables"];
  EXPECT_EQ(ParseGlueTable(AsGlue("plain", tables["plain"])).columns.at(2).name, "Volume");
  EXPECT_EQ(ParseGlueTable(AsGlue("wide", tables["wide"])).columns.size(), 60u);
  const GlueTable csv = ParseGlueTable(AsGlue("as_csv", tables["as_csv"]));
  EXPECT_EQ(csv.options, (std::map<std::string, std::string>{{"header", "true"}, {"sep", ";"}}));
  EXPECT_EQ(csv.columns.at(1).name, "close");
  EXPECT_EQ(ParseGlueTable(AsGlue("by_day", tables["by_day"])).partitioning,
            GluePartitioning::kExplicit);
}

TEST(GlueTables, OfOthersAreReadByTheirColumnsOrSayWhyNot) {
  AwsJson json = {{"Name", "t"},
                  {"StorageDescriptor",
                   {{"Columns", AwsJson::array({{{"Name", "a"}, {"Type", "bigint"}}})},
                    {"Location", "s3://b/t/"},
                    {"SerdeInfo",
                     {{"SerializationLibrary",
                       "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"}}}}}};
  const GlueTable parquet = ParseGlueTable(json);
  EXPECT_EQ(parquet.unreadable, "");
  EXPECT_EQ(parquet.format, "parquet");
  EXPECT_EQ(parquet.location, "s3://b/t");
  EXPECT_TRUE(parquet.columns.at(0).type.Is(TypeKind::kLong));
  AwsJson iceberg = json;
  iceberg["Parameters"] = {{"table_type", "ICEBERG"}};
  EXPECT_EQ(ParseGlueTable(iceberg).unreadable, "a table of Glue of the kind ICEBERG");
  AwsJson view = json;
  view["TableType"] = "VIRTUAL_VIEW";
  EXPECT_EQ(ParseGlueTable(view).unreadable, "a view of Glue");
  AwsJson csv = json;
  csv["StorageDescriptor"]["SerdeInfo"]["SerializationLibrary"] = "org.x.OpenCSVSerde";
  EXPECT_EQ(ParseGlueTable(csv).unreadable, "a table of Glue of the format 'org.x.OpenCSVSerde'");
  AwsJson strange = json;
  strange["StorageDescriptor"]["Columns"][0]["Type"] = "uniontype<int,string>";
  EXPECT_NE(ParseGlueTable(strange).unreadable, "");
}

TEST(GlueTypes, RefuseWhatHiveHasNoTypeFor) {
  EXPECT_FALSE(GlueTypeText(DayTimeIntervalType()).ok());
  EXPECT_FALSE(GlueTypeText(ArrayType(NullType(), true)).ok());
  EXPECT_EQ(*GlueTypeText(CharType(3)), "char(3)");
  EXPECT_TRUE(ParseGlueType("struct<a:int,b:decimal(10,2)>").ok());
}

TEST(GlueNames, AreLowerCase) {
  EXPECT_TRUE(CheckGlueName("daily_bars_2").ok());
  for (const char* name : {"", "Prices", "a-b", "a b"}) EXPECT_FALSE(CheckGlueName(name).ok());
}

TEST(GlueProjections, AreAthenasProperties) {
  const Schema by = {{"day", DateType(), true, ""},
                     {"Year", IntegerType(), true, ""},
                     {"ticker", StringType(), true, ""},
                     {"market", StringType(), true, ""}};
  auto made = GlueProjection(by, {{"year", {{"1990..2040"}, false}},
                                  {"market", {{"XNYS", "XNAS"}, true}},
                                  {"day", {{"2000-01-01..NOW+1DAYS"}, false}}});
  ASSERT_TRUE(made.ok()) << made.error().ToString();
  EXPECT_EQ(*made,
            (std::map<std::string, std::string>{{"projection.enabled", "true"},
                                                {"projection.day.type", "date"},
                                                {"projection.day.range", "2000-01-01,NOW+1DAYS"},
                                                {"projection.day.format", "yyyy-MM-dd"},
                                                {"projection.day.interval", "1"},
                                                {"projection.day.interval.unit", "DAYS"},
                                                {"projection.year.type", "integer"},
                                                {"projection.year.range", "1990,2040"},
                                                {"projection.ticker.type", "injected"},
                                                {"projection.market.type", "enum"},
                                                {"projection.market.values", "XNYS,XNAS"}}));
}

TEST(GlueProjections, SayWhatIsWrong) {
  const Schema by = {{"year", IntegerType(), true, ""}, {"ticker", StringType(), true, ""}};
  using Said = std::map<std::string, GlueProjectedColumn>;
  for (const Said& said :
       {Said{}, Said{{"year", {{"1990"}, false}}}, Said{{"year", {{"a..b"}, false}}},
        Said{{"year", {{"1..2"}, false}}, {"ticker", {{"1..2"}, false}}},
        Said{{"year", {{"1..2"}, false}}, {"other", {{"injected"}, false}}},
        Said{{"year", {{"1..2"}, false}}, {"ticker", {{"a,b"}, true}}}}) {
    EXPECT_FALSE(GlueProjection(by, said).ok());
  }
  EXPECT_FALSE(GlueProjection({}, {}).ok());
}

}  // namespace
}  // namespace ember
