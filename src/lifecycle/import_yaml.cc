#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lifecycle/import_file.h"

namespace ember {
namespace {

constexpr size_t kLineWidth = 100;

// Whether YAML reads the text as this text, also within [ ] and { }.
bool IsPlain(const std::string& text) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"true", "false", "null", "yes", "no", "on", "off", "y", "n"});
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (text.empty() || std::find(kWords.begin(), kWords.end(), lower) != kWords.end()) return false;
  if (std::isalpha(static_cast<unsigned char>(text[0])) == 0 && text[0] != '/') return false;
  if (text.back() == ':' || text.back() == ' ') return false;
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) {
                       return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' ||
                              c == '/' || c == ':' || c == '=' || c == ' ' || c == '@' || c == '+';
                     }) &&
         text.find(": ") == std::string::npos;
}

std::string Scalar(const EmrJson& value) {
  if (value.is_string() && IsPlain(value.get_ref<const std::string&>()))
    return value.get<std::string>();
  return value.dump();
}

std::string InLine(const EmrJson& value) {
  std::string out;
  if (value.is_array()) {
    for (const EmrJson& item : value) out += (out.empty() ? "" : ", ") + InLine(item);
    return "[" + out + "]";
  }
  if (!value.is_object()) return Scalar(value);
  for (const auto& [key, item] : value.items())
    out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", Scalar(key), InLine(item));
  return "{" + out + "}";
}

void Write(const EmrJson& value, const std::string& indent, std::string& out);

// "key: value" in a line, or the value below it where it has much to say.
void WriteMember(const std::string& key, const EmrJson& value, const std::string& indent,
                 std::string& out) {
  const std::string line = InLine(value);
  const bool has_maps = value.is_array() && !value.empty() && value.front().is_object();
  const bool is_long = indent.size() + key.size() + line.size() + 2 > kLineWidth;
  if (!has_maps && (!is_long || !value.is_object())) {
    out += fmt::format("{}{}: {}\n", indent, Scalar(key), line);
    return;
  }
  out += fmt::format("{}{}:\n", indent, Scalar(key));
  Write(value, indent + "  ", out);
}

void Write(const EmrJson& value, const std::string& indent, std::string& out) {
  if (value.is_object()) {
    for (const auto& [key, item] : value.items()) WriteMember(key, item, indent, out);
    return;
  }
  for (const EmrJson& item : value) {
    const std::string line = InLine(item);
    if (indent.size() + line.size() + 2 <= kLineWidth || !item.is_object()) {
      out += fmt::format("{}- {}\n", indent, line);
      continue;
    }
    std::string below;
    Write(item, indent + "  ", below);
    below.replace(indent.size(), 2, "- ");
    out += below;
  }
}

void Differ(const EmrJson& cluster, const EmrJson& file, const std::string& path,
            std::vector<std::string>& out) {
  if (cluster.is_object() && file.is_object()) {
    const std::string dot = path.empty() ? "" : ".";
    for (const auto& [key, value] : cluster.items()) {
      const auto found = file.find(key);
      Differ(value, found == file.end() ? EmrJson() : *found, path + dot + key, out);
    }
    for (const auto& [key, value] : file.items()) {
      if (!cluster.contains(key)) Differ(EmrJson(), value, path + dot + key, out);
    }
    return;
  }
  if (cluster.is_array() && file.is_array()) {
    const size_t size = std::max(cluster.size(), file.size());
    for (size_t i = 0; i < size; ++i) {
      Differ(i < cluster.size() ? cluster[i] : EmrJson(), i < file.size() ? file[i] : EmrJson(),
             fmt::format("{}[{}]", path, i + 1), out);
    }
    return;
  }
  if (cluster == file) return;
  const auto say = [](const EmrJson& json) { return json.is_null() ? "nothing" : json.dump(); };
  out.push_back(
      fmt::format("{}: the cluster has {}, this file makes {}", path, say(cluster), say(file)));
}

}  // namespace

std::vector<std::string> EmrDifferences(const EmrJson& cluster, const EmrJson& file) {
  std::vector<std::string> differences;
  Differ(cluster, file, "", differences);
  return differences;
}

std::string EmrYaml(const EmrJson& json) {
  std::string out;
  Write(json, "", out);
  return out;
}

}  // namespace ember
