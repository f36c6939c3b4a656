#include <charconv>
#include <cmath>
#include <set>

#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

std::string CastTo(std::string_view sql, std::string_view type) {
  return "CAST(" + std::string(sql) + " AS " + std::string(type) + ")";
}

template <typename T>
std::string FractionLiteral(T value, std::string_view type) {
  if (std::isnan(value)) return CastTo("'nan'", type);
  if (std::isinf(value)) return CastTo(value > 0 ? "'inf'" : "'-inf'", type);
  char digits[64];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  return CastTo("'" + std::string(digits, end) + "'", type);
}

std::string BinaryLiteral(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string sql = "CAST('";
  for (unsigned char byte : bytes) {
    sql += "\\x";
    sql += kHex[byte >> 4];
    sql += kHex[byte & 15];
  }
  return sql + "' AS BLOB)";
}

std::string DateLiteral(int64_t days) {
  constexpr int64_t kFirst = -719162, kLast = 2932896;  // 0001-01-01, 9999-12-31
  if (days >= kFirst && days <= kLast) return "DATE '" + DateText(days) + "'";
  return "(DATE '1970-01-01' + CAST(" + std::to_string(days) + " AS INTEGER))";
}

Result<std::string> ListOf(const std::vector<Value>& items, size_t first, size_t step,
                           const DataType& type) {
  std::string sql = "[";
  for (size_t i = first; i < items.size(); i += step) {
    ASSIGN_OR_RETURN(std::string item, EmitLiteral({type, items[i]}));
    if (sql.size() > 1) sql += ", ";
    sql += item;
  }
  return sql + "]";
}

Result<std::string> NestedLiteral(const Literal& literal) {
  const DataType& type = literal.type;
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(type));
  const auto& items = std::get<std::vector<Value>>(literal.value.data);
  if (type.Is(TypeKind::kArray)) {
    ASSIGN_OR_RETURN(std::string list, ListOf(items, 0, 1, type.element().type));
    return CastTo(list, storage);
  }
  if (type.Is(TypeKind::kMap)) {
    ASSIGN_OR_RETURN(std::string keys, ListOf(items, 0, 2, type.key().type));
    ASSIGN_OR_RETURN(std::string values, ListOf(items, 1, 2, type.value().type));
    return CastTo("MAP(" + keys + ", " + values + ")", storage);
  }
  std::vector<std::string> names = StorageFieldNames(type);
  std::string sql = "struct_pack(";
  for (size_t i = 0; i < items.size(); ++i) {
    ASSIGN_OR_RETURN(std::string item, EmitLiteral({type.fields()[i].type, items[i]}));
    if (i > 0) sql += ", ";
    sql += SqlIdentifier(names[i]) + " := " + item;
  }
  return sql + ")";
}

}  // namespace

std::vector<std::string> StorageFieldNames(const DataType& struct_type) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const StructField& field : struct_type.fields()) {
    std::string name = field.name;
    auto lower = [](std::string text) {
      for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      return text;
    };
    if (name.empty() || seen.contains(lower(name))) name += "#" + std::to_string(names.size() + 1);
    while (!seen.insert(lower(name)).second) name += "#";
    names.push_back(std::move(name));
  }
  return names;
}

Result<std::string> DuckDbTypeName(const DataType& type) {
  switch (type.kind) {
    case TypeKind::kNull:
      return "INTEGER";
    case TypeKind::kBoolean:
      return "BOOLEAN";
    case TypeKind::kByte:
      return "TINYINT";
    case TypeKind::kShort:
      return "SMALLINT";
    case TypeKind::kInteger:
      return "INTEGER";
    case TypeKind::kLong:
      return "BIGINT";
    case TypeKind::kFloat:
      return "FLOAT";
    case TypeKind::kDouble:
      return "DOUBLE";
    case TypeKind::kDecimal:
      return "DECIMAL(" + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ")";
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return "VARCHAR";
    case TypeKind::kBinary:
      return "BLOB";
    case TypeKind::kDate:
      return "DATE";
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return "TIMESTAMP";
    case TypeKind::kCalendarInterval:
      return "INTERVAL";
    case TypeKind::kYearMonthInterval:
      return "INTEGER";
    case TypeKind::kDayTimeInterval:
      return "BIGINT";
    case TypeKind::kArray: {
      ASSIGN_OR_RETURN(std::string element, DuckDbTypeName(type.element().type));
      return element + "[]";
    }
    case TypeKind::kMap: {
      ASSIGN_OR_RETURN(std::string key, DuckDbTypeName(type.key().type));
      ASSIGN_OR_RETURN(std::string value, DuckDbTypeName(type.value().type));
      return "MAP(" + key + ", " + value + ")";
    }
    case TypeKind::kStruct: {
      if (type.fields().empty()) return Unsupported("a struct without fields");
      std::vector<std::string> names = StorageFieldNames(type);
      std::string sql = "STRUCT(";
      for (size_t i = 0; i < names.size(); ++i) {
        ASSIGN_OR_RETURN(std::string field, DuckDbTypeName(type.fields()[i].type));
        if (i > 0) sql += ", ";
        sql += SqlIdentifier(names[i]) + " " + field;
      }
      return sql + ")";
    }
  }
  return InternalError("a type of unknown kind");
}

Result<std::string> EmitLiteral(const Literal& literal) {
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(literal.type));
  const auto& data = literal.value.data;
  if (literal.value.is_null()) return CastTo("NULL", storage);
  switch (literal.type.kind) {
    case TypeKind::kNull:
      return CastTo("NULL", storage);
    case TypeKind::kBoolean:
      return std::get<bool>(data) ? "TRUE" : "FALSE";
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      // DuckDB gives a bare 5 the type of its neighbour (TINYINT + 5 stays TINYINT): always cast.
      return CastTo(std::to_string(std::get<int64_t>(data)), storage);
    case TypeKind::kFloat:
      return FractionLiteral(static_cast<float>(std::get<double>(data)), storage);
    case TypeKind::kDouble:
      return FractionLiteral(std::get<double>(data), storage);
    case TypeKind::kDecimal:
      return CastTo(
          "'" + DecimalText(std::get<DecimalValue>(data).unscaled, literal.type.scale) + "'",
          storage);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return SqlString(std::get<std::string>(data));
    case TypeKind::kBinary:
      return BinaryLiteral(std::get<std::string>(data));
    case TypeKind::kDate:
      return DateLiteral(std::get<int64_t>(data));
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return "make_timestamp(" + CastTo(std::to_string(std::get<int64_t>(data)), "BIGINT") + ")";
    case TypeKind::kCalendarInterval: {
      const auto& interval = std::get<CalendarIntervalValue>(data);
      return "(to_months(" + std::to_string(interval.months) + ") + to_days(" +
             std::to_string(interval.days) + ") + to_microseconds(" +
             CastTo(std::to_string(interval.microseconds), "BIGINT") + "))";
    }
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      return NestedLiteral(literal);
  }
  return InternalError("a literal of unknown kind");
}

}  // namespace ember
