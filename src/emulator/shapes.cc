#include "emulator/shapes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace ember {
namespace {

std::vector<std::string> Words(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const size_t end = line.find(' ');
    if (end != 0) words.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  return words;
}

bool IsScalar(const std::string& type) {
  return type.size() == 1 ||
         (std::isdigit(static_cast<unsigned char>(type[1])) != 0 || type[1] == '~');
}

// The limits in "S0~256"; nothing where there is none.
struct Limits {
  std::optional<double> min;
  std::optional<double> max;
};
Limits LimitsOf(std::string_view type) {
  Limits limits;
  type.remove_prefix(1);
  const size_t mark = type.find('~');
  if (mark == std::string_view::npos) return limits;
  const auto number = [](std::string_view text) -> std::optional<double> {
    double value = 0;
    if (text.empty()) return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  };
  limits.min = number(type.substr(0, mark));
  limits.max = number(type.substr(mark + 1));
  return limits;
}

std::string Failed(const AwsJson& json, const std::string& path, const std::string& constraint) {
  return fmt::format(
      "1 validation error detected: Value '{}' at '{}' failed to satisfy constraint: {}",
      json.is_string() ? json.get<std::string>() : json.dump(), path.empty() ? "request" : path,
      constraint);
}

// As the service spells a member in its messages: "instances.instanceGroups".
std::string Below(const std::string& path, const std::string& member) {
  std::string name = member;
  name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  return path.empty() ? name : path + "." + name;
}

bool HasKind(char kind, const AwsJson& json) {
  switch (kind) {
    case 'S':
      return json.is_string();
    case 'I':
      return json.is_number_integer();
    case 'B':
      return json.is_boolean();
    default:
      return json.is_number();
  }
}

std::optional<std::string> CheckScalar(const std::string& type, const AwsJson& json,
                                       const std::string& path) {
  static constexpr std::string_view kNames[] = {"S:a text", "I:an integer", "B:a boolean",
                                                "D:a number", "T:a time in seconds"};
  if (!HasKind(type[0], json)) {
    for (const std::string_view name : kNames) {
      if (name[0] == type[0])
        return Failed(json, path, fmt::format("Member must be {}", name.substr(2)));
    }
  }
  const Limits limits = LimitsOf(type);
  const bool is_text = json.is_string();
  double value = 0;
  if (is_text) {
    value = static_cast<double>(json.get_ref<const std::string&>().size());
  } else if (json.is_number()) {
    value = json.get<double>();
  }
  const char* what = is_text ? "length" : "value";
  if (limits.min && value < *limits.min) {
    return Failed(
        json, path,
        fmt::format("Member must have {} greater than or equal to {}", what, *limits.min));
  }
  if (limits.max && value > *limits.max) {
    return Failed(json, path,
                  fmt::format("Member must have {} less than or equal to {}", what, *limits.max));
  }
  return std::nullopt;
}

}  // namespace

ShapeTable::ShapeTable(std::string_view text) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::vector<std::string> words = Words(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.size() < 2) continue;
    if (words[1] == "()") {
      actions_[words[0]] = {words[2], words[3]};
      continue;
    }
    Shape& shape = shapes_[words[0]];
    shape.kind = words[1][0];
    for (size_t i = 2; i < words.size(); ++i) {
      if (shape.kind == '=') {
        shape.choices.push_back(words[i]);
      } else if (shape.kind == '{') {
        const size_t colon = words[i].find(':');
        std::string name = words[i].substr(0, colon);
        const bool is_required = name.ends_with('!');
        if (is_required) name.pop_back();
        shape.members[name] = {words[i].substr(colon + 1), is_required};
      } else {
        shape.element = words[i];
      }
    }
  }
}

std::vector<std::string> ShapeTable::actions() const {
  std::vector<std::string> names;
  for (const auto& [name, action] : actions_) names.push_back(name);
  return names;
}

std::optional<std::string> ShapeTable::CheckStructure(const Shape& shape, const AwsJson& json,
                                                      const std::string& path) const {
  for (const auto& [key, value] : json.items()) {
    const auto member = shape.members.find(key);
    if (member == shape.members.end()) {
      return fmt::format("Unknown member '{}' at '{}'", key, path.empty() ? "request" : path);
    }
    if (value.is_null()) continue;
    if (auto wrong = Check(member->second.type, value, Below(path, key))) return wrong;
  }
  for (const auto& [name, member] : shape.members) {
    if (!member.is_required || (json.contains(name) && !json[name].is_null())) continue;
    return Failed(nullptr, Below(path, name), "Member must not be null");
  }
  return std::nullopt;
}

std::optional<std::string> ShapeTable::Check(const std::string& type, const AwsJson& json,
                                             const std::string& path) const {
  if (IsScalar(type)) return CheckScalar(type, json, path);
  const Shape& shape = shapes_.at(type);
  switch (shape.kind) {
    case '{':
      if (!json.is_object()) return Failed(json, path, "Member must be a structure");
      return CheckStructure(shape, json, path);
    case '[': {
      if (!json.is_array()) return Failed(json, path, "Member must be a list");
      for (size_t i = 0; i < json.size(); ++i) {
        auto wrong = Check(shape.element, json[i], fmt::format("{}.{}.member", path, i + 1));
        if (wrong) return wrong;
      }
      return std::nullopt;
    }
    case '<': {
      if (!json.is_object()) return Failed(json, path, "Member must be a map");
      for (const auto& [key, value] : json.items()) {
        if (auto wrong = Check(shape.element, value, path + "." + key)) return wrong;
      }
      return std::nullopt;
    }
    default:
      break;
  }
  const auto& choices = shape.choices;
  if (json.is_string() &&
      std::find(choices.begin(), choices.end(), json.get<std::string>()) != choices.end()) {
    return std::nullopt;
  }
  return Failed(json, path,
                fmt::format("Member must satisfy enum value set: [{}]", fmt::join(choices, ", ")));
}

std::optional<std::string> ShapeTable::CheckRequest(const std::string& action,
                                                    const AwsJson& json) const {
  const std::string& shape = actions_.at(action).request;
  return shape == "-" ? std::nullopt : Check(shape, json, "");
}

std::optional<std::string> ShapeTable::CheckAnswer(const std::string& action,
                                                   const AwsJson& json) const {
  const std::string& shape = actions_.at(action).answer;
  if (shape != "-") return Check(shape, json, "");
  return json.empty() ? std::nullopt
                      : std::optional<std::string>("an answer where there is to be none");
}

}  // namespace ember
