#include "functions/emit_random.h"

#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/row_index.h"

namespace ember {
namespace {

constexpr std::string_view kUniform = "ember_rand(";
constexpr std::string_view kNormal = "ember_randn(";

// ExpressionWithRandomSeed: the seed is a constant.
Result<DataType> ResultSeeded(std::string_view name, std::span<const ArgumentInfo> arguments) {
  if (!arguments.empty() && !arguments[0].constant) {
    return MakeError("SEED_EXPRESSION_IS_UNFOLDABLE",
                     {{"seedExpr", fmt::format("\"{}\"", arguments[0].pretty)},
                      {"exprWithSeed", fmt::format("\"{}({})\"", name, arguments[0].pretty)}});
  }
  return DoubleType();
}

// A null seed is 0.
std::string Draw(const EmitContext& context, std::string_view native) {
  const int64_t seed = ConstantInteger(context.arguments[0]).value_or(0);
  return fmt::format("{}CAST('{}' AS BIGINT), {})", native, seed, kRowIndexColumn);
}

}  // namespace

Result<std::vector<DataType>> CoerceSeed(std::span<const ArgumentInfo> arguments,
                                         const TypeContext&) {
  if (arguments.empty()) return std::vector<DataType>{};
  const DataType& type = arguments[0].type;
  const bool is_seed =
      type.Is(TypeKind::kInteger) || type.Is(TypeKind::kLong) || type.Is(TypeKind::kNull);
  if (!is_seed) return UnexpectedInputType(arguments, 0, "(\"INT\" or \"BIGINT\")");
  return std::vector<DataType>{LongType()};
}

Result<DataType> ResultRand(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return ResultSeeded("rand", arguments);
}
Result<DataType> ResultRandn(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return ResultSeeded("randn", arguments);
}

Result<std::string> EmitRand(const EmitContext& context) {
  if (context.sql.empty()) return std::string("random()");
  return Draw(context, kUniform);
}
Result<std::string> EmitRandn(const EmitContext& context) {
  if (context.sql.empty()) {
    return std::string("(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))");
  }
  return Draw(context, kNormal);
}

bool DrawsFromSeed(std::string_view sql) {
  return sql.find(kUniform) != std::string_view::npos ||
         sql.find(kNormal) != std::string_view::npos;
}

}  // namespace ember
