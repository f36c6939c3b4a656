#pragma once

#include <span>
#include <string_view>

namespace ember {

/// A jar of a Maven repository.
struct SparkJar {
  std::string_view path;  // below the repository: "org/x/y/1.0/y-1.0.jar"
  std::string_view sha256;
};

/// What a Spark needs beyond its own jars to reach S3 by S3A: a few MB in place of the bundles of
/// hundreds.
struct SparkS3 {
  std::span<const SparkJar> jars;
  std::string_view environment_credentials;  // the class that reads them from the environment
};

/// Of Spark 4.0 (Hadoop 3.4.1, AWS SDK 2) or 3.5 (Hadoop 3.3.4, AWS SDK 1), by its version.
SparkS3 S3Of(std::string_view spark_version);

}  // namespace ember
