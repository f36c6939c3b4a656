#pragma once

#include <mutex>
#include <string>

#include "emulator/http_server.h"
#include "emulator/stack_store.h"

namespace ember {

/// The Query protocol of CloudFormation, as far as a cluster's stack needs it. Safe to use from
/// several threads.
class StackService {
 public:
  explicit StackService(StackWorld world) : store_(std::move(world)) {}

  EmulatorAnswer Answer(const AwsJson& form);
  void OrderFailure(const std::string& type_or_name);

 private:
  std::mutex mutex_;
  StackStore store_;  // guarded by mutex_
};

inline constexpr std::string_view kCloudFormationNamespace =
    "http://cloudformation.amazonaws.com/doc/2010-05-15/";

}  // namespace ember
