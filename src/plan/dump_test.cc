#include "plan/dump.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

RelationPtr Table(std::string name, std::optional<int64_t> plan_id = std::nullopt) {
  return MakeRelation(ReadTable{.name = {std::move(name)}}, plan_id);
}

ExpressionPtr Reference(std::string name, int64_t plan_id) {
  return MakeExpression(UnresolvedAttribute{.parts = {std::move(name)}, .plan_id = plan_id});
}

RelationPtr SelfJoin(int64_t left_id, int64_t right_id, int64_t used_id) {
  Join join;
  join.left = Table("t", left_id);
  join.right = Table("t", right_id);
  join.condition = Call("==", {Reference("a", left_id), Reference("a", used_id)});
  return MakeRelation(join, 99);
}

TEST(DumpTest, RelationsAreIndentedAndDefaultsLeftOut) {
  const auto filter = MakeRelation(
      Filter{Table("prices"), Call(">", {Attribute({"p", "close price"}), LiteralDouble(1.5)})});
  const auto project =
      MakeRelation(Project{filter, {As(Attribute({"ticker"}), "t"), LiteralString("it's\n")}});
  EXPECT_EQ(Dump(*project),
            "Project expressions=[($ticker as t), 'it\\'s\\n':string]\n"
            "  Filter condition=`>`($p.`close price`, 1.5d:double)\n"
            "    ReadTable name=['prices']\n");
}

TEST(DumpTest, SubqueriesFollowTheirNode) {
  SubqueryExpression in{
      .kind = SubqueryKind::kIn, .plan = Table("u"), .in_values = {Attribute({"a"})}};
  const auto filter = MakeRelation(Filter{Table("t"), MakeExpression(in)});
  EXPECT_EQ(Dump(*filter),
            "Filter condition=in_subquery#0([$a])\n"
            "  subquery#0:\n"
            "    ReadTable name=['u']\n"
            "  ReadTable name=['t']\n");
}

TEST(DumpTest, WindowsShowTheirFrame) {
  WindowExpression window{
      .function = Call("sum", {Attribute({"a"})}),
      .partition_by = {Attribute({"b"})},
      .order_by = {MakeExpression(SortOrder{.child = Attribute({"c"}),
                                            .direction = SortDirection::kDescending,
                                            .null_order = NullOrder::kFirst})}};
  window.frame = WindowFrame{.type = FrameType::kRow,
                             .lower = {.type = BoundType::kValue, .value = LiteralInteger(-2)},
                             .upper = {.type = BoundType::kUnboundedFollowing}};
  EXPECT_EQ(Dump(*MakeExpression(window)),
            "sum($a) over(partition=[$b] order=[$c desc nulls first] rows -2:int .. unbounded "
            "following)");
}

TEST(DumpTest, CommandsShowTheirInput) {
  WriteFiles write{
      .input = Table("t"), .format = "parquet", .path = "/out", .partition_by = {"year"}};
  write.options = {{"compression", "zstd"}};
  EXPECT_EQ(Dump(Command{write}),
            "WriteFiles format='parquet' path='/out' mode=error_if_exists partition_by=['year'] "
            "options={'compression': 'zstd'}\n  ReadTable name=['t']\n");
}

TEST(DumpTest, PlanIdsAreNumberedUnlessAskedFor) {
  EXPECT_EQ(Dump(*SelfJoin(7, 8, 8)),
            "Join type=inner condition=`==`($a@0, $a@1)\n"
            "  ReadTable name=['t'] plan_id=0\n"
            "  ReadTable name=['t'] plan_id=1\n");
  EXPECT_EQ(Dump(*SelfJoin(7, 8, 8), {.with_plan_ids = true}),
            "Join type=inner condition=`==`($a@7, $a@8) plan_id=99\n"
            "  ReadTable name=['t'] plan_id=7\n"
            "  ReadTable name=['t'] plan_id=8\n");
}

TEST(SemanticHashTest, FollowsTheMeaningOfPlanIds) {
  EXPECT_EQ(SemanticHash(*SelfJoin(7, 8, 8)), SemanticHash(*SelfJoin(1, 2, 2)));
  EXPECT_NE(SemanticHash(*SelfJoin(7, 8, 8)), SemanticHash(*SelfJoin(7, 8, 7)));
  EXPECT_EQ(SemanticHash(*Table("t", 1)), SemanticHash(*Table("t")));
  EXPECT_NE(SemanticHash(*Table("t")), SemanticHash(*Table("u")));
}

}  // namespace
}  // namespace ember
