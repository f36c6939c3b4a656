#include "cli/spark_version.h"

#include <utility>

#include "duckdb/spark_release.h"

namespace ember {

void AddSparkFlag(CLI::App& command, std::string& version) {
  command
      .add_option("--spark", version,
                  "whose defaults a session has: those of Spark 4.0, or of 3.5 with ANSI mode off "
                  "(default: 4.0)")
      ->type_name("VERSION");
}

std::string TakeSparkVersion(std::map<std::string, std::string>& settings) {
  auto version = settings.extract("version");
  return version ? std::move(version.mapped()) : std::string();
}

Status UseSparkDefaults(const SparkSession& session, const std::string& version) {
  if (version.empty()) return {};
  ASSIGN_OR_RETURN(const SparkRelease release, ParseSparkRelease(version));
  for (const auto& [key, value] : DefaultsOf(release))
    RETURN_IF_ERROR(session.SetConfig(key, value));
  return {};
}

}  // namespace ember
