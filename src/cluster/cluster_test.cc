#include "cluster/cluster.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/uuid.h"
#include "cluster/ports.h"
#include "cluster/spark_process.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

class ClusterTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / fmt::format("ember-cluster-{}", NewUuid());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  ProcessIdentity StartShell(const std::string& script, const std::string& variable) {
    auto started = StartDetached({.arguments = {"/bin/sh", "-c", script},
                                  .environment = {"PATH=/usr/bin:/bin", variable},
                                  .folder = folder_.string(),
                                  .log = (folder_ / "log").string()});
    EXPECT_TRUE(started.ok());
    return started.ok() ? *started : ProcessIdentity{};
  }
  std::string Text(const fs::path& path) const {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  ClusterWorld World() {
    ClusterWorld world;
    world.folder = (folder_ / "cluster").string();
    world.fetch = [](const std::string& url) -> Result<std::string> { return InvalidInput(url); };
    world.progress = [this](std::string_view line) { told_ += std::string(line) + "\n"; };
    return world;
  }
  // A Spark whose every process is this script.
  SparkInstallation FakeSpark(const std::string& script) {
    fs::create_directories(folder_ / "spark/bin");
    for (const char* name : {"spark-class", "spark-submit"}) {
      const fs::path path = folder_ / "spark/bin" / name;
      std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
      fs::permissions(path, fs::perms::owner_all);
    }
    return {.home = (folder_ / "spark").string(),
            .version = "4.0.2",
            .java_home = "/java",
            .python = ""};
  }

  fs::path folder_;
  std::string told_;
};

TEST(ClusterStateTest, KeepsEverything) {
  const ClusterState state{.id = "a-b",
                           .spark_home = "/opt/sp\"ark",
                           .spark_version = "3.5.6",
                           .master_port = 1,
                           .web_port = 2,
                           .connect_port = 3,
                           .workers = 4,
                           .cores = 5,
                           .memory_mb = 6,
                           .has_s3 = true,
                           .processes = {{"worker 1", {7, 8}, "/log"}, {"master", {9, 10}, ""}}};
  const auto read = ParseClusterState(ClusterStateText(state));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, state);
  EXPECT_EQ(ClusterUrl(state), "sc://127.0.0.1:3");
  for (const std::string text : {"", "{}", "[1]", "{\"id\": 5}", "{\"id\": \"\"}"})
    EXPECT_FALSE(ParseClusterState(text).ok()) << text;
}

TEST(ClusterStateTest, ReadsSizes) {
  EXPECT_EQ(ParseMemoryMb("1g"), 1024);
  EXPECT_EQ(ParseMemoryMb("2GB"), 2048);
  EXPECT_EQ(ParseMemoryMb("800m"), 800);
  EXPECT_EQ(ParseMemoryMb("700mb"), 700);
  for (const char* text : {"", "g", "1", "1k", "1.5g", "-1g", "0m", "1 g", "99999999999g", "1gg"})
    EXPECT_EQ(ParseMemoryMb(text), std::nullopt) << text;
}

TEST(ClusterStateTest, ReadsTheMastersAnswer) {
  const auto answer = ParseMasterJson(
      R"({"url": "spark://127.0.0.1:1", "workers": [{"id": "worker-1", "host": "127.0.0.1", "port": 81,
      "cores": 2, "coresused": 1, "coresfree": 1, "memory": 1024, "memoryused": 819, "state": "ALIVE"}],
      "activeapps": [{"id": "app-1", "starttime": 1, "name": "a", "cores": 1, "state": "RUNNING"}]})");
  ASSERT_TRUE(answer.ok());
  ASSERT_EQ(answer->workers.size(), 1);
  EXPECT_EQ(answer->workers.at(0).state, "ALIVE");
  EXPECT_EQ(answer->workers.at(0).port, 81);
  EXPECT_EQ(answer->workers.at(0).memory_used_mb, 819);
  ASSERT_EQ(answer->applications.size(), 1);
  EXPECT_EQ(answer->applications.at(0).cores, 1);
  EXPECT_FALSE(ParseMasterJson("<html>").ok());
  EXPECT_FALSE(ParseMasterJson("{\"workers\": [{}]}").ok());
}

TEST(SparkInstallationTest, ReadsTheVersionOfAJdk) {
  EXPECT_EQ(JavaMajorVersion("IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"17.0.15\"\n"), 17);
  EXPECT_EQ(JavaMajorVersion("JAVA_VERSION=\"1.8.0_392\""), 8);
  EXPECT_EQ(JavaMajorVersion("JAVA_VERSION=\"21\""), 21);
  EXPECT_EQ(JavaMajorVersion(""), 0);
}

