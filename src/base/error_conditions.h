#pragma once

#include <span>
#include <string_view>

#include "base/error.h"

namespace ember {

/// One Spark error condition. `text` is Ember's own wording; `<name>` stands for a parameter.
struct ErrorConditionRow {
  std::string_view name;
  std::string_view sqlstate;
  ErrorClass error_class;
  std::string_view text;
};

/// Every condition Ember can raise, sorted by name: those from A to I, and the others.
std::span<const ErrorConditionRow> FirstErrorConditions();
std::span<const ErrorConditionRow> LastErrorConditions();
/// Null when the condition is not in the table.
const ErrorConditionRow* FindErrorCondition(std::string_view name);

}  // namespace ember
