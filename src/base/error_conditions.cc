#include "base/error_conditions.h"

#include <algorithm>

namespace ember {

const ErrorConditionRow* FindErrorCondition(std::string_view name) {
  for (const auto rows : {FirstErrorConditions(), LastErrorConditions()}) {
    const auto it = std::ranges::lower_bound(rows, name, {}, &ErrorConditionRow::name);
    if (it != rows.end() && it->name == name) return &*it;
  }
  return nullptr;
}

}  // namespace ember
