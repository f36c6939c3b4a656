#include <map>

#include "functions/native_kernels.h"
#include "functions/native_tables.h"
#include "functions/regex.h"

namespace ember {
namespace {

// Compiled patterns of one chunk: nearly always one.
class RegexCache {
 public:
  Regex* Get(std::string_view pattern) {
    if (last_ != nullptr && pattern == last_pattern_) return last_->get();
    auto [found, is_new] = patterns_.try_emplace(std::string(pattern));
    if (is_new) found->second = Regex::Compile(pattern);
    last_ = &found->second;
    last_pattern_ = found->first;
    return found->second.get();
  }

 private:
  std::map<std::string, std::unique_ptr<Regex>, std::less<>> patterns_;
  const std::unique_ptr<Regex>* last_ = nullptr;
  std::string_view last_pattern_;
};

bool AnyNull(std::span<const NativeVector> inputs, size_t row) {
  for (const NativeVector& input : inputs) {
    if (input.is_null(row)) return true;
  }
  return false;
}

// Calls body(regex, row) for rows without nulls whose pattern compiles; body gives false for a null
// result.
template <typename Body>
void ForEachMatch(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out, Body body) {
  RegexCache cache;
  for (size_t row = 0; row < rows; ++row) {
    Regex* regex = AnyNull(inputs, row) ? nullptr : cache.Get(inputs[1].text(row));
    if (regex == nullptr || !body(*regex, row)) out.SetNull(row);
  }
}

void RegexpLike(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  ForEachMatch(inputs, rows, out, [&](Regex& regex, size_t row) {
    out.Set<bool>(row, regex.Find(inputs[0].text(row), 0));
    return true;
  });
}

std::string_view Group(const Regex& regex, std::string_view text, int32_t group) {
  const auto begin = regex.groups()[static_cast<size_t>(group) * 2];
  if (begin < 0) return {};
  const auto end = regex.groups()[static_cast<size_t>(group) * 2 + 1];
  return text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
}

bool HasGroup(const Regex& regex, int32_t group) {
  return group >= 0 && group <= regex.group_count();
}

void RegexpExtract(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  ForEachMatch(inputs, rows, out, [&](Regex& regex, size_t row) {
    const std::string_view text = inputs[0].text(row);
    const auto group = inputs[2].get<int32_t>(row);
    if (!HasGroup(regex, group)) return false;
    out.SetText(row, regex.Find(text, 0) ? Group(regex, text, group) : std::string_view());
    return true;
  });
}

void RegexpExtractAll(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  std::vector<std::string_view> found;
  ForEachMatch(inputs, rows, out, [&](Regex& regex, size_t row) {
    const std::string_view text = inputs[0].text(row);
    const auto group = inputs[2].get<int32_t>(row);
    if (!HasGroup(regex, group)) return false;
    found.clear();
    for (size_t at = 0; at <= text.size() && regex.Find(text, at);) {
      found.push_back(Group(regex, text, group));
      at = NextSearch(text, static_cast<size_t>(regex.groups()[0]),
                      static_cast<size_t>(regex.groups()[1]));
    }
    out.SetTextList(row, found);
    return true;
  });
}

// Byte offset of the character at 1-based `position`.
size_t ByteOffset(std::string_view text, int32_t position) {
  size_t at = 0;
  for (int32_t i = 1; i < position && at < text.size(); ++i) {
    for (++at; at < text.size() && (text[at] & 0xC0) == 0x80;) ++at;
  }
  return at;
}

int32_t CharacterCount(std::string_view text) {
  int32_t count = 0;
  for (char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

void RegexpReplace(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  ForEachMatch(inputs, rows, out, [&](Regex& regex, size_t row) {
    const std::string_view text = inputs[0].text(row);
    const auto position = inputs[3].get<int32_t>(row);
    size_t start = 0;
    if (position > 1) {
      start = ByteOffset(text, position);
      // RegExpReplace leaves the text alone when the position is at its end or beyond.
      if (start >= text.size()) {
        out.SetText(row, text);
        return true;
      }
    }
    auto replaced = ReplaceAll(regex, text, start, inputs[2].text(row));
    if (!replaced) return false;
    out.SetText(row, *replaced);
    return true;
  });
}

void RegexpCount(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  ForEachMatch(inputs, rows, out, [&](Regex& regex, size_t row) {
    const std::string_view text = inputs[0].text(row);
    int32_t count = 0;
    for (size_t at = 0; at <= text.size() && regex.Find(text, at); ++count) {
      at = NextSearch(text, static_cast<size_t>(regex.groups()[0]),
                      static_cast<size_t>(regex.groups()[1]));
    }
    out.Set<int32_t>(row, count);
    return true;
  });
}

void RegexpInstr(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  ForEachMatch(inputs, rows, out, [&](Regex& regex, size_t row) {
    const std::string_view text = inputs[0].text(row);
    int32_t position = 0;
    if (regex.Find(text, 0)) {
      position = 1 + CharacterCount(text.substr(0, static_cast<size_t>(regex.groups()[0])));
    }
    out.Set<int32_t>(row, position);
    return true;
  });
}

void RegexpSubstr(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  ForEachMatch(inputs, rows, out, [&](Regex& regex, size_t row) {
    const std::string_view text = inputs[0].text(row);
    if (!regex.Find(text, 0)) return false;
    std::string_view match = Group(regex, text, 0);
    // RegExpSubStr is nullif(regexp_extract(…), '').
    if (match.empty()) return false;
    out.SetText(row, match);
    return true;
  });
}

void RegexpGroups(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  RegexCache cache;
  for (size_t row = 0; row < rows; ++row) {
    Regex* regex = inputs[0].is_null(row) ? nullptr : cache.Get(inputs[0].text(row));
    if (regex == nullptr) {
      out.SetNull(row);
    } else {
      out.Set<int32_t>(row, regex->group_count());
    }
  }
}

void Split(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  ForEachMatch(inputs, rows, out, [&](Regex& regex, size_t row) {
    const std::string_view text = inputs[0].text(row);
    const auto limit = inputs[2].get<int32_t>(row);
    // UTF8String.split: the empty pattern gives the characters, without an empty one at the end.
    std::vector<std::string_view> parts = SplitText(regex, text, limit);
    if (inputs[1].text(row).empty() && limit <= 0 && !parts.empty() && parts.back().empty() &&
        !text.empty()) {
      parts.pop_back();
    }
    out.SetTextList(row, parts);
    return true;
  });
}

}  // namespace

std::vector<NativeFunction> RegexNatives() {
  constexpr auto kText = NativeType::kVarchar;
  constexpr auto kInt = NativeType::kInteger;
  return {
      {.name = "ember_regexp_like",
       .arguments = {kText, kText},
       .result = NativeType::kBoolean,
       .kernel = RegexpLike},
      {.name = "ember_regexp_extract",
       .arguments = {kText, kText, kInt},
       .result = kText,
       .kernel = RegexpExtract},
      {.name = "ember_regexp_extract_all",
       .arguments = {kText, kText, kInt},
       .result = NativeType::kVarcharList,
       .kernel = RegexpExtractAll},
      {.name = "ember_regexp_replace",
       .arguments = {kText, kText, kText, kInt},
       .result = kText,
       .kernel = RegexpReplace},
      {.name = "ember_regexp_count",
       .arguments = {kText, kText},
       .result = kInt,
       .kernel = RegexpCount},
      {.name = "ember_regexp_instr",
       .arguments = {kText, kText},
       .result = kInt,
       .kernel = RegexpInstr},
      {.name = "ember_regexp_substr",
       .arguments = {kText, kText},
       .result = kText,
       .kernel = RegexpSubstr},
      {.name = "ember_regexp_groups", .arguments = {kText}, .result = kInt, .kernel = RegexpGroups},
      {.name = "ember_split",
       .arguments = {kText, kText, kInt},
       .result = NativeType::kVarcharList,
       .kernel = Split},
  };
}

}  // namespace ember
