#include "analyzer/constant_folding.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace ember {
namespace {

using enum TypeKind;

Int128 PowerOfTen(int exponent) {
  Int128 out = 1;
  for (int i = 0; i < exponent; ++i) out *= 10;
  return out;
}

std::optional<double> AsDouble(const Value& value, const DataType& type) {
  if (const auto* number = std::get_if<int64_t>(&value.data)) return static_cast<double>(*number);
  if (const auto* number = std::get_if<double>(&value.data)) return *number;
  if (const auto* decimal = std::get_if<DecimalValue>(&value.data)) {
    // Through text: the nearest double of the decimal digits.
    const std::string text = DecimalText(decimal->unscaled, type.scale);
    return std::strtod(text.c_str(), nullptr);
  }
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    char* end = nullptr;
    const double number = std::strtod(text->c_str(), &end);
    if (!text->empty() && *end == '\0') return number;
  }
  return std::nullopt;
}

std::optional<Value> ToIntegral(const Value& value, const DataType& from) {
  if (std::holds_alternative<int64_t>(value.data)) return value;
  if (const auto* flag = std::get_if<bool>(&value.data)) return Value{int64_t{*flag}};
  if (const auto* decimal = std::get_if<DecimalValue>(&value.data)) {
    return Value{static_cast<int64_t>(decimal->unscaled / PowerOfTen(from.scale))};
  }
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    int64_t number = 0;
    const auto result = std::from_chars(text->data(), text->data() + text->size(), number);
    if (result.ec == std::errc() && result.ptr == text->data() + text->size()) {
      return Value{number};
    }
    return std::nullopt;
  }
  const auto* number = std::get_if<double>(&value.data);
  if (number == nullptr || !(std::abs(*number) < 9.2e18)) return std::nullopt;
  return Value{static_cast<int64_t>(*number)};
}

std::optional<Value> ToDecimal(const Value& value, const DataType& from, const DataType& to) {
  if (const auto* number = std::get_if<int64_t>(&value.data)) {
    return Value{DecimalValue{static_cast<Int128>(*number) * PowerOfTen(to.scale)}};
  }
  const auto* decimal = std::get_if<DecimalValue>(&value.data);
  if (decimal == nullptr || to.scale < from.scale) return std::nullopt;
  return Value{DecimalValue{decimal->unscaled * PowerOfTen(to.scale - from.scale)}};
}

std::optional<Value> ToText(const Value& value, const DataType& from) {
  if (std::holds_alternative<std::string>(value.data) && from.IsStringLike()) return value;
  if (from.IsIntegral()) return Value{std::to_string(std::get<int64_t>(value.data))};
  if (from.Is(kBoolean)) return Value{std::string(std::get<bool>(value.data) ? "true" : "false")};
  if (from.Is(kDouble)) return Value{JavaDoubleText(std::get<double>(value.data))};
  if (from.Is(kDecimal)) {
    return Value{DecimalText(std::get<DecimalValue>(value.data).unscaled, from.scale)};
  }
  if (from.Is(kDate)) return Value{DateText(std::get<int64_t>(value.data))};
  return std::nullopt;
}

std::optional<Value> FoldCast(const Value& value, const DataType& from, const DataType& to) {
  if (value.is_null()) return Value{};
  if (SameType(from, to)) return value;
  if (to.IsIntegral()) return ToIntegral(value, from);
  if (to.Is(kFloat) || to.Is(kDouble)) {
    const auto number = AsDouble(value, from);
    if (!number) return std::nullopt;
    return Value{to.Is(kFloat) ? static_cast<double>(static_cast<float>(*number)) : *number};
  }
  if (to.Is(kDecimal)) return ToDecimal(value, from, to);
  if (to.IsStringLike()) return ToText(value, from);
  if (to.Is(kArray) && from.Is(kArray)) {
    std::vector<Value> cells;
    for (const Value& cell : std::get<std::vector<Value>>(value.data)) {
      auto folded = FoldCast(cell, from.element().type, to.element().type);
      if (!folded) return std::nullopt;
      cells.push_back(std::move(*folded));
    }
    return Value{std::move(cells)};
  }
  if (from.kind == to.kind) return value;
  return std::nullopt;
}

