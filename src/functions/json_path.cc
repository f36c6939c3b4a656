#include "functions/json_path.h"

namespace ember {
namespace {

std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += ',';
    text += parts[i];
  }
  return text;
}

}  // namespace

std::optional<JsonPath> JsonPath::Parse(std::string_view path) {
  if (!path.starts_with('$')) return std::nullopt;
  path.remove_prefix(1);
  JsonPath parsed;
  while (!path.empty()) {
    if (path.starts_with("[*]")) {
      parsed.steps_.push_back({Step::Kind::kAnyIndex, "", 0});
      path.remove_prefix(3);
    } else if (path.starts_with("['")) {
      size_t end = path.find('\'', 2);
      if (end == std::string_view::npos || end == 2 || end + 1 >= path.size() ||
          path[end + 1] != ']') {
        return std::nullopt;
      }
      std::string name(path.substr(2, end - 2));
      parsed.steps_.push_back({name == "*" ? Step::Kind::kAnyName : Step::Kind::kName, name, 0});
      path.remove_prefix(end + 2);
    } else if (path.starts_with('[')) {
      size_t end = path.find(']');
      if (end == std::string_view::npos || end == 1 || end > 10) return std::nullopt;
      size_t index = 0;
      for (char c : path.substr(1, end - 1)) {
        if (c < '0' || c > '9') return std::nullopt;
        index = index * 10 + static_cast<size_t>(c - '0');
      }
      parsed.steps_.push_back({Step::Kind::kIndex, "", index});
      path.remove_prefix(end + 1);
    } else if (path.starts_with('.')) {
      size_t end = std::min(path.find_first_of(".[", 1), path.size());
      if (end == 1) return std::nullopt;
      std::string name(path.substr(1, end - 1));
      parsed.steps_.push_back({name == "*" ? Step::Kind::kAnyName : Step::Kind::kName, name, 0});
      path.remove_prefix(end);
    } else {
      return std::nullopt;
    }
  }
  return parsed;
}

// GetJsonObjectEvaluator.evaluatePath. `out` collects what is written into the generator at hand.
bool JsonPath::Evaluate(const JsonTree& tree, Style style, size_t step,
                        std::vector<std::string>& out) const {
  if (step == steps_.size()) {
    if (tree.kind == JsonTree::Kind::kString && style == Style::kRaw) {
      out.push_back(tree.text);
      return true;
    }
    if (tree.kind == JsonTree::Kind::kArray && style == Style::kFlatten) {
      bool found = false;
      for (const JsonTree& item : tree.items) found = Evaluate(item, style, step, out) || found;
      return found;
    }
    std::string text;
    AppendJson(tree, text);
    out.push_back(std::move(text));
    return true;
  }
  const Step& current = steps_[step];
  if (tree.kind == JsonTree::Kind::kArray) return EvaluateArray(tree, style, step, out);
  if (tree.kind != JsonTree::Kind::kObject) return false;
  for (size_t i = 0; i < tree.items.size(); ++i) {
    // A wildcard for names parses, but finds nothing in an object.
    if (current.kind != Step::Kind::kName) return false;
    if (tree.keys[i] != current.name || tree.items[i].kind == JsonTree::Kind::kNull) continue;
    if (Evaluate(tree.items[i], style, step + 1, out)) return true;
  }
  return false;
}

bool JsonPath::EvaluateArray(const JsonTree& tree, Style style, size_t step,
                             std::vector<std::string>& out) const {
  const Step& current = steps_[step];
  if (current.kind == Step::Kind::kIndex) {
    if (current.index >= tree.items.size()) return false;
    const Style next = IsAnyIndex(step + 1) ? Style::kQuoted : style;
    return Evaluate(tree.items[current.index], next, step + 1, out);
  }
  if (current.kind != Step::Kind::kAnyIndex) return false;
  // Two wildcards in a row flatten; one alone loses its brackets around a single match.
  const bool is_double = IsAnyIndex(step + 1);
  const Style next = is_double                  ? Style::kFlatten
                     : style == Style::kFlatten ? Style::kFlatten
                                                : Style::kQuoted;
  std::vector<std::string> matches;
  size_t found = 0;
  for (const JsonTree& item : tree.items) {
    found += Evaluate(item, next, step + (is_double ? 2 : 1), matches);
  }
  if (is_double || style == Style::kQuoted) {
    out.push_back("[" + Joined(matches) + "]");
  } else if (found > 1) {
    out.push_back("[" + Joined(matches) + "]");
  } else if (found == 1) {
    out.push_back(Joined(matches));
  }
  return found > 0;
}

std::optional<std::string> JsonPath::Find(const JsonTree& tree) const {
  std::vector<std::string> out;
  if (!Evaluate(tree, Style::kRaw, 0, out) || out.empty()) return std::nullopt;
  return Joined(out);
}

}  // namespace ember
