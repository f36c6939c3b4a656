#include "functions/emit_mask.h"

#include <algorithm>
#include <optional>

#include "functions/argument_errors.h"

namespace ember {

// Mask: the replacements are constants of one character; NULL keeps what is there.
Result<std::vector<DataType>> CoerceMask(std::span<const ArgumentInfo> arguments,
                                         const TypeContext& context) {
  ASSIGN_OR_RETURN(std::vector<DataType> types, ExactTexts(arguments, context));
  constexpr std::string_view kNames[] = {"str", "upperChar", "lowerChar", "digitChar", "otherChar"};
  for (size_t i = 1; i < arguments.size(); ++i) {
    if (!arguments[i].constant) return NonFoldableInput(arguments[i], kNames[i]);
    const std::optional<std::string> text = ConstantText(arguments[i]);
    const auto begins_character = [](char c) { return (c & 0xC0) != 0x80; };
    if (text && std::ranges::count_if(*text, begins_character) != 1) {
      return MakeError("DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE",
                       {{"exprName", std::string(kNames[i])}});
    }
  }
  return types;
}
Result<std::string> EmitMask(const EmitContext& context) {
  std::string sql = "ember_mask(" + context.sql[0];
  constexpr std::string_view kDefaults[] = {"", "'X'", "'x'", "'n'", "''"};
  for (size_t i = 1; i < std::size(kDefaults); ++i) {
    // The native keeps characters whose replacement is empty.
    const bool is_given = i < context.sql.size();
    sql += ", " + (is_given ? "coalesce(" + context.sql[i] + ", '')" : std::string(kDefaults[i]));
  }
  return sql + ")";
}

}  // namespace ember
