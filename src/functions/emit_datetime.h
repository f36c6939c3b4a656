#pragma once

#include <optional>
#include <string>

#include "functions/registry.h"

namespace ember {

// DuckDB SQL for datetime rows, shared by their tables.

/// The wall clock (TIMESTAMP) of argument `index`: an instant in the session zone, an NTZ as it is.
std::string WallSql(const EmitContext& context, size_t index);
/// A time unit of date_trunc, timestampadd, extract: "MONTH" for "mon"; null when there is none.
std::optional<std::string_view> TruncationUnit(std::string_view name);
/// Guards the constant or column pattern at `index`; the error of a wrong constant one at once.
Result<std::string> GuardPattern(const EmitContext& context, size_t index, bool is_parsing,
                                 std::string value);
/// Text parsed by a pattern (SQL of both) as an instant, or as a wall clock when `zone` is empty.
/// Failing text raises CANNOT_PARSE_TIMESTAMP with ANSI mode, else gives null.
std::string ParseTimestampSql(const EmitContext& context, std::string_view text,
                              std::string_view pattern, std::string_view zone, bool raises);

/// Helpers of the tables.
Result<std::string> EmitCastTo(const EmitContext& context, size_t index, const DataType& target);
bool NullableCast(std::span<const ArgumentInfo> arguments, const TypeContext& context);
bool NullableParse(std::span<const ArgumentInfo> arguments, const TypeContext& context);

}  // namespace ember
