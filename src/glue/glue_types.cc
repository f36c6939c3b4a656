#include "glue/glue_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"

namespace ember {
namespace {

struct NamedTypeRow {
  TypeKind kind;
  std::string_view glue;
};
// The types whose name in Glue does not depend on parameters.
constexpr auto kNamedTypes = std::to_array<NamedTypeRow>({
    {TypeKind::kBoolean, "boolean"},
    {TypeKind::kByte, "tinyint"},
    {TypeKind::kShort, "smallint"},
    {TypeKind::kInteger, "int"},
    {TypeKind::kLong, "bigint"},
    {TypeKind::kFloat, "float"},
    {TypeKind::kDouble, "double"},
    {TypeKind::kString, "string"},
    {TypeKind::kBinary, "binary"},
    {TypeKind::kDate, "date"},
    {TypeKind::kTimestamp, "timestamp"},
    {TypeKind::kTimestampNtz, "timestamp"},
});

}  // namespace

Result<std::string> GlueTypeText(const DataType& type) {
  for (const NamedTypeRow& row : kNamedTypes) {
    if (type.Is(row.kind)) return std::string(row.glue);
  }
  switch (type.kind) {
    case TypeKind::kDecimal:
      return fmt::format("decimal({},{})", type.precision, type.scale);
    case TypeKind::kChar:
      return fmt::format("char({})", type.precision);
    case TypeKind::kVarchar:
      return fmt::format("varchar({})", type.precision);
    case TypeKind::kArray: {
      ASSIGN_OR_RETURN(const std::string element, GlueTypeText(type.element().type));
      return fmt::format("array<{}>", element);
    }
    case TypeKind::kMap: {
      ASSIGN_OR_RETURN(const std::string key, GlueTypeText(type.key().type));
      ASSIGN_OR_RETURN(const std::string value, GlueTypeText(type.value().type));
      return fmt::format("map<{},{}>", key, value);
    }
    case TypeKind::kStruct: {
      std::string fields;
      for (const StructField& field : type.fields()) {
        ASSIGN_OR_RETURN(const std::string inner, GlueTypeText(field.type));
        fields += fmt::format("{}{}:{}", fields.empty() ? "" : ",", field.name, inner);
      }
      return fmt::format("struct<{}>", fields);
    }
    default:
      return Unsupported(fmt::format("a column of Glue of type {}", SqlText(type)));
  }
}

Result<DataType> ParseGlueType(const std::string& text) {
  if (text.find("uniontype<") != std::string::npos) {
    return Unsupported(fmt::format("a column of Glue of type {}", text));
  }
  return ParseDataType(text);
}

}  // namespace ember
