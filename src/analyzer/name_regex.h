#pragma once

#include <regex>
#include <string>

#include "base/result.h"

namespace ember {

/// A regular expression over whole column names (df.colRegex).
class NameRegex {
 public:
  static Result<NameRegex> Make(const std::string& pattern, bool case_sensitive);
  bool Matches(const std::string& name) const;

 private:
  explicit NameRegex(std::regex regex) : regex_(std::move(regex)) {}
  std::regex regex_;
};

}  // namespace ember
