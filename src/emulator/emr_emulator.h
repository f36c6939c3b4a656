#pragma once

#include <memory>
#include <string>

#include "aws/credentials.h"
#include "emulator/cluster_store.h"
#include "emulator/emr_service.h"
#include "emulator/event_journal.h"
#include "emulator/http_server.h"
#include "emulator/s3_buckets.h"
#include "emulator/stack_service.h"

namespace ember {

/// An emulator of Amazon EMR: what answers the requests that arrive. Safe to use from several
/// threads. `/_emulator/…` is its own door, without signatures: events to read, faults to order.
class EmrEmulator {
 public:
  /// `journal` and `buckets` must outlive it; without `buckets` stacks make none.
  EmrEmulator(EmulatorSettings settings, AwsCredentials credentials, EventJournal& journal,
              S3Buckets* buckets = nullptr);

  EmulatorAnswer Answer(const EmulatorRequest& request);
  ClusterStore& store() { return store_; }

 private:
  EmulatorAnswer AnswerSigned(const EmulatorRequest& request);
  EmulatorAnswer AnswerJson(const EmulatorRequest& request);
  EmulatorAnswer AnswerForm(const EmulatorRequest& request);
  EmulatorAnswer AnswerSts(const AwsJson& form);
  StackWorld WorldOfStacks(S3Buckets* buckets);
  /// What is wrong with the signature; the scope's service must be `service`.
  std::optional<Error> SignatureFaultOf(const EmulatorRequest& request, std::string_view service,
                                        bool is_json);
  EmulatorAnswer Control(const EmulatorRequest& request);
  Result<AwsJson> SpotLoss(const AwsJson& order);
  Result<AwsJson> Order(const AwsJson& order);
  /// A fault that was ordered for the next calls; takes one from its number.
  std::optional<Error> NextOrderedFault();

  struct OrderedFault {
    std::string kind;
    int count = 0;
  };

  const AwsCredentials credentials_;
  EventJournal& journal_;
  ClusterStore store_;
  EmrService service_;
  StackService stacks_;
  std::mutex mutex_;
  std::vector<OrderedFault> ordered_;  // guarded by mutex_
};

}  // namespace ember
