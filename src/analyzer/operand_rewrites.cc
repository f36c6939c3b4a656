#include "analyzer/operand_rewrites.h"

#include <array>
#include <limits>
#include <string>

#include "analyzer/analysis.h"

namespace ember {
namespace {

using enum TypeKind;

// Where the whole bound of a decimal lies, with the decimal on the right and on the left.
struct BoundRounding {
  std::string_view comparison;
  bool right_is_ceiling;
  bool left_is_ceiling;
};
constexpr auto kRoundings = std::to_array<BoundRounding>({
    {"<", true, false},
    {"<=", false, true},
    {">", false, true},
    {">=", true, false},
});

std::optional<int64_t> WholeBound(const Literal& literal, bool is_ceiling) {
  const auto* decimal = std::get_if<DecimalValue>(&literal.value.data);
  if (decimal == nullptr || !literal.type.Is(kDecimal)) return std::nullopt;
  Int128 unit = 1;
  for (int i = 0; i < literal.type.scale; ++i) unit *= 10;
  Int128 whole = decimal->unscaled / unit;
  const Int128 rest = decimal->unscaled % unit;
  if (is_ceiling && rest > 0) ++whole;
  if (!is_ceiling && rest < 0) --whole;
  constexpr Int128 kLimit = std::numeric_limits<int64_t>::max();
  if (whole > kLimit || whole < -kLimit) return std::nullopt;
  return static_cast<int64_t>(whole);
}

// DecimalPrecision.integralAndDecimalLiteral.
void RoundBound(ResolvedCall& call, const BoundRounding& rounding) {
  for (size_t i : {size_t{0}, size_t{1}}) {
    if (!call.arguments[1 - i]->type.IsIntegral()) continue;
    const auto* literal = std::get_if<Literal>(&call.arguments[i]->node);
    if (literal == nullptr) continue;
    const auto bound =
        WholeBound(*literal, i == 1 ? rounding.right_is_ceiling : rounding.left_is_ceiling);
    if (!bound) continue;
    call.arguments[i] =
        MakeResolved(Literal{LongType(), {*bound}}, LongType(), false, std::to_string(*bound));
  }
}

// The operands without a type that Spark replaces by a literal, not by a cast: those of expressions
// that only expect their types (TypeCoercion.ImplicitTypeCasts), and one beside a string.
bool ShowsNull(const ResolvedCall& call, size_t index) {
  const std::string_view name = call.function->name;
  for (std::string_view other : {"date_add", "date_sub", "timestamp - timestamp"}) {
    if (name == other) return true;
  }
  const DataType& beside = call.arguments[1 - index]->type;
  for (std::string_view other : {"+", "-", "*", "%", "div", "pmod", "&", "|", "^"}) {
    if (name == other) return beside.Is(kNull);
  }
  for (std::string_view other : {"==", "<=>", "!=", "<", "<=", ">", ">="}) {
    if (name == other) return beside.IsStringLike();
  }
  return false;
}

}  // namespace

void RewriteOperands(ResolvedCall& call) {
  if (call.arguments.size() != 2) return;
  for (const BoundRounding& rounding : kRoundings) {
    if (call.function->name == rounding.comparison) RoundBound(call, rounding);
  }
  std::array<bool, 2> shows_null = {};
  for (size_t i : {size_t{0}, size_t{1}}) {
    shows_null[i] = call.arguments[i]->type.Is(kNull) && ShowsNull(call, i);
  }
  for (size_t i : {size_t{0}, size_t{1}}) {
    if (shows_null[i]) {
      call.arguments[i] = MakeResolved(Literal{NullType(), {}}, NullType(), true, "NULL");
    }
  }
}

std::optional<Result<ResolvedExpressionPtr>> BooleanEquality(Analysis& analysis,
                                                             const ResolvedCall& call) {
  const std::string_view name = call.function->name;
  if (call.arguments.size() != 2 || (name != "==" && name != "!=" && name != "<=>")) {
    return std::nullopt;
  }
  for (size_t i : {size_t{0}, size_t{1}}) {
    const ResolvedExpressionPtr& flag = call.arguments[i];
    const auto* literal = std::get_if<Literal>(&call.arguments[1 - i]->node);
    if (!flag->type.Is(kBoolean) || literal == nullptr || !literal->type.IsIntegral()) continue;
    const auto* number = std::get_if<int64_t>(&literal->value.data);
    if (number == nullptr || (*number != 0 && *number != 1)) continue;
    const auto decided = [&]() -> Result<ResolvedExpressionPtr> {
      ResolvedExpressionPtr value = flag;
      if (*number == 0) {
        ASSIGN_OR_RETURN(value, analysis.MakeCall("not", {flag}));
      }
      if (name == "==") return value;
      if (name == "!=") return analysis.MakeCall("not", {value});
      ASSIGN_OR_RETURN(auto is_known, analysis.MakeCall("isnotnull", {flag}));
      return analysis.MakeCall("and", {is_known, value});
    };
    return decided();
  }
  return std::nullopt;
}

}  // namespace ember
