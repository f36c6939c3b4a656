#pragma once

#include <vector>

#include "base/result.h"

namespace ember {

/// `count` different TCP ports of 127.0.0.1 that nobody listens on now.
Result<std::vector<int>> FindFreePorts(size_t count);

/// Nobody listens on 127.0.0.1:port, and a server could.
bool IsPortFree(int port);

/// Somebody accepts connections on 127.0.0.1:port.
bool PortAnswers(int port);

}  // namespace ember
