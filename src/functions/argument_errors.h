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
/// As above, where the checked expression has the argument at another place.
Error UnexpectedInputType(std::span<const ArgumentInfo> arguments, size_t index,
                          std::string_view required, size_t shown_index);
/// Spark's name of a position: first, second, third, 4th …
std::string OrdinalText(size_t index);
/// `coerce` of functions that take strings and convert nothing to them.
Result<std::vector<DataType>> ExactTexts(std::span<const ArgumentInfo> arguments,
                                         const TypeContext& context);
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
