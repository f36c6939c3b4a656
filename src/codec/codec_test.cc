#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "batch/batch.h"
#include "codec/decode.h"
#include "codec/encode.h"
#include "codec/literal_codec.h"
#include "codec/type_codec.h"
#include "plan/dump.h"
#include "spark/connect/base.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;

proto::Relation FromText(const std::string& text) {
  proto::Relation relation;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &relation)) << text;
  return relation;
}

std::string DumpOf(const Result<RelationPtr>& relation) {
  if (!relation.ok()) return relation.error().ToString();
  return Dump(**relation, {.with_plan_ids = true});
}

// Decodes, encodes, decodes again: both plans must dump alike. A plan that Connect cannot carry is
// a typed error.
void ExpectRoundTrip(const proto::Relation& relation, const std::string& name) {
  const Result<RelationPtr> once = DecodeRelation(relation);
  if (!once.ok()) {
    EXPECT_EQ(once.error().condition, "UNSUPPORTED_FEATURE.EMBER") << name << DumpOf(once);
    return;
  }
  proto::Relation encoded;
  const Status status = EncodeRelation(**once, &encoded);
  ASSERT_TRUE(status.ok()) << name << ": " << status.error().ToString();
  EXPECT_EQ(DumpOf(once), DumpOf(DecodeRelation(encoded))) << name;
}

TEST(Codec, EveryRecordedPlanRoundTrips) {
  int plans = 0;
  const std::filesystem::path folder("tests/golden/relations");
  ASSERT_TRUE(std::filesystem::exists(folder)) << "no recordings of relations";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.path().string().ends_with(".plans.json")) continue;
    std::ifstream file(entry.path());
    const auto cases = nlohmann::json::parse(file);
    for (const auto& [slug, plan] : cases.items()) {
      proto::Plan message;
      ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(plan.dump(), &message).ok()) << slug;
      if (!message.has_root()) continue;
      ExpectRoundTrip(message.root(), entry.path().filename().string() + "/" + slug);
      ++plans;
    }
  }
  std::printf("%d recorded plans\n", plans);
}

TEST(Codec, RelationsRoundTrip) {
  for (
      const char* text : {
          R"(range { end: 10 step: 2 } common { plan_id: 3 })",
          R"(read { data_source { format: "csv" paths: "/a" options { key: "header" value: "true" }
                schema: "a INT, b STRING" } })",
          R"(read { named_table { unparsed_identifier: "db.`my table`" } })",
          R"(sql { query: "SELECT :x" named_arguments { key: "x" value { literal { integer: 1 } } } })",
          R"(with_relations { root { sql { query: "SELECT * FROM t" } }
                references { subquery_alias { alias: "t" input { range { end: 1 step: 1 } } } } })",
          R"(filter { input { range { end: 3 step: 1 } common { plan_id: 1 } } condition {
                unresolved_function { function_name: ">" arguments {
                  unresolved_attribute { unparsed_identifier: "`a.b`.c" plan_id: 1 } }
                arguments { literal { long: 1 } } } } })",
          R"(project { expressions { literal { decimal { value: "1.20" precision: 5 scale: 2 } } } })",
          R"(sample { input { range { end: 3 step: 1 } } upper_bound: 0.5 seed: 7 deterministic_order: true })",
          R"(catalog { list_tables { db_name: "default" pattern: "a*" } })",
          R"(unpivot { input { range { end: 3 step: 1 } } variable_column_name: "v" value_column_name: "w"
                values { } })",
          R"(repartition_by_expression { input { range { end: 3 step: 1 } } num_partitions: 2
                partition_exprs { sort_order { child { unresolved_attribute { unparsed_identifier: "id" } }
                direction: SORT_DIRECTION_DESCENDING null_ordering: SORT_NULLS_LAST } } })",
      }) {
    ExpectRoundTrip(FromText(text), text);
  }
}

TEST(Codec, SubqueriesGetTheirRelation) {
  const auto relation = FromText(R"(with_relations {
    root { common { plan_id: 9 } project { input { range { end: 2 step: 1 } }
      expressions { subquery_expression { plan_id: 5 subquery_type: SUBQUERY_TYPE_SCALAR } } } }
    references { common { plan_id: 5 } range { end: 7 step: 1 } } })");
  const auto decoded = DecodeRelation(relation);
  ASSERT_TRUE(decoded.ok()) << decoded.error().ToString();
  const auto& project = std::get<Project>((*decoded)->node);
  const auto& subquery = std::get<SubqueryExpression>(project.expressions[0]->node);
  EXPECT_EQ(std::get<Range>(subquery.plan->node).end, 7);
  ExpectRoundTrip(relation, "subquery");
}

