#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "functions/regex.h"

namespace ember {

/// A pattern of S3DistCp's: java.util.regex's Matcher.matches over a whole path.
class PathPattern {
 public:
  /// `option` is the pattern's name in errors (EMBER_INVALID_INPUT).
  static Result<PathPattern> Make(std::string_view option, std::string_view pattern);
  bool has_groups() const { return regex_->group_count() > 0; }
  bool Matches(std::string_view path);
  /// What the groups match, joined; nothing without a match or when it is empty. A group that takes
  /// no part counts as "null": S3DistCp appends Java's null.
  std::optional<std::string> Key(std::string_view path);

 private:
  explicit PathPattern(std::unique_ptr<Regex> regex) : regex_(std::move(regex)) {}
  std::unique_ptr<Regex> regex_;
};

/// The name of a group's results, without folder: the last part of its key, with what stands for
/// the codec. Empty when nothing is left of the key.
std::string GroupName(std::string_view key);

/// "gz" of "a.csv.gz", as S3DistCp finds it; empty without one.
std::string_view NameSuffix(std::string_view name);
/// Whether a suffix is a compression that S3DistCp knows.
bool IsCodecSuffix(std::string_view suffix);
/// Whether it is gzip's.
bool IsGzipName(std::string_view name);

/// The last part of a result's path: `name`, its number (0 has none), its suffix.
std::string ResultName(std::string_view name, int number, std::string_view suffix);

/// Where a group's files are cut into results: the ends of the runs. A run ends with the file that
/// brings it to `target_size` bytes or more (0: never), and with the last.
std::vector<size_t> CutGroup(const std::vector<int64_t>& sizes, int64_t target_size);

}  // namespace ember