std::optional<Value> Negated(const Value& value) {
  if (value.is_null()) return value;
  if (const auto* number = std::get_if<int64_t>(&value.data)) {
    if (*number == std::numeric_limits<int64_t>::min()) return std::nullopt;
    return Value{-*number};
  }
  if (const auto* number = std::get_if<double>(&value.data)) return Value{-*number};
  if (const auto* decimal = std::get_if<DecimalValue>(&value.data)) {
    return Value{DecimalValue{-decimal->unscaled}};
  }
  return std::nullopt;
}

// + - * of whole numbers, where nothing overflows.
std::optional<Value> FoldArithmetic(std::string_view name, const ResolvedCall& call) {
  const auto a = FoldConstant(*call.arguments[0]);
  const auto b = FoldConstant(*call.arguments[1]);
  const auto* x = a ? std::get_if<int64_t>(&a->data) : nullptr;
  const auto* y = b ? std::get_if<int64_t>(&b->data) : nullptr;
  if (x == nullptr || y == nullptr) return std::nullopt;
  if (!call.arguments[0]->type.IsIntegral() || !call.arguments[1]->type.IsIntegral()) {
    return std::nullopt;
  }
  Int128 result = 0;
  if (name == "+") result = static_cast<Int128>(*x) + *y;
  if (name == "-") result = static_cast<Int128>(*x) - *y;
  if (name == "*") result = static_cast<Int128>(*x) * *y;
  const Int128 limit = call.arguments[0]->type.Is(kLong) ? std::numeric_limits<int64_t>::max()
                                                         : std::numeric_limits<int32_t>::max();
  if (result > limit || result < -limit) return std::nullopt;
  return Value{static_cast<int64_t>(result)};
}

std::optional<Value> FoldCall(const ResolvedCall& call) {
  const std::string_view name = call.function->name;
  if (call.arguments.size() == 2 && (name == "+" || name == "-" || name == "*")) {
    return FoldArithmetic(name, call);
  }
  const bool is_array = name == "array";
  const bool is_struct = name == "named_struct";
  const bool is_map = name == "map";
  const bool is_negation = name == "negative" || (name == "-" && call.arguments.size() == 1);
  if (!is_array && !is_struct && !is_map && !is_negation) return std::nullopt;
  std::vector<Value> cells;
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    auto value = FoldConstant(*call.arguments[i]);
    if (!value) return std::nullopt;
    if (is_struct && i % 2 == 0) continue;  // the name of the field
    cells.push_back(std::move(*value));
  }
  if (is_negation) return cells.size() == 1 ? Negated(cells[0]) : std::nullopt;
  return Value{std::move(cells)};
}

// Text that is surely no number.
bool HasNoDigits(const Value& value) {
  const auto* text = std::get_if<std::string>(&value.data);
  return text != nullptr && text->find_first_of("0123456789") == std::string::npos &&
         text->find_first_of("iInN") == std::string::npos;
}

}  // namespace

std::optional<Value> FoldConstant(const ResolvedExpression& expression) {
  if (const auto* literal = std::get_if<Literal>(&expression.node)) return literal->value;
  if (const auto* cast = std::get_if<ResolvedCast>(&expression.node)) {
    const auto value = FoldConstant(*cast->child);
    if (!value) return std::nullopt;
    auto folded = FoldCast(*value, cast->child->type, expression.type);
    const bool is_null = cast->mode != CastMode::kAnsi && expression.type.IsNumeric();
    if (!folded && is_null && HasNoDigits(*value)) return Value{};
    return folded;
  }
  if (const auto* call = std::get_if<ResolvedCall>(&expression.node)) return FoldCall(*call);
  return std::nullopt;
}

}  // namespace ember
