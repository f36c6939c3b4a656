#pragma once

#include <ember/session.h>

#include <stop_token>
#include <string>

#include "base/result.h"
#include "cli/commands.h"

namespace ember {

/// What a verb runs on: the engine of this process, or a real Spark.
struct OpenedEngine {
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
/// Errors: an `--on` that is neither local nor sc://…, with what to write instead.
Status CheckOn(const EngineFlags& flags);

/// An error about files that are here and not where Spark looks for them says so.
Error ExplainMissingFiles(Error error, const OpenedEngine& engine);

}  // namespace ember
