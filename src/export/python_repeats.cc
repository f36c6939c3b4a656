#include "export/python_repeats.h"

#include <algorithm>
#include <map>

namespace ember {
namespace {

constexpr size_t kMinLength = 40;
constexpr size_t kMinUses = 3;

bool IsLambda(const PythonCode& code) {
  return code.kind == PythonCodeKind::kSequence && code.parts[0]->text.starts_with("lambda");
}

// A column expression, not the arguments of a method or a list.
bool IsColumn(const PythonCode& code) {
  if (code.kind == PythonCodeKind::kChain) return IsColumn(*code.parts[0]);
  return code.kind == PythonCodeKind::kBracket && code.text.starts_with("F.");
}

void CountUses(const PythonCode& code, std::map<std::string, size_t>& uses) {
  if (IsLambda(code)) return;
  if (IsColumn(code)) {
    std::string flat = FlatPython(code);
    if (flat.size() >= kMinLength) ++uses[std::move(flat)];
  }
  for (const PythonCodePtr& part : code.parts) CountUses(*part, uses);
}

PythonCodePtr Replace(const PythonCodePtr& code, const std::string& flat,
                      const PythonCodePtr& variable, PythonCodePtr& found) {
  if (IsLambda(*code)) return code;
  if (IsColumn(*code) && FlatPython(*code) == flat) {
    found = code;
    return variable;
  }
  PythonCode copy = *code;
  for (PythonCodePtr& part : copy.parts) part = Replace(part, flat, variable, found);
  return std::make_shared<const PythonCode>(std::move(copy));
}

// The first text in it, most often the column that it is made of.
std::string NameFor(const std::string& flat) {
  const size_t start = flat.find('"');
  const size_t end = start == std::string::npos ? start : flat.find('"', start + 1);
  return end == std::string::npos ? "value" : flat.substr(start + 1, end - start - 1);
}

}  // namespace

NamedRepeats NameRepeats(PythonCodePtr code, PythonNames& names) {
  NamedRepeats result{.code = std::move(code), .variables = {}};
  while (true) {
    std::map<std::string, size_t> uses;
    CountUses(*result.code, uses);
    const auto longest = std::max_element(uses.begin(), uses.end(), [](auto& a, auto& b) {
      const auto rank = [](auto& use) { return use.second < kMinUses ? 0 : use.first.size(); };
      return rank(a) < rank(b);
    });
    if (longest == uses.end() || longest->second < kMinUses) break;
    const std::string name = names.Claim(NameFor(longest->first));
    PythonCodePtr found;
    result.code = Replace(result.code, longest->first, PythonText(name), found);
    result.variables.emplace_back(name, found);
  }
  return result;
}

}  // namespace ember
