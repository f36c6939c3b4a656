#include "functions/cast_sql.h"

#include <fmt/format.h>

#include "functions/cast_rules.h"
#include "functions/error_token.h"
#include "functions/sql_build.h"

namespace ember {
namespace {

using enum TypeKind;

constexpr std::string_view kAnsiConfig = "\"spark.sql.ansi.enabled\"";

std::string QuotedType(const DataType& type) { return "\"" + SqlText(type) + "\""; }

Result<std::string> CastToBoolean(const CastRequest& request) {
  const DataType& from = request.from;
  if (from.IsStringLike()) {
    return Bind(request.sql, [&](const std::string& x) {
      return GuardParsed(request, x, fmt::format("ember_parse_boolean({})", x));
    });
  }
  if (from.IsNumeric()) return fmt::format("({} <> 0)", request.sql);
  if (from.Is(kTimestamp) || from.Is(kTimestampNtz)) {
    return fmt::format("(epoch_us({}) <> 0)", request.sql);
  }
  if (from.Is(kDate)) return "CAST(NULL AS BOOLEAN)";
  return Unsupported("a cast of " + SimpleString(from) + " to boolean");
}

Result<std::string> CastToBinary(const CastRequest& request) {
  if (request.from.IsStringLike()) return fmt::format("encode({})", request.sql);
  if (request.from.IsIntegral()) {
    const int digits = request.from.Is(kByte)      ? 2
                       : request.from.Is(kShort)   ? 4
                       : request.from.Is(kInteger) ? 8
                                                   : 16;
    return fmt::format("unhex(right(lpad(to_hex(CAST({} AS BIGINT)), 16, '0'), {}))", request.sql,
                       digits);
  }
  return Unsupported("a cast of " + SimpleString(request.from) + " to binary");
}

}  // namespace

std::string RaiseCastInvalidInput(const CastRequest& request, const std::string& expression_sql) {
  const TokenParameter parameters[] = {{"expression", expression_sql, true},
                                       {"sourceType", QuotedType(request.from)},
                                       {"targetType", QuotedType(request.to)},
                                       {"ansiConfig", std::string(kAnsiConfig)}};
  return RaiseSql("CAST_INVALID_INPUT", parameters);
}

std::string RaiseCastOverflow(const CastRequest& request, const std::string& value_sql) {
  const TokenParameter parameters[] = {{"value", value_sql, true},
                                       {"sourceType", QuotedType(request.from)},
                                       {"targetType", QuotedType(request.to)},
                                       {"ansiConfig", std::string(kAnsiConfig)}};
  return RaiseSql("CAST_OVERFLOW", parameters);
}

std::string RaiseDecimalOutOfRange(const CastRequest& request, const std::string& value_sql) {
  const TokenParameter parameters[] = {{"value", value_sql, true},
                                       {"precision", std::to_string(request.to.precision)},
                                       {"scale", std::to_string(request.to.scale)},
                                       {"config", std::string(kAnsiConfig)}};
  return RaiseSql("NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", parameters);
}

std::string OrFailure(const std::string& sql, const std::string& value,
                      const std::string& failure) {
  return fmt::format("coalesce({}, CASE WHEN {} IS NULL THEN NULL ELSE {} END)", value, sql,
                     failure);
}

std::string GuardParsed(const CastRequest& request, const std::string& text,
                        const std::string& parsed) {
  if (request.mode != CastMode::kAnsi) return parsed;
  return OrFailure(text, parsed,
                   RaiseCastInvalidInput(request, fmt::format("ember_quoted_sql({})", text)));
}

std::string LiteralTextSql(const CastRequest& request, const std::string& sql) {
  switch (request.from.kind) {
    case kByte:
      return fmt::format("CAST({} AS VARCHAR) || 'Y'", sql);
    case kShort:
      return fmt::format("CAST({} AS VARCHAR) || 'S'", sql);
    case kLong:
      return fmt::format("CAST({} AS VARCHAR) || 'L'", sql);
    case kDecimal:
      return fmt::format("ember_decimal_text({}, {}) || 'BD'", sql, request.from.scale);
    case kFloat:
      return fmt::format(
          "CASE WHEN isfinite({0}) THEN 'CAST(' || ember_float_text({0}) || ' AS FLOAT)' ELSE "
          "ember_float_text({0}) END",
          sql);
    case kDouble:
      return fmt::format("ember_double_text({0}) || CASE WHEN isfinite({0}) THEN 'D' ELSE '' END",
                         sql);
    case kTimestamp:
      return fmt::format("'TIMESTAMP ''' || ember_timestamp_text({}) || ''''",
                         ToLocal(sql, request.zone));
    default:
      return fmt::format("CAST({} AS VARCHAR)", sql);
  }
}

Result<std::string> EmitCastOf(const CastRequest& request) {
  const DataType& from = request.from;
  const DataType& to = request.to;
  if (SameType(from, to) || (from.IsStringLike() && to.IsStringLike())) return request.sql;
  if (from.Is(kNull)) {
    ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(to));
    // raise_error and assert_true have the type VOID: they must still be computed.
    if (request.sql.find("error('") != std::string::npos) {
      return fmt::format("CAST((CASE WHEN {} IS NULL THEN NULL END) AS {})", request.sql, storage);
    }
    return SqlCast("NULL", storage);
  }
  switch (to.kind) {
    case kNull:
      return "CAST(NULL AS INTEGER)";
    case kBoolean:
      return CastToBoolean(request);
    case kByte:
    case kShort:
    case kInteger:
    case kLong:
      return CastToIntegral(request);
    case kFloat:
    case kDouble:
      return CastToFloating(request);
    case kDecimal:
      return CastToDecimal(request);
    case kString:
    case kChar:
    case kVarchar:
      return CastToText(request);
    case kBinary:
      return CastToBinary(request);
    case kDate:
    case kTimestamp:
    case kTimestampNtz:
      return CastToDatetime(request);
    case kCalendarInterval:
    case kYearMonthInterval:
    case kDayTimeInterval:
      return CastToInterval(request);
    case kArray:
    case kMap:
    case kStruct:
      return CastNested(request);
  }
  return InternalError("a cast to a type of unknown kind");
}

Result<std::string> EmitCast(std::string_view sql, const DataType& from, const DataType& to,
                             CastMode mode, std::string_view zone) {
  return EmitCastOf({std::string(sql), from, to, mode, zone, 0});
}

}  // namespace ember
