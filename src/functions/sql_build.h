#pragma once

#include <string>
#include <string_view>

#include "functions/registry.h"

namespace ember {

/// Longest SQL that is written more than once. Guards name an operand in their test and in their
/// result, so nested ones would double the text at each level; longer operands are bound to a
/// lambda's parameter (about ten times the cost of a guard, still in place: DuckDB never moves it).
inline constexpr size_t kMaxRepeatedSql = 1500;

/// body(x) where x may be named any number of times and stands for `value`.
template <typename Body>
std::string Bind(const std::string& value, Body body) {
  if (value.size() <= kMaxRepeatedSql) return body(value);
  std::string name = "ember_x";
  return "list_transform([" + value + "], lambda " + name + ": " + body(name) + ")[1]";
}

/// body(x, y) for two values.
template <typename Body>
std::string Bind(const std::string& first, const std::string& second, Body body) {
  if (first.size() + second.size() <= kMaxRepeatedSql) return body(first, second);
  std::string a = "ember_xy.a", b = "ember_xy.b";
  return "list_transform([struct_pack(a := " + first + ", b := " + second +
         ")], lambda ember_xy: " + body(a, b) + ")[1]";
}

/// `CAST(sql AS type)`.
std::string SqlCast(std::string_view sql, std::string_view type);
/// `CASE WHEN test THEN then ELSE otherwise END`.
std::string SqlCase(std::string_view test, std::string_view then, std::string_view otherwise);
/// What a failed check gives: NULL in try_ functions and with ANSI mode off, else `raise`.
std::string Failure(const EmitContext& context, const std::string& raise);
/// DECIMAL(p, s) of an unscaled HUGEINT that is known to fit.
std::string ScaledDecimal(std::string_view unscaled, const DataType& type);
/// Instant (UTC microseconds) to wall clock in the session zone, and back. Nothing to do in UTC.
std::string ToLocal(std::string_view sql, std::string_view zone);
std::string FromLocal(std::string_view sql, std::string_view zone);
/// "-128", "2147483647" …: the bounds of an integral type.
std::string_view MinimumOf(TypeKind kind);
std::string_view MaximumOf(TypeKind kind);
/// Java's name of an integral type in overflow messages: "byte", "integer", "long".
std::string_view JavaTypeName(TypeKind kind);
/// The argument is a constant that is neither null nor zero.
bool IsNonZeroConstant(const ArgumentInfo& argument);

}  // namespace ember
