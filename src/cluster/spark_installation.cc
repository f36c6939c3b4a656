#include "cluster/spark_installation.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr int kMinJava = 17;
// The first is what there is without a word about it.
constexpr auto kSparks =
    std::to_array<SparkRow>({{.release = "4.0", .package = "4.0.2", .scala = "2.13"},
                             {.release = "3.5", .package = "3.5.6", .scala = "2.12"}});
constexpr std::string_view kInstallJava =
    "install one (Debian: `apt-get install openjdk-17-jre-headless`) and set JAVA_HOME when it is "
    "not in PATH";

std::string InstallAdvice(const SparkRow& row) {
  return fmt::format(
      "name its folder with --spark-home DIR (in a virtual environment "
      "VENV/lib/python3.N/site-packages/pyspark), or run `tools/setup/python.sh spark-{}` in "
      "Ember's sources",
      row.package);
}

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string FileText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The name of a jar "PREFIX<version>.jar" without both; empty when there is none.
std::string JarVersion(const std::string& home, const std::string& prefix) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(fs::path(home) / "jars", ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(".jar"))
      return name.substr(prefix.size(), name.size() - prefix.size() - 4);
  }
  return "";
}

// ~/.cache/ember/venv-spark-4.0.2/lib/python3.11/site-packages/pyspark.
std::string PackagedHome(const std::string& cache_folder, const SparkRow& row) {
  std::error_code ignored;
  const fs::path libraries =
      fs::path(cache_folder) / fmt::format("venv-spark-{}", row.package) / "lib";
  for (const auto& entry : fs::directory_iterator(libraries, ignored)) {
    const fs::path home = entry.path() / "site-packages" / "pyspark";
    if (fs::exists(home / "bin/spark-class", ignored)) return home.string();
  }
  return "";
}

// The interpreter of the virtual environment that holds the package.
std::string PackagedPython(const std::string& home) {
  const fs::path site = fs::path(home).parent_path();
  if (site.filename() != "site-packages") return "";
  const fs::path python = site.parent_path().parent_path().parent_path() / "bin" / "python3";
  return access(python.c_str(), X_OK) == 0 ? python.string() : "";
}

std::string FindJavaHome() {
  std::error_code ignored;
  const std::string given = Variable("JAVA_HOME");
  if (!given.empty()) return given;
  const std::string path = Variable("PATH");
  for (size_t start = 0; start <= path.size();) {
    const size_t end = std::min(path.find(':', start), path.size());
    const fs::path java = fs::path(path.substr(start, end - start)) / "java";
    if (access(java.c_str(), X_OK) == 0) {
      return fs::canonical(java, ignored).parent_path().parent_path().string();
    }
    start = end + 1;
  }
  return "";
}

Status CheckJava(const std::string& home) {
  if (home.empty()) {
    return InvalidInput(fmt::format(
        "Spark needs Java {} or later, and there is no java in PATH: {}", kMinJava, kInstallJava));
  }
  if (access((fs::path(home) / "bin/java").c_str(), X_OK) != 0) {
    return InvalidInput(
        fmt::format("JAVA_HOME is '{}', which has no bin/java: {}", home, kInstallJava));
  }
  const int version = JavaMajorVersion(FileText(fs::path(home) / "release"));
  if (version != 0 && version < kMinJava) {
    return InvalidInput(fmt::format("Spark needs Java {} or later, and '{}' is Java {}: {}",
                                    kMinJava, home, version, kInstallJava));
  }
  return {};
}

}  // namespace

int JavaMajorVersion(const std::string& release) {
  constexpr std::string_view kKey = "JAVA_VERSION=\"";
  const size_t at = release.find(kKey);
  if (at == std::string::npos) return 0;
  const char* text = release.c_str() + at + kKey.size();
  if (std::string_view(text).starts_with("1.")) text += 2;
  return std::atoi(text);
}

const SparkRow* FindSparkRow(std::string_view version) {
  const auto* row = std::find_if(kSparks.begin(), kSparks.end(), [&](const SparkRow& spark) {
    return version.starts_with(spark.release) &&
           (version.size() == spark.release.size() || version[spark.release.size()] == '.');
  });
  return row == kSparks.end() ? nullptr : row;
}

Result<SparkInstallation> FindSpark(const std::string& given, const std::string& version,
                                    const std::string& cache_folder) {
  const SparkRow* wanted = version.empty() ? kSparks.data() : FindSparkRow(version);
  if (wanted == nullptr) {
    return InvalidInput(
        fmt::format("there is no cluster of Spark '{}': 3.5 or 4.0 can be had", version));
  }
  const std::string advice = InstallAdvice(*wanted);
  SparkInstallation spark;
  spark.home = given;
  if (spark.home.empty() && version.empty()) spark.home = Variable("SPARK_HOME");
  if (spark.home.empty()) spark.home = PackagedHome(cache_folder, *wanted);
  if (spark.home.empty())
    return InvalidInput(fmt::format("there is no Spark {}: {}", wanted->release, advice));
  std::error_code ignored;
  spark.home = fs::absolute(spark.home, ignored).lexically_normal().string();
  while (spark.home.size() > 1 && spark.home.ends_with('/')) spark.home.pop_back();
  if (!fs::exists(fs::path(spark.home) / "bin/spark-class", ignored)) {
    return InvalidInput(
        fmt::format("'{}' is no Spark: it has no bin/spark-class; {}", spark.home, advice));
  }
  for (const SparkRow& row : kSparks) {
    if (spark.version.empty())
      spark.version = JarVersion(spark.home, fmt::format("spark-core_{}-", row.scala));
  }
  const SparkRow* found = FindSparkRow(spark.version);
  if (found == nullptr || (!version.empty() && found != wanted)) {
    return InvalidInput(fmt::format("'{}' is Spark {}, and a cluster needs {}: {}", spark.home,
                                    spark.version.empty() ? "of an unknown version" : spark.version,
                                    version.empty() ? "3.5 or 4.0" : wanted->release, advice));
  }
  if (JarVersion(spark.home, fmt::format("spark-connect_{}-", found->scala)).empty()) {
    return InvalidInput(fmt::format("'{}' has no Connect server (jars/spark-connect_{}-….jar); {}",
                                    spark.home, found->scala, InstallAdvice(*found)));
  }
  spark.java_home = FindJavaHome();
  RETURN_IF_ERROR(CheckJava(spark.java_home));
  spark.python = PackagedPython(spark.home);
  return spark;
}

}  // namespace ember