TEST_F(ClusterTest, SaysWhatToInstall) {
  const auto nothing = FindSpark("/nowhere", "", "/nowhere");
  ASSERT_FALSE(nothing.ok());
  EXPECT_NE(nothing.error().message.find("'/nowhere' is no Spark"), std::string::npos);
  EXPECT_NE(nothing.error().message.find("python.sh spark-4.0.2"), std::string::npos);
  const SparkInstallation fake = FakeSpark("");
  fs::create_directories(folder_ / "spark/jars");
  const fs::path core = folder_ / "spark/jars/spark-core_2.12-3.4.1.jar";
  std::ofstream jar(core);
  const auto old = FindSpark(fake.home, "", "/nowhere");
  ASSERT_FALSE(old.ok());
  EXPECT_NE(old.error().message.find("is Spark 3.4.1, and a cluster needs 3.5 or 4.0"),
            std::string::npos);
  fs::rename(core, folder_ / "spark/jars/spark-core_2.12-3.5.6.jar");
  const auto other = FindSpark(fake.home, "4.0.2", "/nowhere");
  ASSERT_FALSE(other.ok());
  EXPECT_NE(other.error().message.find("is Spark 3.5.6, and a cluster needs 4.0"),
            std::string::npos);
  const auto without = FindSpark(fake.home, "3.5", "/nowhere");
  ASSERT_FALSE(without.ok());
  EXPECT_NE(without.error().message.find("no Connect server (jars/spark-connect_2.12"),
            std::string::npos);
  const auto none = FindSpark("", "3.4", "/nowhere");
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().message.find("3.5 or 4.0 can be had"), std::string::npos);
}

