#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ember {

/// A Spark and the Java that runs it.
struct SparkInstallation {
  std::string home;       // SPARK_HOME: bin/spark-class, jars/
  std::string version;    // "4.0.2"; 3.5 or 4.0
  std::string java_home;  // JAVA_HOME
  std::string python;     // for Python functions on the workers; empty: the workers' python3
};

/// What a cluster can be made of.
struct SparkRow {
  std::string_view release;  // "4.0"
  std::string_view package;  // "4.0.2": what tools/setup/python.sh installs
  std::string_view scala;    // of the names of its jars
};
/// The row of a version such as "4.0.2" or "3.5"; null when there is none.
const SparkRow* FindSparkRow(std::string_view version);

/// `given`, else the package of `version` ("3.5", "4.0.2") that tools/setup/python.sh installs in
/// `cache_folder`; with an empty `version` the environment's SPARK_HOME comes before the package of
/// 4.0. Errors: EMBER_INVALID_INPUT says what to install when there is no Spark of the version with
/// its Connect server, or no Java 17 or later.
Result<SparkInstallation> FindSpark(const std::string& given, const std::string& version,
                                    const std::string& cache_folder);

/// The major version in a JDK's `release` file: 17 for JAVA_VERSION="17.0.15", 8 for "1.8.0_392"; 0
/// when it says none.
int JavaMajorVersion(const std::string& release);

}  // namespace ember
