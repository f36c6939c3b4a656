#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "aws/aws_api.h"
#include "aws/host.h"
#include "emr/facts.h"

namespace ember {

/// What the verbs of a cluster's life work with. All of it must outlive them.
struct EmrWorld {
  AwsApi& api;
  AwsHost& host;
  const EmrFacts& facts;
  std::function<void(const std::string& line)> tell;  // progress, a line at a time
  std::stop_token stop;

  void Tell(const std::string& line) const {
    if (tell) tell(line);
  }
  Result<AwsJson> Ask(AwsService service, const std::string& action, AwsJson request) const;
  Result<AwsJson> AskEmr(const std::string& action, AwsJson request) const {
    return Ask(AwsService::kEmr, action, std::move(request));
  }
  /// Waits for `least_ms` to `most_ms`, as chance has it: many that wait do not ask together.
  Status Pause(int64_t least_ms, int64_t most_ms) const;
  /// The same world after Ctrl-C, for what has to be cleaned up.
  EmrWorld WithoutStop() const { return {api, host, facts, tell, {}}; }
};

/// Polling goes on over faults that pass (throttling, server faults, broken connections) until so
/// many came in a row.
class EmrPatience {
 public:
  /// Whether to ask again; what Call returned resets it.
  bool Forgives(const Error& error);
  void Reset() { failures_ = 0; }

 private:
  int failures_ = 0;
};

/// A cluster or a stack came to a bad end, or is not as it has to be: EMBER_EMR.
Error EmrFailure(std::string message);

}  // namespace ember
