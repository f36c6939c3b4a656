#include "functions/registry.h"

namespace ember {
namespace {

std::string Joined(std::span<const std::string> parts, std::string_view separator) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

}  // namespace

std::string PrettyCall(const FunctionRow& row, std::span<const std::string> arguments,
                       std::string_view distinct) {
  switch (row.style) {
    case PrettyStyle::kInfix:
      return "(" + Joined(arguments, " " + std::string(row.symbol) + " ") + ")";
    case PrettyStyle::kPrefix:
      return "(" + std::string(row.symbol) + " " + Joined(arguments, ", ") + ")";
    case PrettyStyle::kCustom:
      return row.pretty(arguments);
    case PrettyStyle::kCall:
      break;
  }
  std::vector<std::string> shown(arguments.begin(), arguments.end());
  const auto minimum = static_cast<size_t>(row.min_arguments);
  while (shown.size() >= minimum && shown.size() - minimum < row.defaults.size()) {
    shown.emplace_back(row.defaults[shown.size() - minimum]);
  }
  if (row.shown_arguments >= 0 && shown.size() > static_cast<size_t>(row.shown_arguments)) {
    shown.resize(static_cast<size_t>(row.shown_arguments));
  }
  std::string text(row.symbol.empty() ? row.name : row.symbol);
  text.append("(").append(distinct).append(Joined(shown, ", ")).append(")");
  return text;
}

}  // namespace ember
