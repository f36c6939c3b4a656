#include "duckdb/constant_folding.h"

#include <limits>

namespace ember {
namespace {

std::optional<Value> FoldCast(const Value& value, const DataType& from, const DataType& to) {
  if (value.is_null() || SameType(from, to)) return value;
  const auto* number = std::get_if<int64_t>(&value.data);
  if (number != nullptr && from.IsIntegral()) {
    switch (to.kind) {
      case TypeKind::kInteger:
        if (*number < std::numeric_limits<int32_t>::min() ||
            *number > std::numeric_limits<int32_t>::max())
          return {};
        return value;
      case TypeKind::kLong:
        return value;
      case TypeKind::kDouble:
        return Value{static_cast<double>(*number)};
      default:
        return {};
    }
  }
  if (from.IsStringLike() && to.Is(TypeKind::kString)) return value;
  return {};
}

std::optional<Value> Negate(const Value& value) {
  if (value.is_null()) return value;
  if (const auto* number = std::get_if<int64_t>(&value.data)) {
    if (*number == std::numeric_limits<int64_t>::min()) return {};
    return Value{-*number};
  }
  if (const auto* real = std::get_if<double>(&value.data)) return Value{-*real};
  if (const auto* decimal = std::get_if<DecimalValue>(&value.data))
    return Value{DecimalValue{-decimal->unscaled}};
  return {};
}

}  // namespace

std::optional<Value> FoldConstant(const ResolvedExpression& expression) {
  if (const auto* literal = std::get_if<Literal>(&expression.node)) return literal->value;
  if (const auto* cast = std::get_if<ResolvedCast>(&expression.node)) {
    const std::optional<Value> child = FoldConstant(*cast->child);
    if (!child.has_value()) return {};
    return FoldCast(*child, cast->child->type, expression.type);
  }
  if (const auto* call = std::get_if<ResolvedCall>(&expression.node)) {
    const bool is_negation = call->function->name == "negative" || call->function->name == "-";
    if (!is_negation || call->arguments.size() != 1) return {};
    const std::optional<Value> child = FoldConstant(*call->arguments[0]);
    return child.has_value() ? Negate(*child) : std::nullopt;
  }
  return {};
}

}  // namespace ember
