#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ember {

/// A java.util.regex.Pattern over UTF-8, run by PCRE2 with its just-in-time compiler. What Java
/// writes otherwise is translated (\p{Alpha}, \h …). Offsets are bytes. Not for use by two threads
/// at once.
class Regex {
 public:
  /// Null when the pattern is malformed, or uses what PCRE2 lacks (intersections of character
  /// classes).
  static std::unique_ptr<Regex> Compile(std::string_view pattern);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  int group_count() const { return group_count_; }
  /// Matcher.find from byte `start`: true and the groups' offsets in `groups()`, pairs of begin and
  /// end, -1 where a group took no part.
  bool Find(std::string_view text, size_t start);
  std::span<const int64_t> groups() const { return groups_; }
  /// Number of a named group; none when there is no such group.
  std::optional<int> GroupNumber(std::string_view name) const;

 private:
  Regex() = default;
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
  int group_count_ = 0;
  std::vector<int64_t> groups_;
};

/// The start of the next search after a match: past it, or past one character when it was empty.
size_t NextSearch(std::string_view text, size_t begin, size_t end);
/// Matcher.replaceAll from byte `start` on; none when the replacement names a group that is not
/// there.
std::optional<std::string> ReplaceAll(Regex& regex, std::string_view text, size_t start,
                                      std::string_view replacement);
/// String.split(regex, limit).
std::vector<std::string_view> SplitText(Regex& regex, std::string_view text, int limit);

}  // namespace ember
