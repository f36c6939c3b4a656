#include "plan/attribute_name.h"

namespace ember {
namespace {

Error NameSyntaxError(std::string_view name) {
  return MakeError("INVALID_ATTRIBUTE_NAME_SYNTAX", {{"name", std::string(name)}});
}

}  // namespace

Result<std::vector<std::string>> SplitAttributeName(std::string_view name) {
  std::vector<std::string> parts;
  std::string part;
  bool in_backticks = false;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const char next = i + 1 < name.size() ? name[i + 1] : '\0';
    if (in_backticks) {
      if (c != '`') {
        part += c;
      } else if (next == '`') {
        part += '`';
        ++i;
      } else {
        in_backticks = false;
        if (i + 1 < name.size() && next != '.') return NameSyntaxError(name);
      }
    } else if (c == '`') {
      if (!part.empty()) return NameSyntaxError(name);
      in_backticks = true;
    } else if (c == '.') {
      if (i == 0 || name[i - 1] == '.' || i + 1 == name.size()) return NameSyntaxError(name);
      parts.push_back(std::move(part));
      part.clear();
    } else {
      part += c;
    }
  }
  if (in_backticks) return NameSyntaxError(name);
  parts.push_back(std::move(part));
  return parts;
}

std::string JoinAttributeName(const std::vector<std::string>& parts) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += '.';
    const bool plain = !parts[i].empty() && parts[i].find_first_of("`.") == std::string::npos;
    out += plain ? parts[i] : QuoteIdentifier(parts[i]);
  }
  return out;
}

}  // namespace ember
