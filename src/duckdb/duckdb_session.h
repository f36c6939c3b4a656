#pragma once

#include <map>
#include <memory>
#include <string>

#include "session/session.h"
#include "store/remote_stores.h"
#include "store/store.h"

namespace ember {

class OuterCatalog;

/// The setting by which a session finds its tables in `outer_catalog`, in place of the warehouse.
inline constexpr const char* kGlueCatalogSetting = "spark.ember.catalog.glue";

/// What the local engine may use of the machine.
struct LocalEngineOptions {
  int threads = 0;             // 0: one per core
  std::string memory_limit;    // "512MB"; empty: most of the machine's memory
  std::string temp_directory;  // for spilling; empty: below $TMPDIR
  /// Configuration every session starts with (spark.sql.warehouse.dir, spark.app.name …).
  std::map<std::string, std::string> config;
  /// What is behind remote paths; null: such paths are not there. Must outlive the factory and its
  /// sessions.
  RemoteStores* remote = nullptr;
  /// Glue's catalog, for sessions whose setting spark.ember.catalog.glue is true; null: that is
  /// refused. Must outlive the factory and its sessions.
  OuterCatalog* outer_catalog = nullptr;
};

/// Sessions over embedded DuckDB in this process. `store` must outlive the factory and its
/// sessions. The engine starts with the first query.
std::unique_ptr<SessionFactory> MakeLocalSessionFactory(LocalEngineOptions options, Store& store);

}  // namespace ember
