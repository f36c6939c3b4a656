#pragma once

#include "base/result.h"
#include "session/session.h"

namespace spark::connect {
class ConfigRequest;
class ConfigResponse;
}  // namespace spark::connect

namespace ember {

/// Answers Config: set, get, get with default, get option, get all, unset, is modifiable; with
/// Spark's warnings for keys that mean nothing here.
Status HandleConfig(Session& session, const spark::connect::ConfigRequest& request,
                    spark::connect::ConfigResponse* response);

}  // namespace ember
