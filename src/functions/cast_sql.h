#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "types/coercion.h"
#include "types/data_type.h"
#include "types/value.h"

namespace ember {

/// DuckDB SQL that casts `sql` of type `from` to `to` as Spark does in `mode` (errors
/// CAST_INVALID_INPUT, CAST_OVERFLOW, NUMERIC_VALUE_OUT_OF_RANGE by token; null in kTry and, where
/// Spark says so, in kLegacy). The analyzer has checked CanCast. `sql` may be emitted more than
/// once: DuckDB shares equal subexpressions.
Result<std::string> EmitCast(std::string_view sql, const DataType& from, const DataType& to,
                             CastMode mode, std::string_view zone);
/// The DuckDB type that stores a Spark type: BIGINT, DECIMAL(10,2), STRUCT("a" INTEGER) …
Result<std::string> DuckDbTypeName(const DataType& type);
/// The names of a struct's fields as stored: Spark's, made unique and not empty, as DuckDB wants
/// them (it ignores case there). Fields are best taken by position: struct_extract_at(s, 1).
std::vector<std::string> StorageFieldNames(const DataType& struct_type);
/// DuckDB SQL of a constant, cast to its storage type.
Result<std::string> EmitLiteral(const Literal& literal);

}  // namespace ember
