#include "functions/argument_errors.h"

#include <cmath>

namespace ember {

std::string OrdinalText(size_t index) {
  constexpr std::string_view kNames[] = {"first", "second", "third"};
  if (index < std::size(kNames)) return std::string(kNames[index]);
  return std::to_string(index + 1) + "th";
}

Error UnexpectedInputType(std::span<const ArgumentInfo> arguments, size_t index,
                          std::string_view required) {
  return MakeError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                   {{"paramIndex", OrdinalText(index)},
                    {"requiredType", std::string(required)},
                    {"inputSql", QuoteExpression(arguments[index].pretty)},
                    {"inputType", "\"" + SqlText(arguments[index].type) + "\""}});
}

Error UnexpectedInputType(std::span<const ArgumentInfo> arguments, size_t index,
                          std::string_view required, size_t shown_index) {
  Error error = UnexpectedInputType(arguments, index, required);
  error.parameters["paramIndex"] = OrdinalText(shown_index);
  return error;
}

Result<std::vector<DataType>> ExactTexts(std::span<const ArgumentInfo> arguments,
                                         const TypeContext&) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    const DataType& type = arguments[i].type;
    if (!type.IsStringLike() && !type.Is(TypeKind::kNull)) {
      return UnexpectedInputType(arguments, i, "\"STRING\"");
    }
  }
  return std::vector<DataType>(arguments.size(), StringType());
}

Error NonFoldableInput(const ArgumentInfo& argument, std::string_view name) {
  return MakeError("DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                   {{"inputName", QuoteIdentifier(name)},
                    {"inputType", "\"" + SqlText(argument.type) + "\""},
                    {"inputExpr", QuoteExpression(argument.pretty)}});
}

Error ValueOutOfRange(std::string_view name, std::string_view range, std::string_view value) {
  return MakeError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", {{"exprName", std::string(name)},
                                                            {"valueRange", std::string(range)},
                                                            {"currentValue", std::string(value)}});
}

Error UnexpectedNull(std::string_view name) {
  return MakeError("DATATYPE_MISMATCH.UNEXPECTED_NULL", {{"exprName", std::string(name)}});
}

Error InvalidOrdering(std::string_view function, const DataType& type) {
  return MakeError(
      "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
      {{"functionName", QuoteIdentifier(function)}, {"dataType", "\"" + SqlText(type) + "\""}});
}

bool IsConstantNull(const ArgumentInfo& argument) {
  return argument.constant.has_value() && argument.constant->is_null();
}

std::optional<double> ConstantDouble(const ArgumentInfo& argument) {
  if (!argument.constant) return std::nullopt;
  const auto& data = argument.constant->data;
  if (const auto* number = std::get_if<double>(&data)) return *number;
  if (const auto* number = std::get_if<int64_t>(&data)) return static_cast<double>(*number);
  if (const auto* number = std::get_if<DecimalValue>(&data)) {
    return std::strtod(DecimalText(number->unscaled, argument.type.scale).c_str(), nullptr);
  }
  return std::nullopt;
}

std::optional<int64_t> ConstantInteger(const ArgumentInfo& argument) {
  if (!argument.constant) return std::nullopt;
  if (const auto* number = std::get_if<int64_t>(&argument.constant->data)) return *number;
  return std::nullopt;
}

std::optional<std::string> ConstantText(const ArgumentInfo& argument) {
  if (!argument.constant) return std::nullopt;
  if (const auto* text = std::get_if<std::string>(&argument.constant->data)) return *text;
  return std::nullopt;
}

}  // namespace ember
