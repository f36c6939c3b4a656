#pragma once

#include <string>

#include "base/result.h"

namespace ember {

/// A Spark and the Java that runs it.
struct SparkInstallation {
  std::string home;       // SPARK_HOME: bin/spark-class, jars/
  std::string version;    // "4.0.2"
  std::string java_home;  // JAVA_HOME
  std::string python;     // for Python functions on the workers; empty: the workers' python3
};

/// `given`, else the environment's SPARK_HOME, else the package that tools/setup/python.sh installs
/// in `cache_folder`. Errors: EMBER_INVALID_INPUT says what to install when there is no Spark of
/// version 4.0 with its Connect server, or no Java 17 or later.
Result<SparkInstallation> FindSpark(const std::string& given, const std::string& cache_folder);

/// The major version in a JDK's `release` file: 17 for JAVA_VERSION="17.0.15", 8 for "1.8.0_392"; 0
/// when it says none.
int JavaMajorVersion(const std::string& release);

}  // namespace ember
