#include "cluster/spark_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace ember {
namespace {

constexpr std::string_view kLogging = R"(rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
)";

}  // namespace

Status WritePrivate(const std::string& path, const std::string& text) {
  const std::string next = path + ".new";
  const int file = open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool is_open = file >= 0;
  const bool is_written =
      is_open && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (is_open) close(file);
  if (is_written && rename(next.c_str(), path.c_str()) == 0) return {};
  return InvalidInput(fmt::format("cannot write '{}': {}", path, std::strerror(errno)));
}

std::vector<std::string> SparkEnvironment(const SparkProcessGround& ground) {
  std::vector<std::pair<std::string, std::string>> set = {
      {"SPARK_HOME", ground.spark.home},
      {"SPARK_CONF_DIR", ground.conf_folder},
      {"SPARK_LOCAL_IP", "127.0.0.1"},
      {"SPARK_LOCAL_DIRS", ground.local_folder},
      {"SPARK_DAEMON_MEMORY", fmt::format("{}m", ground.daemon_memory_mb)},
      {"JAVA_HOME", ground.spark.java_home},
  };
  if (!ground.spark.python.empty()) set.emplace_back("PYSPARK_PYTHON", ground.spark.python);
  set.insert(set.end(), ground.environment.begin(), ground.environment.end());
  std::vector<std::string> out;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const std::string_view name = text.substr(0, text.find('='));
    const bool is_set =
        std::any_of(set.begin(), set.end(), [&](const auto& pair) { return pair.first == name; });
    const bool is_sparks =
        name.starts_with("SPARK_") || name.starts_with("PYSPARK_") || name == "CLASSPATH";
    if (!is_set && !is_sparks) out.emplace_back(text);
  }
  for (const auto& [name, value] : set) {
    if (!value.empty()) out.push_back(fmt::format("{}={}", name, value));
  }
  return out;
}

std::string SparkDefaultsText(const std::map<std::string, std::string>& settings) {
  std::string out;
  for (const auto& [key, value] : settings) out += fmt::format("{} {}\n", key, value);
  return out;
}

Status WriteSparkConfiguration(const std::string& folder,
                               const std::map<std::string, std::string>& settings) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) return InvalidInput(fmt::format("cannot make '{}': {}", folder, code.message()));
  RETURN_IF_ERROR(WritePrivate(folder + "/spark-defaults.conf", SparkDefaultsText(settings)));
  return WritePrivate(folder + "/log4j2.properties", std::string(kLogging));
}

std::map<std::string, std::string> LoopbackSparkSettings() {
  return {
      {"spark.connect.grpc.binding.address", "127.0.0.1"},
      {"spark.driver.bindAddress", "127.0.0.1"},
      {"spark.driver.host", "127.0.0.1"},
  };
}

std::string SparkMasterUrl(int master_port) {
  return fmt::format("spark://127.0.0.1:{}", master_port);
}

std::vector<std::string> MasterArguments(const SparkInstallation& spark, int port, int web_port) {
  return {spark.home + "/bin/spark-class",
          "org.apache.spark.deploy.master.Master",
          "--host",
          "127.0.0.1",
          "--port",
          std::to_string(port),
          "--webui-port",
          std::to_string(web_port)};
}

std::vector<std::string> WorkerArguments(const SparkInstallation& spark,
                                         const SparkWorkerCommand& worker) {
  return {spark.home + "/bin/spark-class",
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          "127.0.0.1",
          "--port",
          std::to_string(worker.port),
          "--webui-port",
          "0",
          "--cores",
          std::to_string(worker.cores),
          "--memory",
          fmt::format("{}m", worker.memory_mb),
          "--work-dir",
          worker.work_folder,
          SparkMasterUrl(worker.master_port)};
}

std::vector<std::string> ConnectServerArguments(const SparkInstallation& spark, int master_port,
                                                std::string_view name) {
  return {spark.home + "/bin/spark-submit",
          "--class",
          "org.apache.spark.sql.connect.service.SparkConnectServer",
          "--master",
          SparkMasterUrl(master_port),
          "--driver-memory",
          "1g",
          "--name",
          std::string(name),
          "spark-internal"};
}

}  // namespace ember
