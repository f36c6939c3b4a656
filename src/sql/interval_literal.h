#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "types/value.h"

namespace ember {

/// "1 day 2 hours", "interval 1.5 seconds": IntervalUtils.stringToInterval.
Result<CalendarIntervalValue> ParseIntervalText(std::string_view text);

/// An ANSI interval literal from the parts of `INTERVAL 1 DAY 2 HOURS`. `units` are as written.
/// None when months are mixed with days or shorter.
Result<std::optional<Literal>> MakeMultiUnitInterval(const CalendarIntervalValue& value,
                                                     const std::vector<std::string>& units);

/// `INTERVAL '1 02:03' DAY TO MINUTE`.
Result<Literal> ParseUnitToUnitInterval(std::string_view text, std::string_view from,
                                        std::string_view to);

/// Whether the word is a unit of an interval, in singular or plural.
bool IsIntervalUnit(std::string_view word);
/// Whether the word can be an end of `unit TO unit`.
bool IsIntervalField(std::string_view word);

}  // namespace ember