TEST_F(ClusterTest, StartsAndEndsProcesses) {
  const std::string variable = "EMBER_TEST=" + NewUuid();
  const ProcessIdentity process = StartShell("echo started; sleep 1000 & wait", variable);
  EXPECT_TRUE(IsAlive(process));
  // The shell and what it started are found; the same number with another start is not taken.
  for (int i = 0; i < 100 && FindProcesses(variable).size() < 2; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(FindProcesses(variable).size(), 2);
  EXPECT_TRUE(FindProcesses(variable + "0").empty());
  EXPECT_TRUE(FindProcesses(variable.substr(0, variable.size() - 1)).empty());
  const ProcessIdentity other{.pid = process.pid, .start_ticks = process.start_ticks + 1};
  EXPECT_FALSE(IsAlive(other));
  EXPECT_TRUE(EndProcesses({other}, 0));
  EXPECT_TRUE(IsAlive(process));
  EXPECT_TRUE(EndProcesses(FindProcesses(variable), 5000));
  EXPECT_FALSE(IsAlive(process));
  EXPECT_EQ(Text(folder_ / "log"), "started\n");
  struct stat log{};
  ASSERT_EQ(stat((folder_ / "log").c_str(), &log), 0);
  EXPECT_EQ(log.st_mode & 0777, 0600);
}

TEST_F(ClusterTest, GivesAProcessItsInputAndAnErrorLog) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const auto process = StartDetached({.arguments = {"/bin/sh", "-c", "cat; echo end >&2"},
                                      .environment = {"PATH=/usr/bin:/bin"},
                                      .folder = folder_.string(),
                                      .log = (folder_ / "out").string(),
                                      .error_log = (folder_ / "err").string(),
                                      .input = ends[0]});
  close(ends[0]);
  ASSERT_TRUE(process.ok());
  ASSERT_EQ(write(ends[1], "text", 4), 4);
  EXPECT_TRUE(IsAlive(*process));
  close(ends[1]);
  for (int i = 0; i < 500 && IsAlive(*process); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(Text(folder_ / "out"), "text");
  EXPECT_EQ(Text(folder_ / "err"), "end\n");
  SignalProcess(*process, SIGKILL);  // gone: nothing happens
}

TEST_F(ClusterTest, EndsByForceWhatDoesNotEnd) {
  const std::string variable = "EMBER_TEST=" + NewUuid();
  const ProcessIdentity process =
      StartShell("trap '' TERM; echo ready; while true; do sleep 0.1; done", variable);
  for (int i = 0; i < 100 && Text(folder_ / "log").empty(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_TRUE(EndProcesses({process}, 200));
  EXPECT_FALSE(IsAlive(process));
  EndProcesses(FindProcesses(variable), 1000);
}

TEST_F(ClusterTest, APortIsFreeUntilSomebodyListens) {
  const auto ports = FindFreePorts(3);
  ASSERT_TRUE(ports.ok());
  EXPECT_NE(ports->at(0), ports->at(1));
  EXPECT_TRUE(IsPortFree(ports->at(0)));
  EXPECT_FALSE(PortAnswers(ports->at(0)));
}

TEST_F(ClusterTest, SaysWhichProcessEndedAndItsLastLines) {
  auto cluster = Cluster::Open(World());
  ASSERT_TRUE(cluster.ok());
  const ClusterOptions options{.spark = FakeSpark("echo why it ended; exit 3")};
  const auto started = cluster->Start(options, {});
  ASSERT_FALSE(started.ok());
  EXPECT_NE(started.error().message.find("the master ended"), std::string::npos);
  EXPECT_NE(started.error().message.find("why it ended"), std::string::npos);
  const auto state = cluster->Load();
  ASSERT_TRUE(state.ok());
  EXPECT_FALSE(state->has_value());
  EXPECT_TRUE(fs::exists(folder_ / "cluster/master.log"));
}

TEST_F(ClusterTest, EndsWhatItStartedWhenItTakesTooLongOrIsStopped) {
  auto cluster = Cluster::Open(World());
  ASSERT_TRUE(cluster.ok());
  ClusterOptions options{.spark = FakeSpark("env > environment; sleep 1000"), .timeout_ms = 300};
  options.environment = {{"AWS_SECRET_ACCESS_KEY", "secret"}};
  const auto started = cluster->Start(options, {});
  ASSERT_FALSE(started.ok());
  EXPECT_NE(started.error().message.find("too long"), std::string::npos);
  const std::string environment = Text(folder_ / "cluster/environment");
  EXPECT_NE(environment.find("AWS_SECRET_ACCESS_KEY=secret"), std::string::npos);
  const size_t id = environment.find("EMBER_CLUSTER=");
  ASSERT_NE(id, std::string::npos);
  EXPECT_TRUE(FindProcesses(environment.substr(id, environment.find('\n', id) - id)).empty());
  std::stop_source stop;
  stop.request_stop();
  options.timeout_ms = 100000;
  const auto stopped = cluster->Start(options, stop.get_token());
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().condition, "OPERATION_CANCELLED");
}

TEST_F(ClusterTest, CleansUpAfterProcessesThatAreGone) {
  auto cluster = Cluster::Open(World());
  ASSERT_TRUE(cluster.ok());
  // The number of a process that lives (this one), with another start: a recycled one.
  const ClusterState state{.id = NewUuid(), .processes = {{"master", {getpid(), 1}, ""}}};
  fs::create_directories(folder_ / "cluster");
  std::ofstream(folder_ / "cluster/state.json") << ClusterStateText(state);
  const auto loaded = cluster->Load();
  ASSERT_TRUE(loaded.ok());
  EXPECT_FALSE(loaded->has_value());
  EXPECT_NE(told_.find("cleaned up"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_ / "cluster"));
}

TEST_F(ClusterTest, ATakenPortIsSaidAndNothingStarts) {
  auto cluster = Cluster::Open(World());
  ASSERT_TRUE(cluster.ok());
  const auto second = Cluster::Open(World());
  EXPECT_FALSE(second.ok()) << "two at once";
  const auto port = FindFreePorts(1);
  ASSERT_TRUE(port.ok());
  const ProcessIdentity listener = StartShell(
      fmt::format("exec python3 -m http.server --bind 127.0.0.1 {}", port->at(0)), "A=b");
  for (int i = 0; i < 500 && !PortAnswers(port->at(0)); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const auto started =
      cluster->Start({.spark = FakeSpark("sleep 1000"), .connect_port = port->at(0)}, {});
  ASSERT_FALSE(started.ok());
  EXPECT_NE(started.error().message.find(fmt::format("port {} is taken", port->at(0))),
            std::string::npos);
  EXPECT_TRUE(EndProcesses({listener}, 2000));
}

TEST(SparkDefaultsTest, LetsSettingsWin) {
  ClusterOptions options;
  options.settings = {{"spark.ui.enabled", "true"}};
  const std::string text = SparkDefaultsText(SparkDefaults(
      options, {.connect_port = 7, .workers = 2, .cores = 3, .memory_mb = 1000}, "/f"));
  EXPECT_NE(text.find("spark.ui.enabled true\n"), std::string::npos);
  EXPECT_NE(text.find("spark.executor.memory 800m\n"), std::string::npos);
  EXPECT_NE(text.find("spark.cores.max 6\n"), std::string::npos);
  EXPECT_NE(text.find("spark.connect.grpc.binding.port 7\n"), std::string::npos);
}

}  // namespace
}  // namespace ember
