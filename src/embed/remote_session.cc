#include <ember/session.h>

#include "duckdb/config.h"
#include "session/session.h"
#include "spark/connect.h"

namespace ember {

Result<SparkSession> SparkSession::Remote(std::string_view address, const RemoteOptions& options) {
  ConnectOptions connect;
  connect.ca_file = options.ca_file;
  connect.token = options.token;
  ASSIGN_OR_RETURN(
      SparkConnection spark,
      ConnectSpark(std::string(address), std::move(connect),
                   {{"spark.sql.ansi.enabled", options.ansi ? "true" : "false"},
                    {"spark.sql.session.timeZone",
                     options.time_zone.empty() ? SystemTimeZone() : options.time_zone}}));
  return SparkSession(std::move(spark.session));
}

}  // namespace ember
