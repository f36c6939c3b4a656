#pragma once

#include <span>
#include <string_view>

namespace ember {

/// A jar of a Maven repository.
struct SparkJar {
  std::string_view path;  // below the repository: "org/x/y/1.0/y-1.0.jar"
  std::string_view sha256;
};

/// What Spark 4.0 (Hadoop 3.4.1) needs beyond its own jars to reach S3 by S3A: 12 MB in place of
/// the 558 MB bundle.
std::span<const SparkJar> S3Jars();

}  // namespace ember
