#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ember {

/// How a Spark reaches S3.
struct SparkStorage {
  std::map<std::string, std::string> settings;                   // of Spark, without secrets
  std::vector<std::pair<std::string, std::string>> environment;  // of all processes: credentials
};

struct SparkStorageRequest {
  std::string spark_version;  // "4.0.2"
  std::string cache_folder;   // the jars of S3A come into it when they are not there
  /// Variables that count before those of this process.
  std::vector<std::pair<std::string, std::string>> environment;
  std::function<void(std::string_view line)> progress;
};

/// As Ember itself would reach it: the same credentials (never on a command line or in a file),
/// endpoint and region. Errors: those of the credentials' sources, or of the download.
Result<SparkStorage> FindSparkStorage(const SparkStorageRequest& request,
                                      const std::stop_token& stop);

/// $EMBER_CACHE, or Ember's folder in the user's cache.
std::string DefaultCacheFolder();

}  // namespace ember
