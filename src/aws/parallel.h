#pragma once

#include <cstddef>
#include <functional>

#include "base/result.h"

namespace ember {

/// Calls `work` for 0 … count-1, in this order, on up to `threads` threads; the first error, after
/// all have ended. After an error nothing new begins.
Status ForEachInParallel(size_t count, const std::function<Status(size_t)>& work,
                         size_t threads = 8);

}  // namespace ember
