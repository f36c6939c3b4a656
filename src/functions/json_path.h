#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "functions/json_tree.h"

namespace ember {

/// A path of get_json_object: "$.a['b c'][0][*]" (JsonPathParser).
class JsonPath {
 public:
  static std::optional<JsonPath> Parse(std::string_view path);
  /// The text of what the path finds; none when it finds nothing.
  std::optional<std::string> Find(const JsonTree& tree) const;

 private:
  struct Step {
    enum class Kind { kName, kAnyName, kIndex, kAnyIndex } kind;
    std::string name;
    size_t index = 0;
  };
  enum class Style { kRaw, kQuoted, kFlatten };
  bool Evaluate(const JsonTree& tree, Style style, size_t step,
                std::vector<std::string>& out) const;
  bool EvaluateArray(const JsonTree& tree, Style style, size_t step,
                     std::vector<std::string>& out) const;
  bool IsAnyIndex(size_t step) const {
    return step < steps_.size() && steps_[step].kind == Step::Kind::kAnyIndex;
  }
  std::vector<Step> steps_;
};

}  // namespace ember
