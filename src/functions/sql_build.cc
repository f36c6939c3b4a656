#include "functions/sql_build.h"

#include <fmt/format.h>

#include <algorithm>

#include "functions/zone.h"

namespace ember {

std::string SqlCast(std::string_view sql, std::string_view type) {
  return fmt::format("CAST({} AS {})", sql, type);
}

std::string SqlCase(std::string_view test, std::string_view then, std::string_view otherwise) {
  return fmt::format("(CASE WHEN {} THEN {} ELSE {} END)", test, then, otherwise);
}

std::string Failure(const EmitContext& context, const std::string& raise) {
  return context.ansi && !context.is_try ? raise : "NULL";
}

std::string ScaledDecimal(std::string_view unscaled, const DataType& type) {
  if (type.scale == 0) return fmt::format("CAST({} AS DECIMAL({}, 0))", unscaled, type.precision);
  std::string unit = "0." + std::string(static_cast<size_t>(type.scale - 1), '0') + "1";
  return fmt::format(
      "CAST(CAST({} AS DECIMAL(38, 0)) * CAST('{}' AS DECIMAL({}, {})) AS DECIMAL({}, {}))",
      unscaled, unit, std::min(type.scale + 1, 38), type.scale, type.precision, type.scale);
}

std::string ToLocal(std::string_view sql, std::string_view zone) { return ToWallSql(sql, zone); }

std::string FromLocal(std::string_view sql, std::string_view zone) {
  return ToInstantSql(sql, zone);
}

std::string_view MinimumOf(TypeKind kind) {
  if (kind == TypeKind::kByte) return "-128";
  if (kind == TypeKind::kShort) return "-32768";
  if (kind == TypeKind::kInteger || kind == TypeKind::kYearMonthInterval) return "-2147483648";
  return "CAST(-9223372036854775808 AS BIGINT)";
}

std::string_view MaximumOf(TypeKind kind) {
  if (kind == TypeKind::kByte) return "127";
  if (kind == TypeKind::kShort) return "32767";
  if (kind == TypeKind::kInteger || kind == TypeKind::kYearMonthInterval) return "2147483647";
  return "CAST(9223372036854775807 AS BIGINT)";
}

std::string_view JavaTypeName(TypeKind kind) {
  if (kind == TypeKind::kByte) return "byte";
  if (kind == TypeKind::kShort) return "short";
  if (kind == TypeKind::kInteger || kind == TypeKind::kYearMonthInterval) return "integer";
  return "long";
}

bool IsNonZeroConstant(const ArgumentInfo& argument) {
  if (!argument.constant) return false;
  const auto& data = argument.constant->data;
  if (const auto* integer = std::get_if<int64_t>(&data)) return *integer != 0;
  if (const auto* fraction = std::get_if<double>(&data)) return *fraction != 0;
  if (const auto* decimal = std::get_if<DecimalValue>(&data)) return decimal->unscaled != 0;
  return false;
}

}  // namespace ember
