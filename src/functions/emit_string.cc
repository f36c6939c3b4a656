#include "functions/emit_string.h"

#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"
#include "functions/sql_build.h"
#include "types/coercion.h"

namespace ember {
namespace {

using Arguments = std::span<const ArgumentInfo>;

std::string Joined(std::span<const std::string> parts, std::string_view separator) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i)
    text += (i > 0 ? std::string(separator) : "") + parts[i];
  return text;
}

bool AllAre(Arguments arguments, TypeKind kind) {
  for (const ArgumentInfo& argument : arguments) {
    if (!argument.type.Is(kind)) return false;
  }
  return !arguments.empty();
}

}  // namespace

// TypeCoercion.ConcatCoercion: binary stays when all is binary, arrays find a common type, the rest
// is text.
Result<std::vector<DataType>> CoerceConcat(Arguments arguments, const TypeContext& context) {
  if (arguments.empty()) return std::vector<DataType>{};
  if (AllAre(arguments, TypeKind::kBinary)) {
    return std::vector<DataType>(arguments.size(), BinaryType());
  }
  std::vector<DataType> types;
  std::string list;
  bool has_array = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const DataType& type = arguments[i].type;
    if (type.Is(TypeKind::kMap) || type.Is(TypeKind::kStruct)) {
      return UnexpectedInputType(arguments, i, "(\"STRING\" or \"BINARY\" or \"ARRAY\")");
    }
    has_array = has_array || type.Is(TypeKind::kArray);
    types.push_back(type);
  }
  if (!has_array) return std::vector<DataType>(arguments.size(), StringType());
  if (AllAre(arguments, TypeKind::kArray)) {
    if (auto common = WiderType(types, context.ansi)) {
      return std::vector<DataType>(arguments.size(), *common);
    }
  }
  for (const DataType& type : types) {
    const DataType& shown = type.Is(TypeKind::kArray) ? type : StringType();
    list += fmt::format("{}\"{}\"", list.empty() ? "" : " or ", SqlText(shown));
  }
  return MakeError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                   {{"functionName", "`concat`"}, {"dataType", "(" + list + ")"}});
}

Result<std::string> EmitConcat(const EmitContext& context) {
  if (context.sql.empty()) return "''";
  if (context.sql.size() == 1) return context.sql[0];
  // DuckDB gives a concatenation with a constant NULL no type.
  if (!context.result.Is(TypeKind::kArray)) {
    return SqlCast(Joined(context.sql, " || "),
                   context.result.Is(TypeKind::kBinary) ? "BLOB" : "VARCHAR");
  }
  std::string call = context.sql[0];
  std::string nulls;
  for (size_t i = 0; i < context.sql.size(); ++i) {
    if (i > 0) call = fmt::format("list_concat({}, {})", call, context.sql[i]);
    if (!context.arguments[i].nullable) continue;
    nulls += fmt::format("{}{} IS NULL", nulls.empty() ? "" : " OR ", context.sql[i]);
  }
  // list_concat takes NULL for an empty list.
  return nulls.empty() ? call : SqlCase(nulls, "NULL", call);
}

Result<std::vector<DataType>> CoerceConcatWs(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const DataType& type = arguments[i].type;
    const bool is_text_array =
        type.Is(TypeKind::kArray) && i > 0 &&
        (type.element().type.IsAtomic() || type.element().type.Is(TypeKind::kNull));
    if (is_text_array) {
      types.push_back(ArrayType(StringType(), true));
    } else if (!type.IsAtomic() && !type.Is(TypeKind::kNull)) {
      return UnexpectedInputType(arguments, i,
                                 i == 0 ? "\"STRING\"" : "(\"ARRAY<STRING>\" or \"STRING\")");
    } else {
      types.push_back(StringType());
    }
  }
  return types;
}

Result<std::string> EmitConcatWs(const EmitContext& context) {
  const std::string& separator = context.sql[0];
  bool has_array = false;
  std::string list = "CAST([] AS VARCHAR[])";
  for (size_t i = 1; i < context.sql.size(); ++i) {
    const bool is_array = context.arguments[i].type.Is(TypeKind::kArray);
    has_array = has_array || is_array;
    list = fmt::format("list_{}({}, {})", is_array ? "concat" : "append", list, context.sql[i]);
  }
  if (context.sql.size() == 1) return SqlCase(separator + " IS NULL", "NULL", "''");
  if (!has_array) return fmt::format("concat_ws({})", Joined(context.sql, ", "));
  // list_reduce in place of array_to_string, whose separator must be a constant.
  std::string filtered = fmt::format("list_filter({}, lambda ember_p: ember_p IS NOT NULL)", list);
  return fmt::format(
      "(CASE WHEN {0} IS NULL THEN NULL WHEN len({1}) = 0 THEN '' ELSE list_reduce({1}, lambda "
      "ember_p, "
      "ember_q: ember_p || {0} || ember_q) END)",
      separator, filtered);
}

