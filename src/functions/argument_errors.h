#pragma once

#include <span>
#include <string_view>

#include "functions/registry.h"

namespace ember {

// Errors that Spark's checkInputDataTypes give, for `result` and `coerce` of a row; the analyzer
// adds the parameter sqlExpr.

/// `required` is Spark's text: "\"INT\"", "(\"ARRAY\" or \"MAP\")".
Error UnexpectedInputType(std::span<const ArgumentInfo> arguments, size_t index,
                          std::string_view required);
Error NonFoldableInput(const ArgumentInfo& argument, std::string_view name);
Error ValueOutOfRange(std::string_view name, std::string_view range, std::string_view value);
Error UnexpectedNull(std::string_view name);
Error InvalidOrdering(std::string_view function, const DataType& type);
/// The constant of an integral, floating or decimal argument as a double, an integer; its text.
std::optional<double> ConstantDouble(const ArgumentInfo& argument);
std::optional<int64_t> ConstantInteger(const ArgumentInfo& argument);
std::optional<std::string> ConstantText(const ArgumentInfo& argument);
/// A constant null.
bool IsConstantNull(const ArgumentInfo& argument);

}  // namespace ember
