// A type as text: Spark's simpleString, sql, json, DDL and tree.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>

#include "types/data_type.h"

namespace ember {
namespace {

struct AtomicName {
  TypeKind kind;
  std::string_view simple;  // simpleString and (upper-cased) sql
  std::string_view json;    // typeName
};

constexpr auto kAtomicNames = std::to_array<AtomicName>({
    {TypeKind::kNull, "void", "void"},
    {TypeKind::kBoolean, "boolean", "boolean"},
    {TypeKind::kByte, "tinyint", "byte"},
    {TypeKind::kShort, "smallint", "short"},
    {TypeKind::kInteger, "int", "integer"},
    {TypeKind::kLong, "bigint", "long"},
    {TypeKind::kFloat, "float", "float"},
    {TypeKind::kDouble, "double", "double"},
    {TypeKind::kDecimal, "decimal", "decimal"},
    {TypeKind::kString, "string", "string"},
    {TypeKind::kChar, "char", "char"},
    {TypeKind::kVarchar, "varchar", "varchar"},
    {TypeKind::kBinary, "binary", "binary"},
    {TypeKind::kDate, "date", "date"},
    {TypeKind::kTimestamp, "timestamp", "timestamp"},
    {TypeKind::kTimestampNtz, "timestamp_ntz", "timestamp_ntz"},
    {TypeKind::kCalendarInterval, "interval", "interval"},
});

const AtomicName* FindAtomic(TypeKind kind) {
  auto it = std::find_if(kAtomicNames.begin(), kAtomicNames.end(),
                         [&](const auto& row) { return row.kind == kind; });
  return it == kAtomicNames.end() ? nullptr : &*it;
}

std::string IntervalName(const DataType& type) {
  static constexpr std::array<std::string_view, 2> kYearMonth = {"year", "month"};
  static constexpr std::array<std::string_view, 4> kDayTime = {"day", "hour", "minute", "second"};
  const auto name = [&](int field) {
    return type.kind == TypeKind::kYearMonthInterval ? kYearMonth[static_cast<size_t>(field)]
                                                     : kDayTime[static_cast<size_t>(field)];
  };
  if (type.precision == type.scale) return fmt::format("interval {}", name(type.precision));
  return fmt::format("interval {} to {}", name(type.precision), name(type.scale));
}

std::string WithArguments(std::string_view name, const DataType& type) {
  if (type.kind == TypeKind::kDecimal)
    return fmt::format("{}({},{})", name, type.precision, type.scale);
  if (type.kind == TypeKind::kChar || type.kind == TypeKind::kVarchar) {
    return fmt::format("{}({})", name, type.precision);
  }
  return std::string(name);
}

std::string Upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return std::toupper(c); });
  return text;
}

// DataType.typeName: what JSON and the tree show.
std::string TypeName(const DataType& type) {
  switch (type.kind) {
    case TypeKind::kArray:
      return "array";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kStruct:
      return "struct";
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return IntervalName(type);
    default:
      return WithArguments(FindAtomic(type.kind)->json, type);
  }
}

bool IsPlainIdentifier(std::string_view name) {
  if (name.empty()) return false;
  const bool digits_only =
      std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isdigit(c); });
  return !digits_only && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (std::isalnum(c) && c < 128) || c == '_';
  });
}

std::string QuoteIfNeeded(std::string_view name) {
  return IsPlainIdentifier(name) ? std::string(name) : QuoteIdentifier(name);
}

