#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"
#include "analyzer/pretty_names.h"

namespace ember {
namespace {

using enum TypeKind;

// Functions whose frame is fixed (AggregateWindowFunction.frame).
struct FixedFrame {
  std::string_view name;
  FrameType type;
};
constexpr auto kFixedFrames = std::to_array<FixedFrame>({
    {"cume_dist", FrameType::kRange},
    {"dense_rank", FrameType::kRow},
    {"ntile", FrameType::kRow},
    {"percent_rank", FrameType::kRow},
    {"rank", FrameType::kRow},
    {"row_number", FrameType::kRow},
});

std::string TreeText(const ResolvedBound& bound) {
  const auto constant = bound.value ? FoldConstant(*bound.value) : std::nullopt;
  if (constant) return PrettyLiteral({bound.value->type, *constant}, "UTC");
  switch (bound.type) {
    case BoundType::kUnboundedPreceding:
      return "unboundedpreceding$()";
    case BoundType::kCurrentRow:
      return "currentrow$()";
    case BoundType::kUnboundedFollowing:
      return "unboundedfollowing$()";
    case BoundType::kValue:
      return bound.value->pretty;
  }
  return "";
}

std::string BoundSql(const ResolvedBound& bound) {
  switch (bound.type) {
    case BoundType::kUnboundedPreceding:
      return "UNBOUNDED PRECEDING";
    case BoundType::kCurrentRow:
      return "CURRENT ROW";
    case BoundType::kUnboundedFollowing:
      return "UNBOUNDED FOLLOWING";
    case BoundType::kValue:
      return bound.value->pretty;
  }
  return "";
}

// SpecifiedWindowFrame as a tree node, as old errors print it.
std::string TreeText(FrameType type, const ResolvedBound& lower, const ResolvedBound& upper) {
  return fmt::format("specifiedwindowframe({}, {}, {})",
                     type == FrameType::kRow ? "RowFrame" : "RangeFrame", TreeText(lower),
                     TreeText(upper));
}

std::string FrameSql(const ResolvedWindow& window) {
  const std::string text = PrettyWindow(window);
  const size_t at =
      text.rfind(window.frame_type == FrameType::kRow ? "ROWS BETWEEN" : "RANGE BETWEEN");
  return at == std::string::npos ? text : text.substr(at, text.size() - at - 1);
}

std::string QuotedType(const DataType& type) { return "\"" + SqlText(type) + "\""; }

bool IsDays(const DataType& type) {
  const int day = static_cast<int>(IntervalField::kDay);
  return type.Is(kDayTimeInterval) && type.precision == day && type.scale == day;
}

bool IsLowerBoundOpen(const ResolvedBound& bound) {
  return bound.type == BoundType::kUnboundedPreceding;
}

// SpecifiedWindowFrame.checkInputDataTypes.
Status CheckFrame(const ResolvedWindow& window) {
  const auto sql = QuoteExpression(FrameSql(window));
  const auto check_bound = [&](const ResolvedBound& bound, std::string_view location) -> Status {
    if (bound.type != BoundType::kValue) return {};
    if (!FoldConstant(*bound.value) && !ReferencedIds(*bound.value).empty()) {
      return MakeError("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE",
                       {{"sqlExpr", sql},
                        {"location", std::string(location)},
                        {"expression", QuoteExpression(bound.value->pretty)}});
    }
    const DataType& type = bound.value->type;
    const bool accepted = window.frame_type == FrameType::kRow
                              ? type.Is(kInteger)
                              : type.IsNumeric() || type.IsInterval();
    if (accepted) return {};
    return MakeError(
        "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
        {{"sqlExpr", sql},
         {"location", std::string(location)},
         {"exprType", QuotedType(type)},
         {"expectedType",
          window.frame_type == FrameType::kRow
              ? "\"INT\""
              : "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or "
                "\"INTERVAL\")"}});
  };
  RETURN_IF_ERROR(check_bound(window.lower, "lower"));
  RETURN_IF_ERROR(check_bound(window.upper, "upper"));
  const bool invalid = window.lower.type == BoundType::kUnboundedFollowing ||
                       window.upper.type == BoundType::kUnboundedPreceding;
  const auto rank = [](const ResolvedBound& bound) -> double {
    switch (bound.type) {
      case BoundType::kUnboundedPreceding:
        return -1e300;
      case BoundType::kCurrentRow:
        return 0;
      case BoundType::kUnboundedFollowing:
        return 1e300;
      case BoundType::kValue:
        break;
    }
    const auto value = FoldConstant(*bound.value);
    const auto* number = value ? std::get_if<int64_t>(&value->data) : nullptr;
    return number ? static_cast<double>(*number) : 0;
  };
  const bool comparable = window.lower.type == BoundType::kValue &&
                          window.upper.type == BoundType::kValue &&
                          FoldConstant(*window.lower.value) && FoldConstant(*window.upper.value);
  if (invalid) {
    return MakeError("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_INVALID_BOUND",
                     {{"sqlExpr", sql},
                      {"upper", QuoteExpression(BoundSql(window.upper))},
                      {"lower", QuoteExpression(BoundSql(window.lower))}});
  }
  if (comparable && rank(window.lower) > rank(window.upper)) {
    return MakeError("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON",
                     {{"sqlExpr", sql}, {"comparison", "less than or equal"}});
  }
  return {};
}

// WindowSpecDefinition.checkInputDataTypes.
Status CheckRange(const ResolvedWindow& window) {
  const bool has_value =
      window.lower.type == BoundType::kValue || window.upper.type == BoundType::kValue;
  const bool is_unbounded =
      IsLowerBoundOpen(window.lower) && window.upper.type == BoundType::kUnboundedFollowing;
  if (window.frame_type != FrameType::kRange) return {};
  const std::string text = PrettyWindow(window);
  const size_t at = text.find(" OVER ");
  const auto sql = QuoteExpression(at == std::string::npos ? text : text.substr(at + 6));
  if (window.order_by.empty() && !is_unbounded) {
    return MakeError("DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER", {{"sqlExpr", sql}});
  }
  if (!has_value) return {};
  if (window.order_by.size() > 1) {
    std::string specs;
    for (const auto& order : window.order_by) {
      const std::string text = PrettySortOrder(order);
      const size_t name = order.expression->pretty.size();
      specs += (specs.empty() ? "" : ",") + TreeName(*order.expression) + text.substr(name);
    }
    return MakeError("DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER",
                     {{"sqlExpr", sql}, {"orderSpec", specs}});
  }
  const DataType& order = window.order_by[0].expression->type;
  for (const auto* bound : {&window.lower, &window.upper}) {
    if (bound->type != BoundType::kValue) continue;
    const DataType& type = bound->value->type;
    const bool fits = (order.IsNumeric() && SameType(order, type)) ||
                      (order.Is(kDate) && (type.Is(kInteger) || type.Is(kYearMonthInterval) ||
                                           type.Is(kCalendarInterval) || IsDays(type))) ||
                      (order.IsDatetime() && !order.Is(kDate) && type.IsInterval()) ||
                      (order.IsInterval() && order.kind == type.kind);
    if (fits) continue;
    return MakeError("DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE",
                     {{"sqlExpr", sql},
                      {"orderSpecType", QuotedType(order)},
                      {"valueBoundaryType", QuotedType(type)}});
  }
  return {};
}

std::string ArgumentTree(const ResolvedExpression& argument) {
  return argument.pretty == "NULL" ? "null" : TreeName(argument);
}

// The call as a tree node: lag(a#1, -1, null).
Error NeedsOrder(const ResolvedExpression& expression) {
  const auto& call = std::get<ResolvedCall>(expression.node);
  const std::string name(call.function->name);
  std::string out = name + "(";
  if (name == "lag" || name == "lead") {
    const auto argument = [&](size_t i, const char* missing) {
      return i < call.arguments.size() ? ArgumentTree(*call.arguments[i]) : std::string(missing);
    };
    const std::string offset = argument(1, "1");
    out += argument(0, "null") + ", " + (name == "lag" ? "-" : "") + offset + ", " +
           argument(2, "null");
  } else {
    for (size_t i = 0; i < call.arguments.size(); ++i) {
      out += (i > 0 ? ", " : "") + ArgumentTree(*call.arguments[i]);
    }
  }
  return MakeError("_LEGACY_ERROR_TEMP_1037", {{"wf", out + ")"}});
}

// CheckAnalysis: what sorts the values itself takes the whole partition.
Status CheckWholePartition(const ResolvedWindow& window, std::string_view name, bool is_given) {
  if (name != "median" && name != "percentile_cont" && name != "percentile_disc") return {};
  const bool is_whole = !is_given || (window.frame_type == FrameType::kRow &&
                                      window.lower.type == BoundType::kUnboundedPreceding &&
                                      window.upper.type == BoundType::kUnboundedFollowing);
  if (window.order_by.empty() && is_whole) return {};
  std::string arguments;
  for (const auto& argument : std::get<ResolvedCall>(window.call->node).arguments) {
    arguments += (arguments.empty() ? "" : ", ") + argument->pretty;
  }
  return MakeError("INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC",
                   {{"aggFunc", QuoteExpression(std::string(name) + "(" + arguments + ")")}});
}

}  // namespace

Result<ResolvedBound> Analysis::ResolveBound(const FrameBound& bound, FrameType type,
                                             const std::vector<ResolvedSortOrder>& order,
                                             const Scope& scope) {
  ResolvedBound resolved{.type = bound.type, .value = nullptr};
  if (bound.type != BoundType::kValue) return resolved;
  ASSIGN_OR_RETURN(resolved.value, ResolveExpression(*bound.value, scope));
  if (const auto folded = FoldConstant(*resolved.value)) {
    // The engine reads the number, people its text.
    const ResolvedExpression& source = *resolved.value;
    resolved.value =
        MakeResolved(Literal{source.type, *folded}, source.type, folded->is_null(), source.pretty);
  }
  const DataType value = resolved.value->type;
  if (type == FrameType::kRow) {
    // DataFrame bounds are longs; those that fit are the ints Spark's own API makes of them.
    const auto constant = FoldConstant(*resolved.value);
    const auto* number = constant ? std::get_if<int64_t>(&constant->data) : nullptr;
    if (value.IsIntegral() && number != nullptr) {
      if (*number == 0) return ResolvedBound{.type = BoundType::kCurrentRow, .value = nullptr};
      if (value.Is(kLong)) {
        resolved.value = MakeResolved(Literal{IntegerType(), {*number}}, IntegerType(), false,
                                      resolved.value->pretty);
      }
    }
    return resolved;
  }
  if (order.size() != 1) return resolved;
  // TypeCoercion.WindowFrameCoercion.
  const DataType& target = order[0].expression->type;
  if (!target.IsDatetime() && !SameType(value, target) && CanCast(value, target, SessionCast())) {
    // Under a cast the sign is not seen any more.
    const bool is_preceding = resolved.value->pretty.starts_with("(- ");
    const auto cast = ImplicitCastTo(resolved.value, target, SessionCast());
    resolved.value = MakeResolved(cast->node, cast->type, cast->nullable,
                                  cast->pretty + (is_preceding ? " FOLLOWING" : ""));
  }
  const auto constant = FoldConstant(*resolved.value);
  const auto* number = constant ? std::get_if<int64_t>(&constant->data) : nullptr;
  if (number != nullptr && *number == 0 && value.IsNumeric()) {
    return ResolvedBound{.type = BoundType::kCurrentRow, .value = nullptr};
  }
  return resolved;
}

Result<ResolvedExpressionPtr> Analysis::ResolveWindow(const WindowExpression& window,
                                                      const Scope& scope) {
  window_depth_ = 1;
  auto call = ResolveExpression(*window.function, scope);
  window_depth_ = 0;
  if (!call.ok()) return call;
  ResolvedWindow resolved;
  resolved.call = std::move(*call);
  const auto* function = std::get_if<ResolvedCall>(&resolved.call->node);
  const bool is_window = function != nullptr && function->function->kind == FunctionKind::kWindow;
  if (function == nullptr || (!is_window && !IsAggregateCall(*resolved.call))) {
    return MakeError("UNSUPPORTED_EXPR_FOR_WINDOW",
                     {{"sqlExpr", QuoteExpression(resolved.call->pretty)}});
  }
  ASSIGN_OR_RETURN(resolved.partition_by, ResolveExpressions(window.partition_by, scope));
  for (const auto& item : window.order_by) {
    ASSIGN_OR_RETURN(auto order, ResolveSortOrder(*item, scope));
    resolved.order_by.push_back(std::move(order));
  }
  const std::string name(function->function->name);
  if (window.frame) {
    resolved.frame_type = window.frame->type;
    ASSIGN_OR_RETURN(resolved.lower, ResolveBound(window.frame->lower, window.frame->type,
                                                  resolved.order_by, scope));
    ASSIGN_OR_RETURN(resolved.upper, ResolveBound(window.frame->upper, window.frame->type,
                                                  resolved.order_by, scope));
    RETURN_IF_ERROR(CheckFrame(resolved));
  }
  RETURN_IF_ERROR(CheckWholePartition(resolved, name, window.frame.has_value()));
  RETURN_IF_ERROR(SetFrame(resolved, name, window.frame.has_value()));
  RETURN_IF_ERROR(CheckRange(resolved));
  std::string pretty = PrettyWindow(resolved);
  if (function->is_distinct) {
    return MakeError("DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
                     {{"windowExpr", QuoteExpression(pretty)}});
  }
  DataType type = resolved.call->type;
  const bool nullable = resolved.call->nullable;
  return MakeResolved(std::move(resolved), std::move(type), nullable, std::move(pretty));
}

// ResolveWindowFrame: the frame a function demands, or the default.
Status Analysis::SetFrame(ResolvedWindow& window, std::string_view name, bool is_given) {
  const auto* fixed = std::find_if(kFixedFrames.begin(), kFixedFrames.end(),
                                   [&](const FixedFrame& frame) { return frame.name == name; });
  const bool is_offset = name == "lag" || name == "lead";
  const bool needs_order = is_offset || name == "nth_value" || fixed != kFixedFrames.end();
  if (needs_order && window.order_by.empty()) return NeedsOrder(*window.call);
  if (is_offset) {
    if (is_given) return MakeError("_LEGACY_ERROR_TEMP_1035", {{"prettyName", std::string(name)}});
    const auto& arguments = std::get<ResolvedCall>(window.call->node).arguments;
    int64_t offset = 1;
    if (arguments.size() > 1) {
      const auto value = FoldConstant(*arguments[1]);
      const auto* number = value ? std::get_if<int64_t>(&value->data) : nullptr;
      if (number == nullptr) {
        return MakeError("_LEGACY_ERROR_TEMP_1035", {{"prettyName", std::string(name)}});
      }
      offset = *number;
    }
    if (name == "lag") offset = -offset;
    const auto bound = MakeResolved(Literal{IntegerType(), {offset}}, IntegerType(), false,
                                    std::to_string(offset) + " FOLLOWING");
    window.frame_type = FrameType::kRow;
    window.lower = {.type = BoundType::kValue, .value = bound};
    window.upper = window.lower;
    window.has_frame = false;
    return {};
  }
  if (fixed != kFixedFrames.end()) {
    const ResolvedBound lower{.type = BoundType::kUnboundedPreceding, .value = nullptr};
    const ResolvedBound upper{.type = BoundType::kCurrentRow, .value = nullptr};
    if (is_given && (window.frame_type != fixed->type || window.lower.type != lower.type ||
                     window.upper.type != upper.type)) {
      return MakeError("_LEGACY_ERROR_TEMP_1036",
                       {{"wf", TreeText(window.frame_type, window.lower, window.upper)},
                        {"required", TreeText(fixed->type, lower, upper)}});
    }
    window.frame_type = fixed->type;
    window.lower = lower;
    window.upper = upper;
    window.has_frame = false;
    return {};
  }
  window.has_frame = true;
  if (is_given) return {};
  window.lower.type = BoundType::kUnboundedPreceding;
  window.frame_type = window.order_by.empty() ? FrameType::kRow : FrameType::kRange;
  window.upper.type =
      window.order_by.empty() ? BoundType::kUnboundedFollowing : BoundType::kCurrentRow;
  return {};
}

}  // namespace ember
