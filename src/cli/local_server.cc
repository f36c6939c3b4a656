#include "cli/local_server.h"

#include <utility>

#include "aws/s3_remote_stores.h"
#include "duckdb/duckdb_session.h"
#include "duckdb/spark_release.h"
#include "embed/glue_metastore.h"

namespace ember {

Result<std::unique_ptr<LocalServer>> LocalServer::Start(ServerOptions options,
                                                        const EngineFlags& engine,
                                                        const std::string& spark_version) {
  ASSIGN_OR_RETURN(const SparkRelease release, ParseSparkRelease(spark_version));
  std::unique_ptr<LocalServer> local(new LocalServer);
  local->operations_ = MakeLocalFileOperations();
  local->store_ = MakeLocalStore(*local->operations_);
  local->remote_ = MakeS3RemoteStores();
  local->glue_ = MakeGlueMetastore();
  LocalEngineOptions engine_options{.threads = engine.threads,
                                    .memory_limit = engine.memory,
                                    .temp_directory = engine.temp_directory,
                                    .config = DefaultsOf(release),
                                    .remote = local->remote_.get(),
                                    .outer_catalog = local->glue_.get()};
  if (!engine.warehouse.empty()) {
    engine_options.config["spark.sql.warehouse.dir"] = engine.warehouse;
  }
  ASSIGN_OR_RETURN(local->server_, Server::Start(std::move(options),
                                                 MakeLocalSessionFactory(std::move(engine_options),
                                                                         *local->store_)));
  return local;
}

}  // namespace ember
