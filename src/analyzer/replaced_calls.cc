#include "analyzer/replaced_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/pretty_names.h"

namespace ember {
namespace {

using Arguments = std::vector<ResolvedExpressionPtr>;
using Out = Result<ResolvedExpressionPtr>;

ResolvedExpressionPtr Zero() { return ResolvedLiteral({IntegerType(), {int64_t{0}}}); }
ResolvedExpressionPtr Null() { return ResolvedLiteral({NullType(), {}}); }

// The first operand inside of With: a reference to the common expression.
ResolvedExpressionPtr Common(const ResolvedExpressionPtr& expression) {
  return WithText(expression, "commonexpressionref()");
}

template <const char* name>
Out Renamed(Analysis& analysis, const Arguments& arguments) {
  return analysis.MakeCall(name, arguments);
}

Out BuildIf(Analysis& analysis, Out condition, ResolvedExpressionPtr then,
            ResolvedExpressionPtr otherwise) {
  if (!condition.ok()) return condition;
  return analysis.MakeCall("if", {*std::move(condition), std::move(then), std::move(otherwise)});
}

Out BuildAssertTrue(Analysis& analysis, const Arguments& arguments) {
  const ResolvedExpressionPtr message =
      arguments.size() > 1
          ? arguments[1]
          : ResolvedLiteral(
                {StringType(), {fmt::format("'{}' is not true!", TreeText(*arguments[0]))}});
  ASSIGN_OR_RETURN(auto raise, analysis.MakeCall("raise_error", {message}));
  return analysis.MakeCall("if", {arguments[0], Null(), std::move(raise)});
}

// value >= low AND value <= high, each compared for itself.
Out BuildBetween(Analysis& analysis, const Arguments& arguments) {
  const auto& value = arguments[0];
  ASSIGN_OR_RETURN(auto low, analysis.MakeCall(">=", {Common(value), arguments[1]}));
  ASSIGN_OR_RETURN(auto high, analysis.MakeCall("<=", {Common(value), arguments[2]}));
  const auto& above = std::get<ResolvedCall>(low->node).arguments;
  const auto& below = std::get<ResolvedCall>(high->node).arguments;
  if (!SameType(above[0]->type, below[0]->type)) {
    return analysis.MakeCall("and", {std::move(low), std::move(high)});
  }
  const bool nullable = low->nullable || high->nullable;
  ResolvedCall call;
  call.function = FindFunction("between");
  call.arguments = {above[0], above[1], below[1]};
  return MakeResolved(std::move(call), BooleanType(), nullable, "between");
}

Out BuildLog(Analysis& analysis, const Arguments& arguments) {
  if (arguments.size() != 1) return arguments[0];  // it stays as it is
  ASSIGN_OR_RETURN(auto base, analysis.MakeCall("e", {}));
  return analysis.MakeCall("log", {WithText(base, "E()"), arguments[0]});
}

Out BuildNullIf(Analysis& analysis, const Arguments& arguments) {
  return BuildIf(analysis, analysis.MakeCall("==", {Common(arguments[0]), arguments[1]}), Null(),
                 arguments[0]);
}

Out BuildNullIfZero(Analysis& analysis, const Arguments& arguments) {
  return BuildIf(analysis, analysis.MakeCall("==", {arguments[0], Zero()}), Null(), arguments[0]);
}

Out BuildNvl2(Analysis& analysis, const Arguments& arguments) {
  return BuildIf(analysis, analysis.MakeCall("isnotnull", {arguments[0]}), arguments[1],
                 arguments[2]);
}

// btrim has the text first, trim the characters.
Out BuildTrim(Analysis& analysis, const Arguments& arguments) {
  Arguments swapped(arguments.rbegin(), arguments.rend());
  return analysis.MakeCall("trim", std::move(swapped));
}

Out BuildZeroIfNull(Analysis& analysis, const Arguments& arguments) {
  return analysis.MakeCall("coalesce", {arguments[0], Zero()});
}

constexpr char kCoalesce[] = "coalesce";
constexpr char kEqual[] = "==";
constexpr char kElementAt[] = "element_at";
constexpr char kExplode[] = "explode";
constexpr char kInline[] = "inline";
constexpr char kNullSafeEqual[] = "<=>";
constexpr char kPosExplode[] = "posexplode";
constexpr char kMakeTimestamp[] = "make_timestamp";
constexpr char kUrlDecode[] = "url_decode";

constexpr auto kReplacements = std::to_array<CallReplacement>({
    {"!=", Renamed<kEqual>},
    {"assert_true", BuildAssertTrue},
    {"between", BuildBetween, true},
    {"btrim", BuildTrim},
    {"equal_null", Renamed<kNullSafeEqual>, true},
    {"explode_outer", Renamed<kExplode>},
    {"ifnull", Renamed<kCoalesce>, true},
    {"inline_outer", Renamed<kInline>},
    {"log", BuildLog},
    {"nullif", BuildNullIf, true},
    {"nullifzero", BuildNullIfZero, true},
    {"nvl", Renamed<kCoalesce>, true},
    {"nvl2", BuildNvl2, true},
    {"posexplode_outer", Renamed<kPosExplode>},
    {"try_element_at", Renamed<kElementAt>},
    {"try_make_timestamp", Renamed<kMakeTimestamp>},
    {"try_url_decode", Renamed<kUrlDecode>},
    {"zeroifnull", BuildZeroIfNull, true},
});

struct TryName {
  std::string_view name;
  std::string_view symbol;
};
constexpr TryName kTryNames[] = {{"try_add", "+"},
                                 {"try_divide", "/"},
                                 {"try_mod", "%"},
                                 {"try_multiply", "*"},
                                 {"try_subtract", "-"}};

// The expression's text with those of its children made by `text_of`.
std::string WithChildTexts(const ResolvedExpression& expression,
                           std::string (*text_of)(const ResolvedExpression&)) {
  std::string text = expression.pretty;
  size_t from = 0;
  ForEachChild(expression, [&](const ResolvedExpressionPtr& child) {
    const size_t at = text.find(child->pretty, from);
    if (at == std::string::npos) return;
    const std::string plain = text_of(*child);
    text.replace(at, child->pretty.size(), plain);
    from = at + plain.size();
  });
  return text;
}

}  // namespace

const CallReplacement* FindCallReplacement(std::string_view function) {
  const auto found =
      std::find_if(kReplacements.begin(), kReplacements.end(),
                   [&](const CallReplacement& entry) { return entry.name == function; });
  return found == kReplacements.end() ? nullptr : &*found;
}

std::optional<std::string_view> TriedOperator(const ResolvedCall& call) {
  for (const auto& [name, symbol] : kTryNames) {
    if (call.function->name != name) continue;
    const bool are_numbers = std::all_of(call.arguments.begin(), call.arguments.end(),
                                         [](const auto& a) { return a->type.IsNumeric(); });
    return are_numbers ? std::nullopt : std::optional(symbol);
  }
  return std::nullopt;
}

ResolvedExpressionPtr WithText(const ResolvedExpressionPtr& expression, std::string text) {
  return MakeResolved(expression->node, expression->type, expression->nullable, std::move(text));
}

std::string TextWithoutAliases(const ResolvedExpression& expression) {
  if (expression.pretty.find(" AS ") == std::string::npos) return expression.pretty;
  const auto* call = std::get_if<ResolvedCall>(&expression.node);
  const bool is_struct = call != nullptr && call->function->name == "named_struct";
  if (is_struct && expression.pretty.starts_with("struct(")) {
    std::string fields;
    for (size_t i = 1; i < call->arguments.size(); i += 2) {
      fields += (i > 1 ? ", " : "") + TextWithoutAliases(*call->arguments[i]);
    }
    return fmt::format("struct({})", fields);
  }
  return WithChildTexts(expression, TextWithoutAliases);
}

std::string TreeText(const ResolvedExpression& expression) {
  if (std::holds_alternative<ColumnReference>(expression.node)) return TreeName(expression);
  if (expression.pretty == "NULL") return "null";
  if (std::holds_alternative<Literal>(expression.node)) {
    // DATE '2024-01-01' is 2024-01-01.
    const std::string& text = expression.pretty;
    const size_t quote = text.find('\'');
    const bool is_time = expression.type.IsDatetime() && quote != std::string::npos;
    return is_time ? text.substr(quote + 1, text.size() - quote - 2) : text;
  }
  return WithChildTexts(expression, TreeText);
}

}  // namespace ember
