#pragma once

// For tests: an AwsApi that expects the calls of a script, in their order, and nothing else.

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "aws/aws_api.h"

namespace ember {

/// What EMBER_AWS.SERVICE says when a service refused, or failed `is_unclear`ly: it may have acted.
inline Error AwsFault(const std::string& code, const std::string& message, int status = 400,
                      const std::string& is_unclear = "false") {
  return MakeError("EMBER_AWS.SERVICE", {{"operation", "a call"},
                                         {"code", code},
                                         {"httpStatus", std::to_string(status)},
                                         {"serviceMessage", message},
                                         {"unclear", is_unclear},
                                         {"advice", ""}});
}

class ScriptedAwsApi final : public AwsApi {
 public:
  ~ScriptedAwsApi() override {
    EXPECT_TRUE(script_.empty()) << script_.size() << " calls did not come, the next of them "
                                 << script_.front().action;
  }

  /// Expects `action` with members of the request equal to those of `request` (others may be
  /// there), and answers.
  ScriptedAwsApi& On(std::string action, AwsJson request, Result<AwsJson> answer) {
    script_.push_back({std::move(action), std::move(request), std::move(answer)});
    return *this;
  }

  Result<AwsJson> Call(const AwsApiCall& call) override {
    calls.push_back(call);
    if (call.stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    if (script_.empty() || script_.front().action != call.action) {
      ADD_FAILURE() << "not in the script: " << call.action << " " << call.request.dump();
      return AwsFault("NotInTheScript", call.action);
    }
    const Line line = std::move(script_.front());
    script_.pop_front();
    for (const auto& [key, value] : line.request.items()) {
      EXPECT_TRUE(call.request.contains(key)) << call.action << " lacks " << key;
      if (call.request.contains(key)) {
        EXPECT_EQ(call.request[key], value) << call.action;
      }
    }
    return line.answer;
  }

  const std::string& region() const override { return region_; }

  std::vector<AwsApiCall> calls;

 private:
  struct Line {
    std::string action;
    AwsJson request;
    Result<AwsJson> answer;
  };
  std::deque<Line> script_;
  std::string region_ = "us-east-1";
};

}  // namespace ember
