#include "functions/regex.h"

#include <pcre2.h>

#include <array>
#include <utility>

namespace ember {
namespace {

// Java's names of ASCII classes (POSIX) that PCRE2 spells otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kClasses = {{
    {"Lower", "a-z"},
    {"Upper", "A-Z"},
    {"ASCII", "\\x00-\\x7F"},
    {"Alpha", "a-zA-Z"},
    {"Digit", "0-9"},
    {"Alnum", "a-zA-Z0-9"},
    {"Punct", "!-/:-@\\[-`{-~"},
    {"Graph", "!-~"},
    {"Print", " -~"},
    {"Blank", " \\t"},
    {"Cntrl", "\\x00-\\x1F\\x7F"},
    {"XDigit", "0-9a-fA-F"},
    {"Space", " \\t\\n\\x0B\\f\\r"},
    {"IsDigit", "\\p{Nd}"},
    {"IsAlphabetic", "\\p{L}"},
    {"IsLetter", "\\p{L}"},
}};

// Java's syntax to PCRE2's; none for what it cannot say.
class Translator {
 public:
  explicit Translator(std::string_view pattern) : pattern_(pattern) {}

  std::optional<std::string> Translate() {
    for (at_ = 0; at_ < pattern_.size(); ++at_) {
      const char c = pattern_[at_];
      if (c == '\\') {
        if (!Escape()) return std::nullopt;
      } else if (c == '[') {
        // A class within a class is a union in Java: its brackets go, an intersection is refused.
        if (class_depth_ > 0) {
          if (At(1) == '^') return std::nullopt;
          ++class_depth_;
          continue;
        }
        class_depth_ = 1;
        out_ += '[';
        if (At(1) == '^') {
          out_ += '^';
          ++at_;
        }
        if (At(1) == ']') {
          out_ += "\\]";
          ++at_;
        }
      } else if (c == ']' && class_depth_ > 0) {
        if (--class_depth_ == 0) out_ += ']';
      } else if (class_depth_ > 0 && c == '&' && At(1) == '&') {
        return std::nullopt;
      } else {
        out_ += c;
      }
    }
    if (class_depth_ > 0) return std::nullopt;
    return out_;
  }

 private:
  char At(size_t offset) const {
    return at_ + offset < pattern_.size() ? pattern_[at_ + offset] : '\0';
  }

  bool Escape() {
    const char next = At(1);
    if (next == '\0') return false;
    if ((next == 'p' || next == 'P') && At(2) == '{') {
      const size_t close = pattern_.find('}', at_);
      if (close == std::string_view::npos) return false;
      const std::string_view name = pattern_.substr(at_ + 3, close - at_ - 3);
      for (const auto& [java, ranges] : kClasses) {
        if (name != java) continue;
        if (class_depth_ > 0 && next == 'P') return false;
        out_ += class_depth_ > 0 ? std::string(ranges)
                                 : (next == 'P' ? "[^" : "[") + std::string(ranges) + "]";
        at_ = close;
        return true;
      }
      std::string_view bare = name.starts_with("Is") ? name.substr(2) : name;
      out_.append("\\").append(1, next).append("{").append(bare).append("}");
      at_ = close;
      return true;
    }
    if (next == 'u') {
      if (at_ + 5 >= pattern_.size()) return false;
      out_.append("\\x{").append(pattern_.substr(at_ + 2, 4)).append("}");
      at_ += 5;
      return true;
    }
    // Java knows no other letters: they are errors there, and may mean something in PCRE2.
    static constexpr std::string_view kLetters = "tnrfaecxuhHsSvVdDwWbBAGzZQEkRX0";
    const bool is_letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (is_letter && kLetters.find(next) == std::string_view::npos) return false;
    if (next == 'Q') {
      size_t end = pattern_.find("\\E", at_ + 2);
      if (end == std::string_view::npos) end = pattern_.size();
      for (char c : pattern_.substr(at_ + 2, end - at_ - 2)) {
        if (c >= 0 &&
            !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
          out_ += '\\';
        }
        out_ += c;
      }
      at_ = std::min(end + 1, pattern_.size());
      return true;
    }
    out_ += '\\';
    out_ += next;
    ++at_;
    return true;
  }

  std::string_view pattern_;
  size_t at_ = 0;
  int class_depth_ = 0;
  std::string out_;
};

}  // namespace

struct Regex::Implementation {
  pcre2_code* code = nullptr;
  pcre2_match_data* match = nullptr;
  ~Implementation() {
    pcre2_match_data_free(match);
    pcre2_code_free(code);
  }
};

Regex::~Regex() = default;

