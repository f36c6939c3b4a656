#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "cli/commands.h"
#include "duckdb/outer_catalog.h"
#include "server/server.h"
#include "store/remote_stores.h"
#include "store/store.h"

namespace ember {

/// A Spark Connect endpoint over this process's own engine: what `serve` and `python` run.
class LocalServer {
 public:
  /// Sessions have the defaults of `spark_version`; empty: 4.0's.
  static Result<std::unique_ptr<LocalServer>> Start(ServerOptions options,
                                                    const EngineFlags& engine,
                                                    const std::string& spark_version);

  Server& server() { return *server_; }

 private:
  LocalServer() = default;

  // Destroyed in reverse: first the server, which ends the sessions that use the store.
  std::unique_ptr<FileOperations> operations_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<RemoteStores> remote_;
  std::unique_ptr<OuterCatalog> glue_;
  std::unique_ptr<Server> server_;
};

}  // namespace ember
