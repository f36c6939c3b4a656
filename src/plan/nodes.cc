#include "plan/expression.h"
#include "plan/relation.h"

#include <cctype>

namespace ember {

ExpressionPtr MakeExpression(ExpressionNode node) {
  return std::make_shared<const Expression>(
      Expression{.node = std::move(node), .origin = std::nullopt});
}
ExpressionPtr MakeLiteral(Literal literal) { return MakeExpression(std::move(literal)); }
ExpressionPtr LiteralInteger(int32_t value) {
  return MakeLiteral({IntegerType(), {int64_t{value}}});
}
ExpressionPtr LiteralLong(int64_t value) { return MakeLiteral({LongType(), {value}}); }
ExpressionPtr LiteralDouble(double value) { return MakeLiteral({DoubleType(), {value}}); }
ExpressionPtr LiteralString(std::string value) {
  return MakeLiteral({StringType(), {std::move(value)}});
}
ExpressionPtr LiteralBoolean(bool value) { return MakeLiteral({BooleanType(), {value}}); }
ExpressionPtr LiteralNull() { return MakeLiteral({NullType(), {}}); }
ExpressionPtr Attribute(std::vector<std::string> parts) {
  return MakeExpression(UnresolvedAttribute{
      .parts = std::move(parts), .plan_id = std::nullopt, .is_metadata_column = false});
}
ExpressionPtr Call(std::string name, std::vector<ExpressionPtr> arguments) {
  UnresolvedFunction function;
  function.name = std::move(name);
  function.arguments = std::move(arguments);
  return MakeExpression(std::move(function));
}
ExpressionPtr As(ExpressionPtr child, std::string name) {
  return MakeExpression(
      Alias{.child = std::move(child), .names = {std::move(name)}, .metadata = {}});
}

void SetOption(Options& options, std::string key, std::string value) {
  for (char& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  options[std::move(key)] = std::move(value);
}

RelationPtr MakeRelation(RelationNode node, std::optional<int64_t> plan_id) {
  return std::make_shared<const Relation>(Relation{.node = std::move(node), .plan_id = plan_id});
}

}  // namespace ember
