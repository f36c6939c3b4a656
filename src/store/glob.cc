#include <string>
#include <vector>

#include "store/store.h"

namespace ember {
namespace {

// One character class "[a-c]" or "[^a]"; `i` stands on '[' and leaves behind ']'. No closing
// bracket: no match.
bool MatchesClass(std::string_view pattern, size_t& i, char c) {
  size_t k = i + 1;
  const bool negated = k < pattern.size() && (pattern[k] == '^' || pattern[k] == '!');
  if (negated) ++k;
  bool found = false;
  const size_t first = k;
  while (k < pattern.size() && (pattern[k] != ']' || k == first)) {
    if (pattern[k] == '\\' && k + 1 < pattern.size()) ++k;
    const char low = pattern[k];
    char high = low;
    if (k + 2 < pattern.size() && pattern[k + 1] == '-' && pattern[k + 2] != ']') {
      high = pattern[k + 2];
      k += 2;
    }
    found = found || (low <= c && c <= high);
    ++k;
  }
  if (k >= pattern.size()) return false;
  i = k + 1;
  return found != negated;
}

bool MatchesPlain(std::string_view pattern, std::string_view text) {
  size_t i = 0;
  while (i < pattern.size()) {
    if (pattern[i] == '*') {
      for (size_t skip = 0; skip <= text.size(); ++skip) {
        if (MatchesPlain(pattern.substr(i + 1), text.substr(skip))) return true;
      }
      return false;
    }
    if (text.empty()) return false;
    if (pattern[i] == '?') {
      ++i;
    } else if (pattern[i] == '[') {
      if (!MatchesClass(pattern, i, text[0])) return false;
    } else {
      if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
      if (pattern[i] != text[0]) return false;
      ++i;
    }
    text.remove_prefix(1);
  }
  return text.empty();
}

// All alternatives of the first {a,b} group; nested groups are opened by recursion.
std::vector<std::string> Expand(std::string_view pattern) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
      continue;
    }
    if (pattern[i] != '{') continue;
    int depth = 0;
    size_t start = i + 1;
    std::vector<std::string_view> choices;
    for (size_t k = i + 1; k < pattern.size(); ++k) {
      if (pattern[k] == '{') ++depth;
      if (pattern[k] == ',' && depth == 0) {
        choices.push_back(pattern.substr(start, k - start));
        start = k + 1;
      }
      if (pattern[k] != '}' || depth-- > 0) continue;
      choices.push_back(pattern.substr(start, k - start));
      std::vector<std::string> all;
      for (std::string_view choice : choices) {
        const std::string text = std::string(pattern.substr(0, i)) + std::string(choice) +
                                 std::string(pattern.substr(k + 1));
        for (std::string& expanded : Expand(text)) all.push_back(std::move(expanded));
      }
      return all;
    }
  }
  return {std::string(pattern)};
}

}  // namespace

bool MatchesGlob(std::string_view pattern, std::string_view text) {
  for (const std::string& plain : Expand(pattern)) {
    if (MatchesPlain(plain, text)) return true;
  }
  return false;
}

bool HasGlob(std::string_view path) { return path.find_first_of("*?[{") != std::string_view::npos; }

}  // namespace ember
