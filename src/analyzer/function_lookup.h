#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "functions/registry.h"
#include "plan/expression.h"

namespace ember {

/// The type of a function that is a cast under a type's name (lower case), as int('1').
std::optional<DataType> CastFunctionType(std::string_view name);
/// Spark's functions that Ember does not have, in lower case.
std::span<const std::string_view> MissingFunctions();
/// No function has the name; "db.f" is `db`.`f`. A missing function is an unsupported one.
Error UnresolvedRoutine(std::string_view name);
/// WRONG_NUM_ARGS of a call with `actual` arguments.
Error WrongArgumentCount(const FunctionRow& row, std::string_view name, size_t actual);

/// Whether the function takes the WITHIN GROUP that the call has, or needs one; `actual` arguments
/// are written.
Status CheckWithinGroup(const UnresolvedFunction& call, const FunctionRow& row, size_t actual);

}  // namespace ember