Result<std::string> EmitSubstring(const EmitContext& context) {
  const std::string length = context.sql.size() > 2 ? context.sql[2] : "2147483647";
  if (context.result.Is(TypeKind::kBinary)) {
    return fmt::format("ember_substring_blob({}, {}, {})", context.sql[0], context.sql[1], length);
  }
  // From a known position at or after the first DuckDB does the same.
  auto position = ConstantInteger(context.arguments[1]);
  auto count = context.sql.size() > 2 ? ConstantInteger(context.arguments[2]) : int64_t{2147483647};
  if (position && count && *position >= 1 && *count >= 0) {
    return fmt::format("substring({}, {}, {})", context.sql[0], *position, *count);
  }
  return fmt::format("ember_substring({}, {}, {})", context.sql[0], context.sql[1], length);
}

Result<std::string> EmitLeft(const EmitContext& context) {
  if (context.result.Is(TypeKind::kBinary)) {
    return fmt::format("ember_substring_blob({}, 1, {})", context.sql[0], context.sql[1]);
  }
  return fmt::format("ember_substring({}, 1, {})", context.sql[0], context.sql[1]);
}

Result<std::string> EmitFormatNumber(const EmitContext& context) {
  const DataType& type = context.arguments[0].type;
  const bool is_pattern = context.arguments[1].type.IsStringLike();
  const bool is_double = type.Is(TypeKind::kDouble) || type.Is(TypeKind::kFloat);
  std::string number = is_double ? SqlCast(context.sql[0], "DOUBLE")
                       : type.Is(TypeKind::kDecimal)
                           ? fmt::format("ember_decimal_text({}, {})", context.sql[0], type.scale)
                           : SqlCast(context.sql[0], "VARCHAR");
  return fmt::format("ember_format_{}{}({}, {})", is_double ? "double" : "decimal",
                     is_pattern ? "_pattern" : "", number, context.sql[1]);
}

Result<std::string> EmitElt(const EmitContext& context) {
  const size_t count = context.sql.size() - 1;
  std::string sql = fmt::format("(CASE {}", context.sql[0]);
  for (size_t i = 1; i <= count; ++i) sql += fmt::format(" WHEN {} THEN {}", i, context.sql[i]);
  if (context.ansi) {
    const TokenParameter parameters[] = {{"indexValue", context.sql[0], true},
                                         {"arraySize", std::to_string(count)}};
    sql += fmt::format(" ELSE CASE WHEN {} IS NULL THEN NULL ELSE {} END", context.sql[0],
                       RaiseSql("INVALID_ARRAY_INDEX", parameters));
  }
  return sql + " END)";
}

namespace {

std::string EmitCharset(const EmitContext& context, std::string_view function) {
  const std::string call =
      fmt::format("ember_{}({}, {})", function, context.sql[0], context.sql[1]);
  const TokenParameter unknown[] = {
      {"charset", context.sql[1], true},
      {"charsets", "iso-8859-1, us-ascii, utf-16, utf-16be, utf-16le, utf-32, utf-8"},
      {"functionName", fmt::format("`{}`", function)},
      {"parameter", "`charset`"}};
  const TokenParameter malformed[] = {{"charset", context.sql[1], true},
                                      {"function", fmt::format("`{}`", function)}};
  return fmt::format(
      "coalesce({0}, CASE WHEN {1} IS NULL OR {2} IS NULL THEN NULL WHEN ember_is_charset({2}) "
      "THEN {3} ELSE {4} "
      "END)",
      call, context.sql[0], context.sql[1], RaiseSql("MALFORMED_CHARACTER_CODING", malformed),
      RaiseSql("INVALID_PARAMETER_VALUE.CHARSET", unknown));
}

}  // namespace

Result<std::string> EmitEncode(const EmitContext& context) {
  return EmitCharset(context, "encode");
}

// With more than two arguments decode is Oracle's: value, search, result, …[, default].
Result<std::string> EmitDecode(const EmitContext& context) {
  if (context.sql.size() == 2) return EmitCharset(context, "decode");
  std::string sql = "(CASE";
  size_t i = 1;
  for (; i + 1 < context.sql.size(); i += 2) {
    sql += fmt::format(" WHEN {} IS NOT DISTINCT FROM {} THEN {}", context.sql[0], context.sql[i],
                       context.sql[i + 1]);
  }
  if (i < context.sql.size()) sql += " ELSE " + context.sql[i];
  return sql + " END)";
}

}  // namespace ember
