#include <gtest/gtest.h>

#include "functions/json_path.h"
#include "functions/json_reader.h"
#include "functions/json_schema.h"

namespace ember {
namespace {

std::string Get(std::string_view json, std::string_view path) {
  auto parsed = JsonPath::Parse(path);
  auto tree = ParseJsonTree(json);
  if (!parsed || !tree) return "NULL";
  return parsed->Find(*tree).value_or("NULL");
}

std::string Read(std::string_view json, std::string_view ddl) {
  Result<DataType> type = ParseDataType(ddl);
  auto reader = JsonTypeReader::Make(JsonTypeReader::Specification(*type, {}));
  return reader->Read(json).value_or("NULL");
}

TEST(JsonPath, FindsAsSparkDoes) {
  EXPECT_EQ(Get(R"({"a":{"b":[1,2,{"c":"x"}]}})", "$.a.b[2].c"), "x");
  EXPECT_EQ(Get(R"({"a":[1,2]})", "$.a[*]"), "[1,2]");
  EXPECT_EQ(Get(R"({"a":[{"b":1},{"b":2}]})", "$.a[*].b"), "[1,2]");
  EXPECT_EQ(Get(R"({"a":[{"b":1}]})", "$.a[*].b"), "1");
  EXPECT_EQ(Get(R"({"a":1.50})", "$.a"), "1.5");
  EXPECT_EQ(Get(R"({"a b":1})", "$['a b']"), "1");
  EXPECT_EQ(Get(R"({"a":{"x": 1, "y" : [1 , 2]}})", "$.a"), R"({"x":1,"y":[1,2]})");
  EXPECT_EQ(Get(R"({"a":null})", "$.a"), "NULL");
  EXPECT_EQ(Get("foo", "$.a"), "NULL");
  EXPECT_EQ(Get(R"({"a":"x\u0041\n"})", "$.a"), "xA\n");
}

TEST(JsonTypeReader, FitsValuesToTheirTypes) {
  EXPECT_EQ(Read(R"({"a":1,"b":"x"})", "struct<a:int,b:string>"), R"({"a":1,"b":"x"})");
  EXPECT_EQ(Read(R"({"a":"x","b":2})", "struct<a:int,b:int>"), R"({"a":null,"b":2})");
  EXPECT_EQ(Read(R"({"a":1.25})", "struct<a:decimal(10,1)>"), R"({"a":"1.3"})");
  EXPECT_EQ(Read(R"({"a":{"b":1}})", "struct<a:string>"), R"({"a":"{\"b\":1}"})");
  EXPECT_EQ(Read(R"({"a":[1,"x"]})", "struct<a:array<int>>"), R"({"a":null})");
  EXPECT_EQ(Read(R"({"a":1,"a":2})", "struct<a:int>"), R"({"a":2})");
  EXPECT_EQ(Read(R"({"a":1})", "array<struct<a:int>>"), R"([{"a":1}])");
  EXPECT_EQ(Read("foo", "struct<a:int>"), R"({"a":null})");
  EXPECT_EQ(Read("", "struct<a:int>"), "NULL");
  EXPECT_EQ(Read("{'a':1} x", "struct<a:int>"), R"({"a":1})");
}

TEST(JsonSchema, IsInferred) {
  EXPECT_EQ(SqlText(*InferJsonType(R"({"b":[1.5,2],"a":1,"e":null})")),
            "STRUCT<a: BIGINT, b: ARRAY<DOUBLE>, e: STRING>");
}

}  // namespace
}  // namespace ember
