#pragma once

#include <cstdint>
#include <string>

#include "aws/aws_api.h"

namespace ember {

struct ClusterRecord;
struct ClusterWorldView;

/// A managed Spark Connect session of a cluster.
struct SessionRecord {
  std::string id;
  AwsJson request;  // StartSession's
  std::string state = "SUBMITTED";
  std::string reason;
  int64_t created_us = 0;
  int64_t updated_us = 0;
  int64_t started_us = 0;
  int64_t ended_us = 0;
  int64_t next_us = 0;  // when it goes on

  bool is_over() const { return state == "TERMINATED" || state == "FAILED"; }
  bool is_ready() const { return state == "STARTED" || state == "IDLE" || state == "BUSY"; }
};

/// Brings the sessions of a cluster to the present: SUBMITTED, STARTING, IDLE; TERMINATING,
/// TERMINATED; with their cluster they end.
void AdvanceSessions(ClusterRecord& cluster, const ClusterWorldView& world);
void EndSession(SessionRecord& session, const ClusterWorldView& world);
AwsJson SessionJson(const ClusterRecord& cluster, const SessionRecord& session);

}  // namespace ember
