#pragma once

#include <ember/session.h>

#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "cli/commands.h"

namespace ember {

class EmrLease;

/// What a verb runs on: the engine of this process, or a real Spark.
struct OpenedEngine {
  std::shared_ptr<EmrLease> lease;  // of a session of EMR; ends after `session`
  SparkSession session;
  std::string server;  // host:port of the real Spark; empty: this process

  bool is_remote() const { return !server.empty(); }
  /// "Spark 4.0.2 at host:port"; "the engine of this process".
  std::string Describe() const;
};

/// Opens what `flags` name. `settings` shape the engine of this process where no flag does. A real
/// Spark gets the ANSI mode and the zone that the local engine has by default, whatever its own
/// are. Errors: an unknown scheme, flags that mean nothing there, and those of ConnectSpark.
Result<OpenedEngine> OpenEngine(const EngineFlags& flags, const LocalOptions& settings,
                                const std::stop_token& stop);

/// An address without what may be secret: "sc://host:port".
std::string PublicAddress(const std::string& on);
bool IsRemote(const EngineFlags& flags);
/// emr:NAME: a session on a cluster of EMR.
bool IsEmr(const EngineFlags& flags);
/// Errors: an `--on` that is none of local, sc://… and emr:…, with what to write instead.
Status CheckOn(const EngineFlags& flags);
/// Whether what `flags` name can be worked with; nothing is left running there.
Status CheckReachable(const EngineFlags& flags, const std::stop_token& stop);

/// An error about files that are here and not where Spark looks for them says so.
Error ExplainMissingFiles(Error error, const OpenedEngine& engine);
/// An error of a session that EMR has ended meanwhile says why.
Error ExplainSession(Error error, const OpenedEngine& engine);

}  // namespace ember
