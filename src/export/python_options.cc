#include "export/python_options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace ember {
namespace {

// Names of several words; options compare without case, so this is for the reader only.
constexpr auto kSpellings = std::to_array<std::string_view>({
    "allowBackslashEscapingAnyCharacter",
    "allowComments",
    "allowNonNumericNumbers",
    "allowNumericLeadingZeros",
    "allowSingleQuotes",
    "allowUnquotedControlChars",
    "allowUnquotedFieldNames",
    "basePath",
    "charToEscapeQuoteEscaping",
    "columnNameOfCorruptRecord",
    "columnPruning",
    "dateFormat",
    "dropFieldIfAllNull",
    "emptyValue",
    "enableDateTimeParsingFallback",
    "enforceSchema",
    "escapeQuotes",
    "ignoreCorruptFiles",
    "ignoreLeadingWhiteSpace",
    "ignoreMissingFiles",
    "ignoreNullFields",
    "ignoreTrailingWhiteSpace",
    "inferSchema",
    "lineSep",
    "maxCharsPerColumn",
    "maxColumns",
    "maxRecordsPerFile",
    "mergeSchema",
    "modifiedAfter",
    "modifiedBefore",
    "multiLine",
    "nanValue",
    "negativeInf",
    "nullValue",
    "partitionOverwriteMode",
    "pathGlobFilter",
    "positiveInf",
    "preferDate",
    "prefersDecimal",
    "primitivesAsString",
    "quoteAll",
    "recursiveFileLookup",
    "samplingRatio",
    "timeZone",
    "timestampFormat",
    "timestampNTZFormat",
    "unescapedQuoteHandling",
});

std::string Spelled(const std::string& key) {
  const auto same = [&](std::string_view spelling) {
    return std::equal(spelling.begin(), spelling.end(), key.begin(), key.end(),
                      [](char a, char b) { return std::tolower(a) == std::tolower(b); });
  };
  const auto* found = std::find_if(kSpellings.begin(), kSpellings.end(), same);
  return found == kSpellings.end() ? key : std::string(*found);
}

}  // namespace

PythonCodePtr WithPythonOptions(PythonCodePtr code, const Options& options) {
  for (const auto& [key, value] : options) {
    const std::string shown = value == "true"    ? "True"
                              : value == "false" ? "False"
                                                 : PythonString(value);
    code =
        PythonMethod(code, "option", {PythonText(PythonString(Spelled(key))), PythonText(shown)});
  }
  return code;
}

std::vector<PythonCodePtr> PythonStrings(const std::vector<std::string>& values) {
  std::vector<PythonCodePtr> out;
  for (const std::string& value : values) out.push_back(PythonText(PythonString(value)));
  return out;
}

}  // namespace ember