RelationPtr SqlOver(const std::string& text, std::vector<CommonTable> tables) {
  WithTables with;
  with.tables = std::move(tables);
  with.input =
      MakeRelation(SqlQuery{.text = text, .named_arguments = {}, .positional_arguments = {}});
  return MakeRelation(std::move(with));
}

TEST(Codec, SqlTextInsideTheRelationsOfASqlTextHasViewsOfItsOwn) {
  const RelationPtr range = MakeRelation(Range{.start = 0, .end = 3, .step = 1});
  const RelationPtr inner = SqlOver("SELECT * FROM input", {{"input", {}, range}});
  proto::Relation encoded;
  ASSERT_TRUE(EncodeRelation(*inner, &encoded).ok());
  EXPECT_EQ(encoded.with_relations().root().sql().query(), "SELECT * FROM input");
  EXPECT_EQ(encoded.with_relations().references(0).subquery_alias().alias(), "input");

  const RelationPtr outer =
      SqlOver("SELECT * FROM input, `in`;\n", {{"input", {}, range}, {"in", {}, inner}});
  encoded.Clear();
  ASSERT_TRUE(EncodeRelation(*outer, &encoded).ok());
  const auto& with = encoded.with_relations();
  EXPECT_EQ(with.root().sql().query(),
            "WITH `input` AS (SELECT * FROM ember_scope_2_0), `in` AS (SELECT * FROM "
            "ember_scope_2_1) SELECT * FROM (\nSELECT * FROM input, `in`\n)");
  EXPECT_EQ(with.references(0).subquery_alias().alias(), "ember_scope_2_0");
  const auto& nested = with.references(1).subquery_alias();
  EXPECT_EQ(nested.alias(), "ember_scope_2_1");
  EXPECT_EQ(nested.input().with_relations().references(0).subquery_alias().alias(), "input");
}

TEST(Codec, OptionKeysAreLowerCase) {
  const auto decoded = DecodeRelation(FromText(
      R"(read { data_source { format: "csv" options { key: "inferSchema" value: "True" } } })"));
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(std::get<ReadFiles>((*decoded)->node).options, Options({{"inferschema", "True"}}));
}

TEST(Codec, UnsupportedRelationsNameThemselves) {
  const auto decoded = DecodeRelation(FromText(
      R"(filter { input { with_watermark { event_time: "t" } } condition { literal { boolean: true } } })"));
  ASSERT_FALSE(decoded.ok());
  EXPECT_EQ(decoded.error().condition, "UNSUPPORTED_FEATURE.EMBER");
  EXPECT_EQ(decoded.error().parameters.at("feature"), "DataFrame.withWatermark");
  EXPECT_FALSE(DecodeRelation(proto::Relation()).ok());
}

Literal DecimalOf(const std::string& text, int precision, int scale) {
  proto::Expression::Literal literal;
  literal.mutable_decimal()->set_value(text);
  literal.mutable_decimal()->set_precision(precision);
  literal.mutable_decimal()->set_scale(scale);
  const auto decoded = DecodeLiteral(literal);
  EXPECT_TRUE(decoded.ok()) << text;
  return decoded.ok() ? *decoded : Literal{};
}

TEST(Codec, DecimalLiteralsGetTheWiderType) {
  EXPECT_EQ(DecimalOf("1.25", 10, 0), (Literal{DecimalType(10, 2), {DecimalValue{125}}}));
  EXPECT_EQ(DecimalOf("-1.2", 5, 3), (Literal{DecimalType(5, 3), {DecimalValue{-1200}}}));
  EXPECT_EQ(DecimalOf("1E+2", 10, 0), (Literal{DecimalType(10, 0), {DecimalValue{100}}}));
  EXPECT_EQ(DecimalOf("1e-3", 1, 0), (Literal{DecimalType(3, 3), {DecimalValue{1}}}));
  proto::Expression::Literal literal;
  literal.mutable_decimal()->set_value("1" + std::string(40, '0'));
  EXPECT_EQ(DecodeLiteral(literal).error().condition, "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION");
  literal.mutable_decimal()->set_value("1.2.3");
  EXPECT_FALSE(DecodeLiteral(literal).ok());
}

