#include "distcp/grouping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace ember {
namespace {

constexpr auto kCodecSuffixes =
    std::to_array<std::string_view>({"snappy", "gz", "lzo", "lzop", "gzip"});

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace

Result<PathPattern> PathPattern::Make(std::string_view option, std::string_view pattern) {
  // Compiled alone first: "a)(b" must not become whole by what is put around it.
  std::unique_ptr<Regex> whole = Regex::Compile(pattern);
  if (whole != nullptr) whole = Regex::Compile(fmt::format("\\A(?:{})\\z", pattern));
  if (whole == nullptr) {
    return InvalidInput(fmt::format("{} '{}' is no regular expression of Java's", option, pattern));
  }
  return PathPattern(std::move(whole));
}

bool PathPattern::Matches(std::string_view path) { return regex_->Find(path, 0); }

std::optional<std::string> PathPattern::Key(std::string_view path) {
  if (!regex_->Find(path, 0)) return std::nullopt;
  std::string key;
  const std::span<const int64_t> offsets = regex_->groups();
  for (int group = 1; group <= regex_->group_count(); ++group) {
    const int64_t begin = offsets[2 * group];
    const int64_t end = offsets[2 * group + 1];
    key += begin < 0 ? std::string_view("null") : path.substr(begin, end - begin);
  }
  if (key.empty()) return std::nullopt;
  return key;
}

std::string GroupName(std::string_view key) {
  std::string name;
  while (!key.empty()) {
    const size_t end = std::min(key.find_first_of("/:"), key.size());
    const std::string_view part = Trim(key.substr(0, end));
    if (!part.empty()) name = part;
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return name;
}

std::string_view NameSuffix(std::string_view name) {
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

bool IsCodecSuffix(std::string_view suffix) {
  return std::find(kCodecSuffixes.begin(), kCodecSuffixes.end(), LowerCase(suffix)) !=
         kCodecSuffixes.end();
}

bool IsGzipName(std::string_view name) {
  const std::string suffix = LowerCase(NameSuffix(name));
  return suffix == "gz" || suffix == "gzip";
}

std::string ResultName(std::string_view name, int number, std::string_view suffix) {
  std::string end = number == 0 ? "" : std::to_string(number);
  std::string_view base = name;
  if (IsCodecSuffix(NameSuffix(name))) {
    base = name.substr(0, name.rfind('.'));
  } else if (number == 0 && !suffix.empty() && NameSuffix(name) == suffix) {
    return std::string(name);
  }
  if (!suffix.empty()) end += fmt::format(".{}", suffix);
  return std::string(base) + end;
}

std::vector<size_t> CutGroup(const std::vector<int64_t>& sizes, int64_t target_size) {
  std::vector<size_t> ends;
  int64_t bytes = 0;
  for (size_t i = 0; i < sizes.size(); ++i) {
    bytes += sizes[i];
    const bool is_full = target_size > 0 && bytes >= target_size;
    if (!is_full && i + 1 < sizes.size()) continue;
    ends.push_back(i + 1);
    bytes = 0;
  }
  return ends;
}

}  // namespace ember
