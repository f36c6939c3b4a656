#include "spark/protocol_subset.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "spark/connect/base.pb.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace ember {
namespace {

namespace sc = spark::connect;

sc::Plan PlanOf(const std::string& text) {
  sc::Plan plan;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &plan)) << text;
  return plan;
}

TEST(ProtocolSubsetTest, OlderFormsWhereThereAreSome) {
  sc::Plan plan =
      PlanOf(R"(root { filter { input { with_columns_renamed { input { range { end: 3 } }
      renames { col_name: "id" new_col_name: "x" } } } condition { literal { boolean: true } } } })");
  ASSERT_TRUE(AdaptToSpark35(&plan).ok());
  const auto& renamed = plan.root().filter().input().with_columns_renamed();
  EXPECT_EQ(renamed.renames_size(), 0);
  EXPECT_EQ(renamed.rename_columns_map().at("id"), "x");

  // What the client of 4.0 writes into each function.
  plan = PlanOf(R"(root { project { expressions { unresolved_function { function_name: "f"
      is_internal: false } } } })");
  ASSERT_TRUE(AdaptToSpark35(&plan).ok());
  EXPECT_FALSE(plan.root().project().expressions(0).unresolved_function().has_is_internal());

  plan = PlanOf(R"(command { sql_command { input { sql { query: "SELECT 1" } } } })");
  ASSERT_TRUE(AdaptToSpark35(&plan).ok());
  EXPECT_EQ(plan.ShortDebugString(), R"(command { sql_command { sql: "SELECT 1" } })");
}

TEST(ProtocolSubsetTest, WhatSpark35WouldPassOverIsAnError) {
  for (
      const char* text :
      {R"(root { with_relations { root { sql { query: "SELECT 1" } } } })",
       R"(root { project { expressions { cast { type_str: "int" eval_mode: EVAL_MODE_TRY } } } })",
       R"(command { sql_command { input { sql { query: "?" pos_arguments { literal { integer: 1 } } } } } })",
       R"(command { write_operation { clustering_columns: "a" } })",
       R"(root { with_columns_renamed { renames { col_name: "a" new_col_name: "b" }
            renames { col_name: "a" new_col_name: "c" } } })"}) {
    sc::Plan plan = PlanOf(text);
    const Status adapted = AdaptToSpark35(&plan);
    ASSERT_FALSE(adapted.ok()) << text;
    EXPECT_EQ(adapted.error().condition, "UNSUPPORTED_FEATURE.EMBER");
    EXPECT_NE(adapted.error().message.find("Spark 3.5"), std::string::npos);
  }
}

}  // namespace
}  // namespace ember
