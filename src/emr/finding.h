#pragma once

#include <string>
#include <string_view>

#include "yaml/location.h"

namespace ember {

enum class EmrSeverity { kError, kWarning, kNote };

/// One thing that is wrong with a cluster file. Why it is wrong is the rule's.
struct EmrFinding {
  std::string_view rule;
  std::string path;
  Location at;
  std::string what;
  std::string fix;  // empty: the rule's
};

}  // namespace ember
