#pragma once

#include <cstdint>
#include <string>

#include "functions/registry.h"

namespace ember {

/// The window of GROUP BY window(time, duration, slide, start), in microseconds.
struct TimeWindow {
  int64_t duration = 0;
  int64_t slide = 0;
  int64_t start = 0;
  /// How many windows a time may lie in.
  int64_t overlap() const { return (duration + slide - 1) / slide; }
};

/// Of the arguments of a call of the row `window`, which are checked: the durations are constant
/// text.
Result<TimeWindow> MakeTimeWindow(std::span<const ArgumentInfo> arguments);
/// The durations of such a call as Spark's text has them: "300000000, 300000000, 0".
std::string WindowArgumentsText(std::span<const ArgumentInfo> arguments);
/// The start (TIMESTAMP) of the `index`-th window back from the last that holds `time`; its end is
/// `duration` later. A window with index > 0 holds `time` only if its end is after it.
std::string WindowStartSql(std::string_view time, const TimeWindow& window, int64_t index);
/// The struct<start,end> of that window.
std::string WindowSql(std::string_view time, const TimeWindow& window, int64_t index);

/// "10 minutes", "1 hour 30 seconds", "interval 1 day" (IntervalUtils.stringToInterval); null when
/// wrong.
std::optional<CalendarIntervalValue> ParseWindowInterval(std::string_view text);

}  // namespace ember
