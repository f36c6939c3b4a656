#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "functions/argument_errors.h"
#include "functions/error_token.h"
#include "functions/registry.h"
#include "functions/result_types.h"
#include "functions/row_index.h"
#include "functions/sql_build.h"
#include "functions/table_check.h"

namespace ember {
namespace {

using enum TypeClass;
using enum Nullability;

std::string RaiseUser(const TokenParameter& message) {
  const TokenParameter parameters[] = {message};
  return RaiseSql("USER_RAISED_EXCEPTION", parameters);
}

Result<std::vector<DataType>> CoerceAssertTrue(std::span<const ArgumentInfo> arguments,
                                               const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (!type.Is(TypeKind::kBoolean) && !type.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 0, "\"BOOLEAN\"");
  }
  std::vector<DataType> types = {BooleanType()};
  if (arguments.size() > 1) types.push_back(StringType());
  return types;
}
std::string PrettyAssertTrue(std::span<const std::string> text) {
  if (text.size() == 1) return fmt::format("assert_true({0}, '{0}' is not true!)", text[0]);
  return fmt::format("assert_true({}, {})", text[0], text[1]);
}
Result<std::string> EmitAssertTrue(const EmitContext& context) {
  std::string raise;
  if (context.sql.size() > 1) {
    raise = RaiseUser({"errorMessage", context.sql[1], true});
  } else {
    raise =
        RaiseUser({"errorMessage", fmt::format("'{}' is not true!", context.arguments[0].pretty)});
  }
  return fmt::format("CAST((CASE WHEN {} THEN NULL ELSE {} END) AS INTEGER)", context.sql[0],
                     raise);
}
Result<std::string> EmitRaiseError(const EmitContext& context) {
  return fmt::format("CAST({} AS INTEGER)", RaiseUser({"errorMessage", context.sql[0], true}));
}

// RaiseError takes the message in a map.
Result<std::vector<DataType>> CoerceRaiseError(std::span<const ArgumentInfo> arguments,
                                               const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (type.IsAtomic() || type.IsInterval() || type.Is(TypeKind::kNull)) {
    return std::vector<DataType>{StringType()};
  }
  Error error = UnexpectedInputType(arguments, 0, "\"MAP<STRING, STRING>\"", 1);
  error.parameters["inputSql"] =
      QuoteExpression(fmt::format("map(errorMessage, {})", arguments[0].pretty));
  error.parameters["inputType"] = fmt::format("\"MAP<STRING, {}>\"", SqlText(type));
  return error;
}
std::string PrettyRaiseError(std::span<const std::string> text) {
  return fmt::format("raise_error(USER_RAISED_EXCEPTION, map(errorMessage, {}))", text[0]);
}

// The user whose process this is.
Result<std::string> EmitUser(const EmitContext&) {
  const passwd* user = getpwuid(geteuid());
  return SqlString(user == nullptr ? "unknown" : user->pw_name);
}

Result<std::string> EmitTypeof(const EmitContext& context) {
  return SqlString(SimpleString(context.arguments[0].type));
}

// A constant of the session, without arguments.
constexpr FunctionRow Fact(std::string_view name, std::string_view shown, ResultTypeFunction result,
                           std::string_view duckdb, std::string_view doc,
                           std::string_view example) {
  return {.name = name,
          .result = result,
          .nullability = kNever,
          .duckdb = duckdb,
          .symbol = shown,
          .doc = doc,
          .example = example};
}

constexpr FunctionRow kRows[] = {
    {.name = "assert_true",
     .min_arguments = 1,
     .max_arguments = 2,
     .arguments = kTypes<kBoolean, kString>,
     .coercion = CoercionRule::kCustom,
     .result = ResultNull,
     .nullability = kAlways,
     .emit = EmitAssertTrue,
     .coerce = CoerceAssertTrue,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyAssertTrue,
     .doc = "NULL where the condition holds, else an error.",
     .example = "SELECT assert_true(0 < 1)"},
    Fact("current_catalog", "current_catalog", ResultString, "'spark_catalog'",
         "The session's catalog.", "SELECT current_catalog()"),
    Fact("current_database", "current_schema", ResultString, "'default'", "The session's schema.",
         "SELECT current_database()"),
    {.name = "current_user",
     .result = ResultString,
     .nullability = kNever,
     .emit = EmitUser,
     .doc = "The user who runs the session.",
     .example = "SELECT current_user() IS NOT NULL"},
    Fact("input_file_block_length", "input_file_block_length", ResultLong, "CAST(-1 AS BIGINT)",
         "The length of the block being read; Ember reads files whole: -1.",
         "SELECT input_file_block_length()"),
    Fact("input_file_block_start", "input_file_block_start", ResultLong, "CAST(-1 AS BIGINT)",
         "The start of the block being read; Ember reads files whole: -1.",
         "SELECT input_file_block_start()"),
    {.name = "input_file_name",
     .result = ResultString,
     .nullability = kNever,
     .duckdb = "''",
     .is_deterministic = false,
     .doc = "The file a row was read from, empty for other sources.",
     .example = "SELECT input_file_name()"},
    {.name = "monotonically_increasing_id",
     .result = ResultLong,
     .nullability = kNever,
     .duckdb = kRowIndexColumn,
     .is_deterministic = false,
     .doc = "Ascending numbers, one a row.",
     .example = "SELECT monotonically_increasing_id()"},
    {.name = "raise_error",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .coercion = CoercionRule::kCustom,
     .result = ResultNull,
     .nullability = kAlways,
     .emit = EmitRaiseError,
     .coerce = CoerceRaiseError,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyRaiseError,
     .doc = "Fails with a message.",
     .example = "SELECT if(true, 1, raise_error('never'))"},
    {.name = "spark_partition_id",
     .result = ResultInteger,
     .nullability = kNever,
     .duckdb = "CAST(0 AS INTEGER)",
     .symbol = "SPARK_PARTITION_ID",
     .is_deterministic = false,
     .doc = "The number of the partition: Ember has one.",
     .example = "SELECT spark_partition_id()"},
    {.name = "typeof",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kAny>,
     .result = ResultString,
     .nullability = kNever,
     .emit = EmitTypeof,
     .doc = "The name of the argument's type.",
     .example = "SELECT typeof(1)"},
    {.name = "uuid",
     .max_arguments = 1,
     .arguments = kTypes<kLong>,
     .result = ResultString,
     .nullability = kNever,
     .duckdb = "CAST(uuid() AS VARCHAR)",
     .is_deterministic = false,
     .doc = "A random UUID.",
     .example = "SELECT length(uuid())"},
    Fact("version", "version", ResultString, "'4.0.2 ember'",
         "The version of Spark that Ember answers as, and its own name.", "SELECT version()"),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> MiscFunctions() { return kRows; }

}  // namespace ember
