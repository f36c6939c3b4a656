#include "functions/emit_trim.h"

#include <fmt/format.h>

#include "functions/argument_errors.h"

namespace ember {
namespace {

// trim(characters, text), or trim(text): blanks alone.
std::string EmitTrimmed(const EmitContext& context, std::string_view function) {
  if (context.sql.size() == 1) return fmt::format("{}({}, ' ')", function, context.sql[0]);
  return fmt::format("{}({}, {})", function, context.sql[1], context.sql[0]);
}

std::string PrettyTrimmed(std::span<const std::string> text, std::string_view name,
                          std::string_view side) {
  if (text.size() == 1) return fmt::format("{}({})", name, text[0]);
  return fmt::format("TRIM({} {} FROM {})", side, text[0], text[1]);
}

}  // namespace

Result<std::string> EmitTrim(const EmitContext& context) { return EmitTrimmed(context, "trim"); }
Result<std::string> EmitLtrim(const EmitContext& context) { return EmitTrimmed(context, "ltrim"); }
Result<std::string> EmitRtrim(const EmitContext& context) { return EmitTrimmed(context, "rtrim"); }
// The checked expression has the text first, then the characters.
Result<std::vector<DataType>> CoerceTrimmed(std::span<const ArgumentInfo> arguments,
                                            const TypeContext&) {
  for (size_t i = arguments.size(); i-- > 0;) {
    const DataType& type = arguments[i].type;
    if (type.IsAtomic() || type.IsInterval() || type.Is(TypeKind::kNull)) continue;
    return UnexpectedInputType(arguments, i, "\"STRING\"", arguments.size() - 1 - i);
  }
  return std::vector<DataType>(arguments.size(), StringType());
}
std::string PrettyTrim(std::span<const std::string> text) {
  return PrettyTrimmed(text, "trim", "BOTH");
}
std::string PrettyLtrim(std::span<const std::string> text) {
  return PrettyTrimmed(text, "ltrim", "LEADING");
}
std::string PrettyRtrim(std::span<const std::string> text) {
  return PrettyTrimmed(text, "rtrim", "TRAILING");
}

}  // namespace ember
