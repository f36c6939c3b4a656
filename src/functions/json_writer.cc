#include "functions/json_writer.h"

#include "functions/cast_sql.h"
#include "functions/datetime_pattern.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/json_tree.h"

namespace ember {
namespace {

class JsonSqlWriter {
 public:
  explicit JsonSqlWriter(const JsonWriteOptions& options) : options_(options) {}

  Result<std::string> Write(const std::string& sql, const DataType& type) {
    switch (type.kind) {
      case TypeKind::kNull:
        return std::string("CAST(NULL AS VARCHAR)");
      case TypeKind::kFloat:
      case TypeKind::kDouble: {
        ASSIGN_OR_RETURN(std::string text, Text(sql, type));
        return "(CASE WHEN isfinite(" + sql + ") THEN " + text + " ELSE '\"' || " + text +
               " || '\"' END)";
      }
      case TypeKind::kBoolean:
      case TypeKind::kByte:
      case TypeKind::kShort:
      case TypeKind::kInteger:
      case TypeKind::kLong:
      case TypeKind::kDecimal:
        return CastSql(sql, "VARCHAR");
      case TypeKind::kString:
      case TypeKind::kChar:
      case TypeKind::kVarchar:
        return "ember_json_quote(" + sql + ")";
      case TypeKind::kBinary:
        return "('\"' || to_base64(" + sql + ") || '\"')";
      case TypeKind::kDate:
        if (!options_.date_format.empty()) {
          return Formatted("CAST(" + sql + " AS TIMESTAMP)", options_.date_format, "UTC");
        }
        return Quoted(sql, type);
      case TypeKind::kTimestamp:
        return Formatted(sql, options_.timestamp_format, options_.zone);
      case TypeKind::kTimestampNtz:
        return Formatted(sql, options_.timestamp_ntz_format, "UTC");
      case TypeKind::kCalendarInterval:
      case TypeKind::kYearMonthInterval:
      case TypeKind::kDayTimeInterval:
        return Quoted(sql, type);
      case TypeKind::kArray:
        return WriteArray(sql, type);
      case TypeKind::kMap:
        return WriteMap(sql, type);
      case TypeKind::kStruct:
        return WriteStruct(sql, type);
    }
    return InternalError("to_json of a type of unknown kind");
  }

 private:
  Result<std::string> Text(const std::string& sql, const DataType& type) {
    return EmitCast(sql, type, StringType(), CastMode::kAnsi, options_.zone);
  }
  Result<std::string> Quoted(const std::string& sql, const DataType& type) {
    ASSIGN_OR_RETURN(std::string text, Text(sql, type));
    return "('\"' || " + text + " || '\"')";
  }
  static Result<std::string> Formatted(const std::string& sql, const std::string& pattern,
                                       std::string_view zone) {
    RETURN_IF_ERROR(DateTimePattern::Make(pattern, DateTimePattern::Use::kFormat));
    return "ember_json_quote(ember_format_timestamp(" + sql + ", " + SqlString(pattern) + ", " +
           SqlString(zone) + "))";
  }
  std::string Variable() { return "j" + std::to_string(depth_++); }

  Result<std::string> WriteArray(const std::string& sql, const DataType& type) {
    std::string item = Variable();
    ASSIGN_OR_RETURN(std::string element, Write(item, type.element().type));
    return "('[' || array_to_string(list_transform(" + sql + ", lambda " + item + ": coalesce(" +
           element + ", 'null')), ',') || ']')";
  }

  Result<std::string> WriteMap(const std::string& sql, const DataType& type) {
    std::string entry = Variable();
    ASSIGN_OR_RETURN(std::string key, Text(entry + ".key", type.key().type));
    ASSIGN_OR_RETURN(std::string value, Write(entry + ".value", type.value().type));
    return "('{' || array_to_string(list_transform(map_entries(" + sql + "), lambda " + entry +
           ": ember_json_quote(" + key + ") || ':' || coalesce(" + value +
           ", 'null')), ',') || '}')";
  }

  Result<std::string> WriteStruct(const std::string& sql, const DataType& type) {
    std::string fields;
    for (size_t i = 0; i < type.fields().size(); ++i) {
      std::string name;
      AppendJsonString(type.fields()[i].name, name);
      ASSIGN_OR_RETURN(std::string value,
                       Write("struct_extract_at(" + sql + ", " + std::to_string(i + 1) + ")",
                             type.fields()[i].type));
      if (!options_.ignores_null_fields) value = "coalesce(" + value + ", 'null')";
      fields += (i > 0 ? ", " : "") + SqlString(name + ":") + " || " + value;
    }
    return "(CASE WHEN " + sql + " IS NOT NULL THEN '{' || coalesce(array_to_string([" + fields +
           "], ','), '') || '}' END)";
  }

  const JsonWriteOptions& options_;
  int depth_ = 0;
};

}  // namespace

Result<std::string> JsonSql(std::string_view sql, const DataType& type,
                            const JsonWriteOptions& options) {
  return JsonSqlWriter(options).Write(std::string(sql), type);
}

}  // namespace ember