std::unique_ptr<Regex> Regex::Compile(std::string_view pattern) {
  std::optional<std::string> translated = Translator(pattern).Translate();
  if (!translated) return nullptr;
  pcre2_compile_context* context = pcre2_compile_context_create(nullptr);
  pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
  int error = 0;
  PCRE2_SIZE offset = 0;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated->data()),
                                   translated->size(), PCRE2_UTF, &error, &offset, context);
  pcre2_compile_context_free(context);
  if (code == nullptr) return nullptr;
  std::unique_ptr<Regex> regex(new Regex());
  regex->implementation_ = std::make_unique<Implementation>();
  regex->implementation_->code = code;
  pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  regex->implementation_->match = pcre2_match_data_create_from_pattern(code, nullptr);
  uint32_t groups = 0;
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
  regex->group_count_ = static_cast<int>(groups);
  regex->groups_.resize(2 * (groups + 1));
  return regex;
}

bool Regex::Find(std::string_view text, size_t start) {
  if (start > text.size()) return false;
  const int found =
      pcre2_match(implementation_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                  start, PCRE2_NO_UTF_CHECK, implementation_->match, nullptr);
  if (found < 0) return false;
  const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(implementation_->match);
  for (size_t i = 0; i < groups_.size(); ++i) {
    const bool is_set = i / 2 < static_cast<size_t>(found) && offsets[i] != PCRE2_UNSET;
    groups_[i] = is_set ? static_cast<int64_t>(offsets[i]) : -1;
  }
  return true;
}

std::optional<int> Regex::GroupNumber(std::string_view name) const {
  const int number = pcre2_substring_number_from_name(
      implementation_->code, reinterpret_cast<PCRE2_SPTR>(std::string(name).c_str()));
  if (number < 0) return std::nullopt;
  return number;
}

size_t NextSearch(std::string_view text, size_t begin, size_t end) {
  if (end > begin) return end;
  size_t next = end + 1;
  while (next < text.size() && (text[next] & 0xC0) == 0x80) ++next;
  return next;
}

namespace {

// Matcher.appendReplacement: \x is x, $12 the longest group number there is, ${name} a named group.
std::optional<std::string> Expanded(const Regex& regex, std::string_view text,
                                    std::string_view replacement) {
  std::string out;
  for (size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    if (c != '\\' && c != '$') {
      out += c;
      continue;
    }
    if (++i == replacement.size()) return std::nullopt;
    if (c == '\\') {
      out += replacement[i];
      continue;
    }
    int group = -1;
    if (replacement[i] == '{') {
      const size_t close = replacement.find('}', i);
      if (close == std::string_view::npos) return std::nullopt;
      auto number = regex.GroupNumber(replacement.substr(i + 1, close - i - 1));
      if (!number) return std::nullopt;
      group = *number;
      i = close;
    } else {
      auto is_digit = [&](size_t at) {
        return at < replacement.size() && replacement[at] >= '0' && replacement[at] <= '9';
      };
      if (!is_digit(i)) return std::nullopt;
      group = replacement[i] - '0';
      if (group > regex.group_count()) return std::nullopt;
      while (is_digit(i + 1) && group * 10 + (replacement[i + 1] - '0') <= regex.group_count()) {
        group = group * 10 + (replacement[++i] - '0');
      }
    }
    const auto begin = regex.groups()[static_cast<size_t>(group) * 2];
    const auto end = regex.groups()[static_cast<size_t>(group) * 2 + 1];
    if (begin >= 0)
      out += text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
  }
  return out;
}

}  // namespace

std::optional<std::string> ReplaceAll(Regex& regex, std::string_view text, size_t start,
                                      std::string_view replacement) {
  std::string out;
  size_t copied = 0;
  const bool is_plain = replacement.find_first_of("\\$") == std::string_view::npos;
  for (size_t search = start; search <= text.size() && regex.Find(text, search);) {
    const auto begin = static_cast<size_t>(regex.groups()[0]);
    const auto end = static_cast<size_t>(regex.groups()[1]);
    out += text.substr(copied, begin - copied);
    if (is_plain) {
      out += replacement;
    } else {
      std::optional<std::string> expanded = Expanded(regex, text, replacement);
      if (!expanded) return std::nullopt;
      out += *expanded;
    }
    copied = end;
    search = NextSearch(text, begin, end);
  }
  out += text.substr(copied);
  return out;
}

std::vector<std::string_view> SplitText(Regex& regex, std::string_view text, int limit) {
  std::vector<std::string_view> parts;
  size_t copied = 0;
  for (size_t search = 0; search <= text.size() && regex.Find(text, search);) {
    if (limit > 0 && static_cast<int>(parts.size()) == limit - 1) break;
    const auto begin = static_cast<size_t>(regex.groups()[0]);
    const auto end = static_cast<size_t>(regex.groups()[1]);
    search = NextSearch(text, begin, end);
    // An empty match at the start gives no empty first part.
    if (begin == 0 && end == 0) continue;
    // Nor does one at the end, where Java stops looking.
    if (begin == end && begin >= text.size()) {
      parts.push_back(text.substr(copied, begin - copied));
      copied = end;
      break;
    }
    parts.push_back(text.substr(copied, begin - copied));
    copied = end;
  }
  parts.push_back(text.substr(copied));
  return parts;
}

}  // namespace ember
