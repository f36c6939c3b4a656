#pragma once

#include <optional>
#include <span>

#include "types/data_type.h"

namespace ember {

/// Spark's rules of implicit conversion, as pure functions. `ansi` selects AnsiTypeCoercion or
/// TypeCoercion.

/// The type that holds both without loss (findTightestCommonType); null when there is none.
std::optional<DataType> TightestCommonType(const DataType& a, const DataType& b, bool ansi);
/// As above, with decimal widening, string promotion and nested types (findWiderTypeForTwo); used
/// by CASE, IF, coalesce, greatest, set operations, IN, arrays and maps.
std::optional<DataType> WiderType(const DataType& a, const DataType& b, bool ansi);
std::optional<DataType> WiderType(std::span<const DataType> types, bool ansi);
/// WiderType without conversions of or to strings (greatest, least and the array functions).
std::optional<DataType> WiderTypeWithoutString(std::span<const DataType> types, bool ansi);
/// Cast.canCast / Cast.canAnsiCast / try_cast, at analysis.
enum class CastMode { kLegacy, kAnsi, kTry };
bool CanCast(const DataType& from, const DataType& to, CastMode mode);
/// Whether a cast of a value that is not null may give null (Cast.forceNullable).
bool CastForcesNull(const DataType& from, const DataType& to);
/// Whether Spark stores `from` into `to` without loss (Cast.canUpCast).
bool CanUpCast(const DataType& from, const DataType& to);

/// Whether every value of `type` is one of `decimal` too (DecimalType.isWiderThan).
bool IsWiderDecimal(const DataType& decimal, const DataType& type);
/// Decimal type of an integral type (DecimalType.forType) and of the four operations
/// (DecimalPrecision), with spark.sql.decimalOperations.allowPrecisionLoss=true.
DataType DecimalForType(const DataType& type);
enum class DecimalOperation { kAdd, kSubtract, kMultiply, kDivide, kRemainder, kIntegralDivide };
DataType DecimalResultType(DecimalOperation operation, const DataType& a, const DataType& b);
DataType WiderDecimalType(const DataType& a, const DataType& b);

}  // namespace ember
