#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"
#include "lifecycle/running_cluster.h"

namespace ember {

/// A session of Spark Connect that EMR manages, as GetSession tells it.
struct EmrSession {
  std::string id;
  std::string name;
  std::string state;  // SUBMITTED, STARTING, STARTED, IDLE, BUSY, TERMINATING, TERMINATED, FAILED
  std::string reason;
  int64_t created_us = 0;  // 0: not said
  int64_t started_us = 0;
  int64_t ended_us = 0;
  int64_t idle_since_us = 0;
  int64_t idle_timeout_minutes = 0;

  bool is_live() const { return state != "TERMINATED" && state != "FAILED"; }
};

/// Whether the cluster has sessions: a release of the emr-spark line that was started with them.
/// Errors: EMBER_EMR.NO_SESSIONS with what to do instead; EMBER_EMR.SESSION for a cluster that is
/// not ready.
Status CheckEmrSessions(const RunningCluster& cluster);
/// The same as an answer.
bool HasEmrSessions(const RunningCluster& cluster);

Result<EmrSession> DescribeEmrSession(AwsApi& api, const std::string& cluster_id,
                                      const std::string& session_id, const std::stop_token& stop);

/// All that EMR still lists, the latest first.
Result<std::vector<EmrSession>> ListEmrSessions(AwsApi& api, const std::string& cluster_id,
                                                const std::stop_token& stop);

struct EmrSessionOptions {
  std::string name;       // by which it is found again; unique
  int idle_minutes = 60;  // EMR ends it after so long without work
  int64_t timeout_ms = 600000;
};

/// Starts a session and waits until it is ready. One call, one session, whatever answers are lost;
/// whatever fails or stops it in between, none is left. Errors: EMBER_EMR.SESSION when it failed or
/// takes too long; what EMR refuses; stopped.
Result<EmrSession> StartEmrSession(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                                   const EmrSessionOptions& options,
                                   const std::function<void(const EmrSession&)>& observe,
                                   const std::stop_token& stop);

/// Ends a session; one that has ended is no error. Tried again while faults pass.
Status EndEmrSession(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                     const std::string& session_id);

/// Whether a token that is still good will do, or the service has refused the last one.
enum class TokenNeed { kGood, kNew };

/// The way to a session: its address, and what each call to it carries. The token lasts for an
/// hour; a new one is asked for before that. Safe to use from several threads.
class EmrSessionEndpoint {
 public:
  /// `api` and `host` must outlive it.
  EmrSessionEndpoint(AwsApi& api, AwsHost& host, std::string cluster_id, std::string session_id)
      : api_(api),
        host_(host),
        cluster_id_(std::move(cluster_id)),
        session_id_(std::move(session_id)) {}

  /// "sc://host:443/;use_ssl=true": without the token.
  Result<std::string> Address(const std::stop_token& stop);
  using Headers = std::vector<std::pair<std::string, std::string>>;
  /// The entries of a call's metadata. Errors: those of GetSessionEndpoint, without the token.
  Result<Headers> CallHeaders(TokenNeed need);

 private:
  Status Ask(const std::stop_token& stop);

  AwsApi& api_;
  AwsHost& host_;
  std::string cluster_id_;
  std::string session_id_;
  std::mutex mutex_;
  std::string address_;  // guarded by mutex_, as what follows
  std::string token_;
  int64_t asked_us_ = 0;
  int64_t good_until_us_ = 0;
};

/// "https://host", "sc://host:port/;…" or "host:port" as the address that our client takes, over
/// TLS always. Errors: EMBER_AWS.INVALID_ANSWER.
Result<std::string> EmrConnectAddress(const std::string& endpoint);

}  // namespace ember