std::string Comment(const StructField& field) {
  if (field.metadata.empty()) return {};
  const auto json = nlohmann::json::parse(field.metadata, nullptr, false);
  if (!json.is_object() || !json.contains("comment") || !json["comment"].is_string()) return {};
  std::string escaped;
  for (char c : json["comment"].get<std::string>()) {
    if (c == '\'' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return fmt::format(" COMMENT '{}'", escaped);
}

void AppendTree(const DataType& type, const std::string& prefix, int depth, std::string& out);

void AppendTreeField(std::string_view name, const DataType& type, std::string_view flag, bool value,
                     const std::string& prefix, int depth, std::string& out) {
  if (depth <= 0) return;
  out += fmt::format("{}-- {}: {}", prefix, name, TypeName(type));
  if (!flag.empty()) out += fmt::format(" ({} = {})", flag, value);
  out += '\n';
  AppendTree(type, prefix + "    |", depth - 1, out);
}

void AppendTree(const DataType& type, const std::string& prefix, int depth, std::string& out) {
  if (type.kind == TypeKind::kStruct) {
    for (const auto& f : type.fields())
      AppendTreeField(f.name, f.type, "nullable", f.nullable, prefix, depth, out);
  } else if (type.kind == TypeKind::kArray) {
    AppendTreeField("element", type.element().type, "containsNull", type.element().nullable, prefix,
                    depth, out);
  } else if (type.kind == TypeKind::kMap) {
    AppendTreeField("key", type.key().type, "", false, prefix, depth, out);
    AppendTreeField("value", type.value().type, "valueContainsNull", type.value().nullable, prefix,
                    depth, out);
  }
}

std::string FieldsJson(const std::vector<StructField>& fields) {
  std::string out = R"({"type":"struct","fields":[)";
  for (size_t i = 0; i < fields.size(); ++i) {
    const auto& f = fields[i];
    if (i > 0) out += ',';
    out += fmt::format(R"({{"name":{},"type":{},"nullable":{},"metadata":{}}})",
                       nlohmann::json(f.name).dump(), TypeJson(f.type), f.nullable,
                       f.metadata.empty() ? "{}" : f.metadata);
  }
  return out + "]}";
}

}  // namespace

std::string SimpleString(const DataType& type) {
  switch (type.kind) {
    case TypeKind::kArray:
      return fmt::format("array<{}>", SimpleString(type.element().type));
    case TypeKind::kMap:
      return fmt::format("map<{},{}>", SimpleString(type.key().type),
                         SimpleString(type.value().type));
    case TypeKind::kStruct: {
      std::string out = "struct<";
      for (size_t i = 0; i < type.fields().size(); ++i) {
        if (i > 0) out += ',';
        out += fmt::format("{}:{}", type.fields()[i].name, SimpleString(type.fields()[i].type));
      }
      return out + ">";
    }
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return IntervalName(type);
    default:
      return WithArguments(FindAtomic(type.kind)->simple, type);
  }
}

std::string SqlText(const DataType& type) {
  switch (type.kind) {
    case TypeKind::kArray:
      return fmt::format("ARRAY<{}>", SqlText(type.element().type));
    case TypeKind::kMap:
      return fmt::format("MAP<{}, {}>", SqlText(type.key().type), SqlText(type.value().type));
    case TypeKind::kStruct: {
      std::string out = "STRUCT<";
      for (size_t i = 0; i < type.fields().size(); ++i) {
        const auto& f = type.fields()[i];
        if (i > 0) out += ", ";
        out += fmt::format("{}: {}{}{}", QuoteIfNeeded(f.name), SqlText(f.type),
                           f.nullable ? "" : " NOT NULL", Comment(f));
      }
      return out + ">";
    }
    default:
      return Upper(SimpleString(type));
  }
}

std::string TypeJson(const DataType& type) {
  switch (type.kind) {
    case TypeKind::kArray:
      return fmt::format(R"({{"type":"array","elementType":{},"containsNull":{}}})",
                         TypeJson(type.element().type), type.element().nullable);
    case TypeKind::kMap:
      return fmt::format(R"({{"type":"map","keyType":{},"valueType":{},"valueContainsNull":{}}})",
                         TypeJson(type.key().type), TypeJson(type.value().type),
                         type.value().nullable);
    case TypeKind::kStruct:
      return FieldsJson(type.fields());
    default:
      return fmt::format("\"{}\"", TypeName(type));
  }
}

std::string SchemaJson(const Schema& schema) { return FieldsJson(schema); }

std::string SchemaDdl(const Schema& schema) {
  std::string out;
  for (const auto& f : schema) {
    if (!out.empty()) out += ',';
    out += fmt::format("{} {}{}{}", QuoteIfNeeded(f.name), SqlText(f.type),
                       f.nullable ? "" : " NOT NULL", Comment(f));
  }
  return out;
}

std::string TreeString(const Schema& schema, int level) {
  std::string out = "root\n";
  AppendTree(StructType(schema), " |", level > 0 ? level : 1'000'000, out);
  return out;
}

}  // namespace ember
