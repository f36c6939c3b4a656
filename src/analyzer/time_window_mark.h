#pragma once

#include <string_view>

namespace ember {

/// Metadata of the column that TimeWindowing makes.
inline constexpr std::string_view kTimeWindowMark = R"({"spark.timeWindow":true})";

}  // namespace ember
