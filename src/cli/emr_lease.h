#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/commands.h"
#include "cli/emr_access.h"
#include "lifecycle/connect_session.h"
#include "spark/connect.h"

namespace ember {

inline constexpr std::string_view kEmrScheme = "emr:";

/// emr:CLUSTER[;keep=true][;idle=MINUTES]: where a session is started, and what becomes of it.
struct EmrAddress {
  std::string cluster;  // name, id or file
  bool is_kept = false;
  int idle_minutes = 0;  // after which EMR ends it; 0: as fits
};
/// Errors: EMBER_INVALID_INPUT says what is wrong.
Result<EmrAddress> ParseEmrAddress(std::string_view on);

/// A session of Spark Connect on a cluster of EMR that this process has started, and ends: nothing
/// is left that keeps the cluster busy, whatever becomes of the work.
class EmrLease {
 public:
  /// Starts the session that `flags.on` (emr:NAME) asks for, and waits for it. Errors: those of the
  /// cluster, of its sessions and of AWS; after one, no session is left.
  static Result<std::unique_ptr<EmrLease>> Start(const EngineFlags& flags,
                                                 const std::stop_token& stop);
  /// Whether the cluster is there and has sessions.
  static Status CheckCluster(const EngineFlags& flags, const std::stop_token& stop);
  EmrLease(const EmrLease&) = delete;
  EmrLease& operator=(const EmrLease&) = delete;
  /// Ends the session, unless it is kept; says so when it cannot.
  ~EmrLease();

  /// "sc://host:443/;use_ssl=true".
  const std::string& address() const { return address_; }
  /// What a client of the session needs; good as long as the lease.
  ConnectOptions Options();
  /// "session s-… of cluster j-…".
  std::string Describe() const;
  /// Adds what EMR says of the session, where it has ended.
  Error Explain(Error error);

 private:
  EmrLease() = default;

  std::unique_ptr<EmrAccess> access_;
  std::string cluster_id_;
  std::string session_id_;
  std::string address_;
  std::string ca_file_;
  std::unique_ptr<EmrSessionEndpoint> endpoint_;
  bool is_kept_ = false;
  int idle_minutes_ = 0;
};

}  // namespace ember
