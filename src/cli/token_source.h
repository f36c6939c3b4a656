#pragma once

#include <functional>
#include <string>

#include "base/result.h"

namespace ember {

/// Where the token of a Spark Connect server comes from when its address has none: the first line
/// that `command` prints, asked again when it is older than a minute; else the environment variable
/// SPARK_CONNECT_AUTHENTICATE_TOKEN, as for PySpark. Empty function: there is neither.
std::function<Result<std::string>()> MakeTokenSource(const std::string& command);

}  // namespace ember
