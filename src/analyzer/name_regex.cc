#include "analyzer/name_regex.h"

#include <utility>

namespace ember {

Result<NameRegex> NameRegex::Make(const std::string& pattern, bool case_sensitive) {
  // std::regex throws on a bad pattern; it ends here.
  try {
    auto flags = std::regex::ECMAScript;
    if (!case_sensitive) flags |= std::regex::icase;
    return NameRegex(std::regex(pattern, flags));
  } catch (const std::regex_error&) {
    return MakeError("INVALID_PARAMETER_VALUE.PATTERN", {{"functionName", "`colRegex`"},
                                                         {"parameter", "`regexp`"},
                                                         {"value", "'" + pattern + "'"}});
  }
}

bool NameRegex::Matches(const std::string& name) const { return std::regex_match(name, regex_); }

}  // namespace ember
