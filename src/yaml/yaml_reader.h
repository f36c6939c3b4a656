#pragma once

#include <yaml-cpp/yaml.h>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "yaml/location.h"

namespace ember {

/// The nearest of `candidates` to `word` by edit distance, empty when none is near.
std::string NearestName(std::string_view word, std::span<const std::string_view> candidates);

struct YamlEntry;

/// A YAML value that knows where it stands: every error says file:line:column and the path of keys.
class YamlReader {
 public:
  YamlReader(std::string file, YAML::Node node, std::string path)
      : file_(std::move(file)), node_(std::move(node)), path_(std::move(path)) {}

  /// Parses a whole document. Errors: not YAML (line and column), no map at the top, where
  /// `expected` says what should be there ("a pipeline file is a map with …").
  static Result<YamlReader> Parse(std::string file, const std::string& text,
                                  std::string_view expected);

  Location location() const;
  Error Fail(const std::string& what) const;
  bool is_map() const { return node_.IsMap(); }
  bool is_list() const { return node_.IsSequence(); }
  bool is_scalar() const { return node_.IsScalar(); }
  bool is_null() const { return !node_.IsDefined() || node_.IsNull(); }
  const std::string& path() const { return path_; }

  /// Fails on a key that is not in `known`, with the nearest right one, and on a key that is there
  /// twice.
  Status CheckKeys(std::span<const std::string_view> known) const;
  bool Has(std::string_view key) const;
  /// The value of a key that CheckKeys allows; an error when it is missing.
  Result<YamlReader> Get(std::string_view key) const;
  /// Keys and values in the order of the file. Fails when this is no map.
  Result<std::vector<std::pair<std::string, YamlReader>>> Entries() const;
  Result<std::vector<YamlReader>> Items() const;
  /// The same without a check: keys that are there twice too, each with its own place. Nothing
  /// where this is no map.
  std::vector<YamlEntry> RawEntries() const;

  Result<std::string> Text() const;
  Result<int> Integer() const;
  Result<bool> Boolean() const;
  /// A list of texts, or one text.
  Result<std::vector<std::string>> Texts() const;
  Result<std::map<std::string, std::string>> TextMap() const;
  /// Names and texts in the order of the file.
  Result<std::vector<std::pair<std::string, std::string>>> NamedTexts() const;

  // The same for an optional key: `fallback` where it is missing.
  Result<std::string> Text(std::string_view key, std::string fallback) const;
  Result<int> Integer(std::string_view key, int fallback) const;
  Result<bool> Boolean(std::string_view key, bool fallback) const;  // NOLINT: a value, not a switch
  Result<std::vector<std::string>> Texts(std::string_view key) const;
  Result<std::map<std::string, std::string>> TextMap(std::string_view key) const;

 private:
  std::string file_;
  YAML::Node node_;
  std::string path_;  // "inputs.prices.columns"
};

/// A key of a map with its value; `name` is empty when the key is no plain text.
struct YamlEntry {
  std::string name;
  Location key_location;
  YamlReader value;
};

}  // namespace ember
