#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "types/coercion.h"
#include "types/data_type.h"

namespace ember {

/// One cast: `sql` of `from` to `to`. Parts of EmitCast, each for a kind of target.
struct CastRequest {
  std::string sql;
  DataType from;
  DataType to;
  CastMode mode = CastMode::kAnsi;
  std::string_view zone;
  int depth = 0;  // of nested types: gives lambda parameters their names
};

Result<std::string> EmitCastOf(const CastRequest& request);
Result<std::string> CastToText(const CastRequest& request);
Result<std::string> CastToIntegral(const CastRequest& request);
Result<std::string> CastToFloating(const CastRequest& request);
Result<std::string> CastToDecimal(const CastRequest& request);
Result<std::string> CastToDatetime(const CastRequest& request);
Result<std::string> CastToInterval(const CastRequest& request);
Result<std::string> CastNested(const CastRequest& request);

/// `parsed` (null where `text` is malformed) with CAST_INVALID_INPUT in ANSI mode.
std::string GuardParsed(const CastRequest& request, const std::string& text,
                        const std::string& parsed);
/// CAST_OVERFLOW for a value whose SQL text in the error is `value_sql` (DuckDB SQL).
std::string RaiseCastOverflow(const CastRequest& request, const std::string& value_sql);
/// CAST_INVALID_INPUT with `expression_sql` (DuckDB SQL) as the value's text.
std::string RaiseCastInvalidInput(const CastRequest& request, const std::string& expression_sql);
/// NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION for request.to, a decimal.
std::string RaiseDecimalOutOfRange(const CastRequest& request, const std::string& value_sql);
/// CASE WHEN sql IS NULL THEN NULL ELSE …, in coalesce: `value`, or `failure` where only `value` is
/// null.
std::string OrFailure(const std::string& sql, const std::string& value, const std::string& failure);
/// The value of a number as Spark writes it in errors (Literal.sql): 5L, 1.5BD, 1.0E10D.
std::string LiteralTextSql(const CastRequest& request, const std::string& sql);

}  // namespace ember
