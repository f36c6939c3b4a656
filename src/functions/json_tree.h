#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ember {

/// What Jackson's features let into JSON text (JSONOptions), by Spark's defaults.
struct JsonSyntax {
  bool comments = false;
  bool unquoted_names = false;
  bool single_quotes = true;
  bool leading_zeros = false;
  bool escapes_of_any = false;
  bool control_characters = false;
  bool non_numeric = true;
};

/// A JSON value as Spark's reader (Jackson with single quotes and non-numeric numbers) takes it:
/// numbers keep their digits, objects the order and the repetitions of their keys.
struct JsonTree {
  enum class Kind { kNull, kTrue, kFalse, kInteger, kFraction, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  std::string text;             // of numbers; of strings, decoded
  std::string_view source;      // where it stands in the parsed text
  std::vector<JsonTree> items;  // elements, or values of `keys`
  std::vector<std::string> keys;
};

/// The first value of `text`; none when it is malformed (what follows the value is not looked at).
/// `source`s point into `text`.
std::optional<JsonTree> ParseJsonTree(std::string_view text, const JsonSyntax& syntax = {});
/// Compact JSON, as Jackson copies a value: fractions as Java's double text.
void AppendJson(const JsonTree& tree, std::string& out);
/// A string with its quotes and escapes.
void AppendJsonString(std::string_view text, std::string& out);

}  // namespace ember