TEST(Codec, LiteralsRoundTrip) {
  const DataType point = StructType({{"x", IntegerType()}, {"y", ArrayType(StringType(), true)}});
  const std::vector<Literal> literals = {
      {NullType(), {}},
      {DateType(), {int64_t{-5}}},
      {TimestampType(), {int64_t{1'700'000'000'000'000}}},
      {FloatType(), {1.5}},
      {BinaryType(), {std::string("\0\xff", 2)}},
      {DayTimeIntervalType(), {int64_t{5}}},
      {CalendarIntervalType(), {CalendarIntervalValue{1, 2, 3}}},
      {ArrayType(LongType(), true), {std::vector<Value>{{int64_t{1}}, {}}}},
      {MapType(StringType(), DoubleType(), true), {std::vector<Value>{{std::string("a")}, {2.0}}}},
      {point, {std::vector<Value>{{int64_t{1}}, {std::vector<Value>{{std::string("b")}}}}}},
  };
  for (const Literal& literal : literals) {
    proto::Expression::Literal encoded;
    ASSERT_TRUE(EncodeLiteral(literal, &encoded).ok());
    const auto decoded = DecodeLiteral(encoded);
    ASSERT_TRUE(decoded.ok()) << decoded.error().ToString();
    EXPECT_EQ(*decoded, literal) << encoded.ShortDebugString();
  }
}

TEST(Codec, TypesRoundTrip) {
  const DataType type =
      StructType({{"a", DecimalType(10, 2), false},
                  {"b", MapType(StringType(), ArrayType(TimestampNtzType(), false), true)},
                  {"c", DayTimeIntervalType(IntervalField::kHour, IntervalField::kSecond)},
                  {"d", VarcharType(5), true, R"({"comment":"x"})"}});
  proto::DataType encoded;
  EncodeType(type, &encoded);
  const auto decoded = DecodeType(encoded);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(*decoded, type);
}

TEST(Codec, ChunksOfALocalRelationBecomeOneStream) {
  const auto schema = std::make_shared<const Schema>(Schema{{"a", LongType()}});
  std::map<std::string, std::shared_ptr<const std::string>> artifacts;
  for (int64_t i = 0; i < 2; ++i) {
    const auto batch = BatchFromRows(schema, {{{i}}, {{i + 10}}});
    ASSERT_TRUE(batch.ok());
    artifacts[std::to_string(i)] =
        std::make_shared<const std::string>(*WriteIpcStream(*batch, "UTC"));
  }
  const DecodeContext context{.cached_artifact =
                                  [&](const std::string& hash) {
                                    return artifacts.contains(hash) ? artifacts[hash] : nullptr;
                                  },
                              .checkpoint = {}};
  proto::Relation relation;
  relation.mutable_chunked_cached_local_relation()->add_datahashes("0");
  relation.mutable_chunked_cached_local_relation()->add_datahashes("1");
  const auto decoded = DecodeRelation(relation, context);
  ASSERT_TRUE(decoded.ok()) << decoded.error().ToString();
  const auto batches = ReadIpcStream(*std::get<LocalRelation>((*decoded)->node).arrow_ipc);
  ASSERT_TRUE(batches.ok()) << batches.error().ToString();
  ASSERT_EQ(batches->size(), 2u);
  EXPECT_EQ((*batches)[1].Get(1, 0), (Value{int64_t{11}}));
  relation.mutable_chunked_cached_local_relation()->add_datahashes("2");
  EXPECT_FALSE(DecodeRelation(relation, context).ok());
}

TEST(Codec, CommandsRoundTrip) {
  proto::Command command;
  auto* write = command.mutable_write_operation();
  write->mutable_input()->mutable_range()->set_end(3);
  write->set_source("parquet");
  write->set_path("/out");
  write->set_mode(proto::WriteOperation::SAVE_MODE_OVERWRITE);
  write->add_partitioning_columns("year");
  const auto decoded = DecodeCommand(command);
  ASSERT_TRUE(decoded.ok()) << decoded.error().ToString();
  proto::Command encoded;
  ASSERT_TRUE(EncodeCommand(std::get<Command>(*decoded), &encoded).ok());
  const auto again = DecodeCommand(encoded);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(Dump(std::get<Command>(*decoded)), Dump(std::get<Command>(*again)));
}

TEST(Codec, SqlCommandsKeepTheQueryAndThePlan) {
  proto::Command command;
  auto* with = command.mutable_sql_command()->mutable_input()->mutable_with_relations();
  with->mutable_root()->mutable_sql()->set_query("SELECT * FROM t");
  with->add_references()->mutable_subquery_alias()->set_alias("t");
  with->mutable_references(0)->mutable_subquery_alias()->mutable_input()->mutable_range();
  const auto decoded = DecodeCommand(command);
  ASSERT_TRUE(decoded.ok()) << decoded.error().ToString();
  const auto& statement = std::get<SqlStatement>(*decoded);
  EXPECT_EQ(statement.query.text, "SELECT * FROM t");
  EXPECT_EQ(std::get<WithTables>(statement.plan->node).tables[0].name, "t");
}

}  // namespace
}  // namespace ember
