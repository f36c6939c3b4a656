#include "yaml/yaml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/edit_distance.h"

namespace ember {

std::string NearestName(std::string_view word, std::span<const std::string_view> candidates) {
  std::string best;
  size_t best_distance = std::max<size_t>(2, word.size() / 2) + 1;
  for (const std::string_view candidate : candidates) {
    const size_t distance = EditDistance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

Result<YamlReader> YamlReader::Parse(std::string file, const std::string& text,
                                     std::string_view expected) {
  try {
    YAML::Node node = YAML::Load(text);
    if (!node.IsMap()) {
      return InvalidInput(fmt::format("{}:1:1: {}", file, expected));
    }
    return YamlReader(std::move(file), std::move(node), "");
  } catch (const YAML::Exception& e) {
    return InvalidInput(fmt::format("{}:{}:{}: not valid YAML: {}", file, e.mark.line + 1,
                                    e.mark.column + 1, e.msg));
  }
}

Location YamlReader::location() const {
  const YAML::Mark mark = node_.Mark();
  return {mark.line + 1, mark.column + 1};
}

Error YamlReader::Fail(const std::string& what) const {
  const Location at = location();
  return InvalidInput(fmt::format("{}:{}:{}: {}{}{}", file_, at.line, at.column, path_,
                                  path_.empty() ? "" : ": ", what));
}

Status YamlReader::CheckKeys(std::span<const std::string_view> known) const {
  if (!node_.IsMap()) {
    return Fail(fmt::format("must be a map with keys of: {}", fmt::join(known, ", ")));
  }
  std::set<std::string> seen;
  for (const auto& entry : node_) {
    const YamlReader key(file_, entry.first, path_);
    if (!entry.first.IsScalar()) return key.Fail("a key must be plain text");
    const std::string& name = entry.first.Scalar();
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string nearest = NearestName(name, known);
      const std::string hint = nearest.empty()
                                   ? fmt::format("known keys: {}", fmt::join(known, ", "))
                                   : fmt::format("did you mean '{}'?", nearest);
      return key.Fail(fmt::format("unknown key '{}': {}", name, hint));
    }
    if (!seen.insert(name).second) return key.Fail(fmt::format("key '{}' is here twice", name));
  }
  return {};
}

bool YamlReader::Has(std::string_view key) const {
  return node_.IsMap() && node_[std::string(key)].IsDefined();
}

Result<YamlReader> YamlReader::Get(std::string_view key) const {
  if (!Has(key)) return Fail(fmt::format("key '{}' is missing", key));
  return YamlReader(file_, node_[std::string(key)],
                    path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key));
}

Result<std::vector<std::pair<std::string, YamlReader>>> YamlReader::Entries() const {
  if (!node_.IsMap()) return Fail("must be a map of names");
  std::vector<std::pair<std::string, YamlReader>> entries;
  std::set<std::string> seen;
  for (const auto& entry : node_) {
    const YamlReader key(file_, entry.first, path_);
    if (!entry.first.IsScalar()) return key.Fail("a name must be plain text");
    const std::string& name = entry.first.Scalar();
    if (!seen.insert(name).second) return key.Fail(fmt::format("name '{}' is here twice", name));
    entries.emplace_back(
        name,
        YamlReader(file_, entry.second, path_.empty() ? name : fmt::format("{}.{}", path_, name)));
  }
  return entries;
}

std::vector<YamlEntry> YamlReader::RawEntries() const {
  std::vector<YamlEntry> entries;
  if (!node_.IsMap()) return entries;
  for (const auto& entry : node_) {
    const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "";
    const YamlReader key(file_, entry.first, path_);
    entries.push_back({name, key.location(),
                       YamlReader(file_, entry.second,
                                  path_.empty() ? name : fmt::format("{}.{}", path_, name))});
  }
  return entries;
}

Result<std::vector<YamlReader>> YamlReader::Items() const {
  if (!node_.IsSequence()) return Fail("must be a list");
  std::vector<YamlReader> items;
  for (size_t i = 0; i < node_.size(); ++i)
    items.emplace_back(file_, node_[i], fmt::format("{}[{}]", path_, i + 1));
  return items;
}

Result<std::string> YamlReader::Text() const {
  if (!node_.IsScalar()) return Fail("must be plain text");
  return node_.Scalar();
}

Result<int> YamlReader::Integer() const {
  ASSIGN_OR_RETURN(const std::string text, Text());
  int value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size())
    return Fail(fmt::format("must be an integer, not '{}'", text));
  return value;
}

Result<bool> YamlReader::Boolean() const {
  ASSIGN_OR_RETURN(const std::string text, Text());
  if (text == "true") return true;
  if (text == "false") return false;
  return Fail(fmt::format("must be true or false, not '{}'", text));
}

Result<std::vector<std::string>> YamlReader::Texts() const {
  if (node_.IsScalar()) return std::vector<std::string>{node_.Scalar()};
  ASSIGN_OR_RETURN(const auto items, Items());
  std::vector<std::string> texts;
  for (const auto& item : items) {
    ASSIGN_OR_RETURN(std::string text, item.Text());
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<std::map<std::string, std::string>> YamlReader::TextMap() const {
  ASSIGN_OR_RETURN(const auto entries, Entries());
  std::map<std::string, std::string> map;
  for (const auto& [name, value] : entries) {
    ASSIGN_OR_RETURN(map[name], value.Text());
  }
  return map;
}

Result<std::vector<std::pair<std::string, std::string>>> YamlReader::NamedTexts() const {
  ASSIGN_OR_RETURN(const auto entries, Entries());
  std::vector<std::pair<std::string, std::string>> named;
  for (const auto& [name, value] : entries) {
    ASSIGN_OR_RETURN(std::string text, value.Text());
    named.emplace_back(name, std::move(text));
  }
  return named;
}

Result<std::string> YamlReader::Text(std::string_view key, std::string fallback) const {
  if (!Has(key)) return fallback;
  ASSIGN_OR_RETURN(const YamlReader value, Get(key));
  return value.Text();
}

Result<int> YamlReader::Integer(std::string_view key, int fallback) const {
  if (!Has(key)) return fallback;
  ASSIGN_OR_RETURN(const YamlReader value, Get(key));
  return value.Integer();
}

Result<bool> YamlReader::Boolean(std::string_view key, bool fallback) const {  // NOLINT
  if (!Has(key)) return fallback;
  ASSIGN_OR_RETURN(const YamlReader value, Get(key));
  return value.Boolean();
}

Result<std::vector<std::string>> YamlReader::Texts(std::string_view key) const {
  if (!Has(key)) return std::vector<std::string>{};
  ASSIGN_OR_RETURN(const YamlReader value, Get(key));
  return value.Texts();
}

Result<std::map<std::string, std::string>> YamlReader::TextMap(std::string_view key) const {
  if (!Has(key)) return std::map<std::string, std::string>{};
  ASSIGN_OR_RETURN(const YamlReader value, Get(key));
  return value.TextMap();
}

}  // namespace ember
