// The options of reading JSON (JSONOptions), as from_json and the files' reader take them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "functions/json_reader.h"

namespace ember {
namespace {

struct SyntaxOption {
  std::string_view key;
  bool JsonSyntax::* feature;
};
constexpr SyntaxOption kSyntaxOptions[] = {
    {"allowbackslashescapinganycharacter", &JsonSyntax::escapes_of_any},
    {"allowcomments", &JsonSyntax::comments},
    {"allownonnumericnumbers", &JsonSyntax::non_numeric},
    {"allownumericleadingzeros", &JsonSyntax::leading_zeros},
    {"allowsinglequotes", &JsonSyntax::single_quotes},
    {"allowunquotedcontrolchars", &JsonSyntax::control_characters},
    {"allowunquotedfieldnames", &JsonSyntax::unquoted_names},
};

struct TextJsonOption {
  std::string_view key;
  std::string JsonReadOptions::* text;
};
constexpr TextJsonOption kTextOptions[] = {
    {"columnnameofcorruptrecord", &JsonReadOptions::corrupt_column},
    {"dateformat", &JsonReadOptions::date_format},
    {"timestampformat", &JsonReadOptions::timestamp_format},
    {"timestampntzformat", &JsonReadOptions::timestamp_ntz_format},
    {"timezone", &JsonReadOptions::zone},
};

bool EqualsLower(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
  });
}

}  // namespace

bool SetJsonOption(std::string_view key, const std::string& value, JsonReadOptions& options) {
  for (const SyntaxOption& option : kSyntaxOptions) {
    if (option.key != key) continue;
    options.syntax.*option.feature = EqualsLower(value, "true");
    return true;
  }
  for (const TextJsonOption& option : kTextOptions) {
    if (option.key != key) continue;
    options.*option.text = value;
    return true;
  }
  if (key != "mode") return false;
  options.is_fail_fast = EqualsLower(value, "failfast");
  options.drops_malformed = EqualsLower(value, "dropmalformed");
  return true;
}

std::string JsonOptionsText(const JsonReadOptions& options) {
  nlohmann::json json;
  for (const TextJsonOption& option : kTextOptions)
    json[std::string(option.key)] = options.*option.text;
  for (const SyntaxOption& option : kSyntaxOptions) {
    json[std::string(option.key)] = options.syntax.*option.feature ? "true" : "false";
  }
  if (options.is_fail_fast) json["mode"] = "failfast";
  if (options.drops_malformed) json["mode"] = "dropmalformed";
  return json.dump();
}

JsonReadOptions ReadJsonOptionsText(std::string_view text) {
  JsonReadOptions options;
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return options;
  for (const auto& [key, value] : json.items()) {
    SetJsonOption(key, value.get<std::string>(), options);
  }
  return options;
}

}  // namespace ember
