#include <ember/session.h>

#include "aws/s3_remote_stores.h"
#include "base/uuid.h"
#include "duckdb/duckdb_session.h"
#include "duckdb/spark_release.h"
#include "embed/glue_metastore.h"
#include "session/session.h"
#include "store/store.h"

namespace ember {
namespace {

// Everything a local session lives on; the members end in reverse order.
struct LocalEngine {
  std::unique_ptr<FileOperations> operations = MakeLocalFileOperations();
  std::unique_ptr<Store> store = MakeLocalStore(*operations);
  std::unique_ptr<RemoteStores> remote = MakeS3RemoteStores();
  std::unique_ptr<OuterCatalog> glue = MakeGlueMetastore();
  std::unique_ptr<SessionFactory> factory;
  std::shared_ptr<Session> session;
};

}  // namespace

Result<SparkSession> SparkSession::Local(const LocalOptions& options) {
  LocalEngineOptions engine_options;
  engine_options.threads = options.threads;
  engine_options.memory_limit = options.memory_limit;
  engine_options.temp_directory = options.temp_directory;
  ASSIGN_OR_RETURN(const SparkRelease release, ParseSparkRelease(options.spark_version));
  engine_options.config = DefaultsOf(release);
  if (!options.warehouse_directory.empty()) {
    engine_options.config["spark.sql.warehouse.dir"] = options.warehouse_directory;
  }
  const auto engine = std::make_shared<LocalEngine>();
  engine_options.remote = engine->remote.get();
  engine_options.outer_catalog = engine->glue.get();
  engine->factory = MakeLocalSessionFactory(std::move(engine_options), *engine->store);
  ASSIGN_OR_RETURN(engine->session, engine->factory->NewSession(NewUuid(), "local"));
  // The session's owner is the engine as a whole.
  return SparkSession(std::shared_ptr<Session>(engine, engine->session.get()));
}

}  // namespace ember
