#include "spark/spark35_views.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "spark/connect/base.pb.h"

namespace ember {
namespace {

namespace sc = spark::connect;

TEST(Spark35ViewsTest, RelationsOfATextAreViewsWhileItIsAnalysed) {
  sc::Plan plan;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(root { limit { limit: 2 input { common { plan_id: 7 } with_relations {
        root { sql { query: "SELECT * FROM input" } }
        references { subquery_alias { alias: "input" input { with_relations {
          root { sql { query: "SELECT * FROM a" } }
          references { subquery_alias { alias: "a" input { range { end: 3 } } } } } } } } } } } })",
      &plan));
  std::vector<std::string> made;
  const Status done = UseViewsForRelations(&plan, [&](const sc::Plan& step) -> Status {
    const auto& view = step.command().create_dataframe_view();
    made.push_back(step.has_root() ? "-" + step.root().catalog().drop_temp_view().view_name()
                                   : view.name());
    return {};
  });
  ASSERT_TRUE(done.ok());
  ASSERT_EQ(made.size(), 6);
  EXPECT_EQ(made[0], "a");
  EXPECT_TRUE(made[1].starts_with("ember_sql_"));
  EXPECT_EQ(made[2], "-a");
  EXPECT_EQ(made[3], "input");
  EXPECT_EQ(made[5], "-input");
  const auto& input = plan.root().limit().input();
  EXPECT_EQ(input.read().named_table().unparsed_identifier(), made[4]);
  EXPECT_EQ(input.common().plan_id(), 7);
}

TEST(Spark35ViewsTest, AnErrorEndsIt) {
  sc::Plan plan;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(root { with_relations { root { sql { query: "SELECT * FROM a" } }
         references { subquery_alias { alias: "a" input { range { end: 3 } } } } } })",
      &plan));
  EXPECT_FALSE(UseViewsForRelations(&plan, [](const sc::Plan&) -> Status {
                 return InvalidInput("no");
               }).ok());
}

}  // namespace
}  // namespace ember
