#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"

namespace ember {

/// A step of a running cluster, as DescribeStep tells it.
struct SubmittedStep {
  std::string id;  // "s-…"
  std::string name;
  std::string state;     // PENDING, RUNNING, CANCEL_PENDING, COMPLETED, CANCELLED, FAILED, …
  std::string reason;    // of the state, or of the failure
  std::string log_file;  // where EMR says that the reason stands; may be empty
  std::string jar;
  std::string on_failure;
  std::vector<std::string> arguments;
  int64_t created_us = 0;  // 0: not said
  int64_t started_us = 0;
  int64_t ended_us = 0;

  bool has_ended() const;
  bool has_succeeded() const { return state == "COMPLETED"; }
};

Result<SubmittedStep> DescribeEmrStep(AwsApi& api, const std::string& cluster_id,
                                      const std::string& step_id, const std::stop_token& stop);

/// The latest steps of a cluster, the last one first: 50 to a page.
Result<std::vector<SubmittedStep>> ListEmrSteps(AwsApi& api, const std::string& cluster_id,
                                                int max_pages, const std::stop_token& stop);

/// A step to be run, by command-runner.jar.
struct StepRequest {
  std::string name;
  std::string on_failure = "continue";
  std::vector<std::string> arguments;
};

/// `name` with a mark of what the step does: two steps with it do the same.
std::string MarkedStepName(const StepRequest& step);
bool IsMarkedStepName(const std::string& name);

/// Whether the same work that is under way already is run once more.
enum class StepRepeat { kJoin, kRunAgain };

struct StepSubmission {
  std::string step_id;
  bool was_there = false;            // somebody, or an earlier try, had submitted it
  std::vector<std::string> doubled;  // a lost answer had them added again: they are cancelled
};

/// Adds a step under its marked name. The same work is not run twice: a step of the name that has
/// not ended is taken for it, and after an answer that was lost the step is looked for before it is
/// sent again. Errors: what EMR refuses; more text than EMR takes.
Result<StepSubmission> SubmitEmrStep(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                                     const StepRequest& step, StepRepeat repeat,
                                     const std::stop_token& stop);

/// Asks for the step until it has ended, more seldom with time; `observe` gets every answer. Faults
/// that pass are waited out. Errors: EMBER_EMR.STEP when the cluster ended without it; what EMR
/// says; stopped.
Result<SubmittedStep> AwaitEmrStep(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                                   const std::string& step_id,
                                   const std::function<void(const SubmittedStep&)>& observe,
                                   const std::stop_token& stop);

/// Ends a step: its process if it runs. What became of it, as far as EMR says it soon: a step that
/// has ended stays as it is. Errors: EMBER_EMR.STEP when EMR refuses.
Result<SubmittedStep> CancelEmrStep(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                                    const std::string& step_id);

/// Whether waiting helps: throttling, a fault of the service, no connection.
bool IsPassingFault(const Error& error);
/// How long to wait before question number `asked` (from 0), with some chance in it.
int64_t PollDelayMs(AwsHost& host, int asked);

}  // namespace ember
