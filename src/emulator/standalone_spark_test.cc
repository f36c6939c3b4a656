#include "emulator/standalone_spark.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

#include "base/uuid.h"
#include "emulator/process_watch.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

// As many-faced as the real one: a server on the port behind "--port", or a program that ends.
constexpr const char* kFakeSpark = R"(#!/usr/bin/env python3
import http.server, os, signal, sys
words = sys.argv[1:]
if "sleep" in words:
    print("sleeping", flush=True)
    signal.pause()
if "--port" not in words:
    print("conf", os.environ["SPARK_CONF_DIR"], *words)
    print("to the error log", file=sys.stderr)
    sys.exit(words.count("fail") * 7)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = open(os.path.dirname(sys.argv[0]) + "/answer.json", "rb").read()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass
ports = [words[i + 1] for i, word in enumerate(words) if word in ("--port", "--webui-port")]
for port in ports[1:]:
    if port != "0" and os.fork() == 0:
        http.server.HTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()
signal.signal(signal.SIGPWR, lambda *_: print("decommissioned", flush=True))
http.server.HTTPServer(("127.0.0.1", int(ports[0])), Handler).serve_forever()
)";

class StandaloneSparkTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / fmt::format("ember-emulated-{}", NewUuid());
    fs::create_directories(folder_ / "spark/bin");
    for (const char* name : {"spark-class", "spark-submit"}) {
      const fs::path path = folder_ / "spark/bin" / name;
      std::ofstream(path) << kFakeSpark;
      fs::permissions(path, fs::perms::owner_all);
    }
    Answer(R"({"workers": [], "activeapps": []})");
  }
  void TearDown() override {
    (void)spark_.Stop();
    EXPECT_TRUE(Processes().empty());
    fs::remove_all(folder_);
  }

  EmulatedSparkOptions Options() {
    EmulatedSparkOptions options;
    options.folder = (folder_ / "cluster").string();
    options.spark = {.home = (folder_ / "spark").string(),
                     .version = "4.0.2",
                     .java_home = "/java",
                     .python = ""};
    options.settings = {{"spark.executor.memory", "8g"}, {"spark.sql.shuffle.partitions", "7"}};
    options.environment = {{"EMBER_TEST_FOLDER", folder_.string()}};
    options.ember = "/bin/echo";
    return options;
  }
  void Answer(const std::string& json) { std::ofstream(folder_ / "spark/bin/answer.json") << json; }
  std::vector<ProcessIdentity> Processes() const {
    return FindProcesses("EMBER_TEST_FOLDER=" + folder_.string());
  }
  std::string Text(const fs::path& path) const {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static bool Eventually(const std::function<bool()>& is_so) {
    for (int i = 0; i < 1500; ++i) {
      if (is_so()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }
  int EndOf(const std::string& step) {
    std::optional<EmulatedStepEnd> end;
    EXPECT_TRUE(Eventually([&] {
      auto asked = spark_.StepEnd(step);
      if (asked.ok()) end = *asked;
      return end.has_value();
    }));
    return end ? end->exit_code : -1;
  }

  fs::path folder_;
  StandaloneSpark spark_;
};

TEST_F(StandaloneSparkTest, RunsStepsAsProcesses) {
  ASSERT_TRUE(spark_.Start(Options(), {}).ok());
  ASSERT_TRUE(spark_.StartStep({"s-1", {"spark-submit", "s3://b/it's.py", "a b"}}).ok());
  EXPECT_EQ(EndOf("s-1"), 0);
  const fs::path log = spark_.StepLogFolder("s-1");
  const std::string out = Text(log / "stdout");
  EXPECT_NE(out.find("/files/0/it's.py a b"), std::string::npos) << out;
  EXPECT_EQ(Text(log / "stderr"), "to the error log\n");
  // What was fetched, by a program that only says its words here.
  const std::string controller = Text(log / "controller");
  EXPECT_NE(controller.find("s3 copy s3://b/it's.py "), std::string::npos) << controller;
  EXPECT_NE(controller.find("ended with exit code 0"), std::string::npos);
  const std::string conf = Text(log / "conf/spark-defaults.conf");
  EXPECT_NE(conf.find("spark.executor.memory 819m\n"), std::string::npos) << conf;
  EXPECT_NE(conf.find("spark.sql.shuffle.partitions 7\n"), std::string::npos);

  ASSERT_TRUE(spark_.StartStep({"s-2", {"spark-submit", "a.py", "fail"}}).ok());
  EXPECT_EQ(EndOf("s-2"), 7);
  ASSERT_TRUE(spark_.StartStep({"s-3", {"spark-submit", "--colour", "a.py"}}).ok());
  EXPECT_EQ(EndOf("s-3"), 1);
  EXPECT_EQ(Text(fs::path(spark_.StepLogFolder("s-3")) / "stderr"),
            "spark-submit has no option '--colour'\n");
  EXPECT_FALSE(spark_.StartStep({"s-3", {"bash"}}).ok());
  EXPECT_FALSE(spark_.StepEnd("s-9").ok());
}

TEST_F(StandaloneSparkTest, CancelsAStepWithWhatItStarted) {
  ASSERT_TRUE(spark_.Start(Options(), {}).ok());
  const size_t before = Processes().size();
  ASSERT_TRUE(spark_.StartStep({"s-1", {"bash", "-c", "sleep 1000 & spark-submit sleep"}}).ok());
  const fs::path out = fs::path(spark_.StepLogFolder("s-1")) / "stdout";
  ASSERT_TRUE(Eventually([&] { return Text(out) == "sleeping\n"; }));
  const auto running = spark_.StepEnd("s-1");
  ASSERT_TRUE(running.ok());
  EXPECT_FALSE(running->has_value());
  EXPECT_TRUE(spark_.CancelStep("s-1").ok());
  EXPECT_NE(EndOf("s-1"), 0);
  EXPECT_EQ(Processes().size(), before);
  // A step's end is known after the cluster's.
  ASSERT_TRUE(spark_.StartStep({"s-2", {"bash", "-c", "sleep 1000"}}).ok());
  EXPECT_TRUE(spark_.Stop().ok());
  EXPECT_NE(EndOf("s-2"), 0);
}

TEST_F(StandaloneSparkTest, NodesComeAndGo) {
  ASSERT_TRUE(spark_.Start(Options(), {}).ok());
  const size_t without = Processes().size();
  ASSERT_TRUE(spark_.AddNode({.instance_id = "i-1", .cores = 2, .memory_mb = 700}).ok());
  EXPECT_FALSE(spark_.AddNode({.instance_id = "i-1"}).ok());
  ASSERT_TRUE(spark_.AddNode({.instance_id = "i-2", .cores = 2, .memory_mb = 700}).ok());
  const auto ready = spark_.IsNodeReady("i-1");
  ASSERT_TRUE(ready.ok());
  EXPECT_FALSE(*ready);
  EXPECT_TRUE(Eventually([&] { return Processes().size() >= without + 2; }));
  const std::string node = fmt::format("EMBER_EMULATED_NODE={}/i-", Text(folder_ / "cluster/id"));
  EXPECT_FALSE(FindProcesses(node + "1").empty());
  ASSERT_TRUE(spark_.RemoveNode("i-1").ok());
  EXPECT_TRUE(FindProcesses(node + "1").empty());
  EXPECT_FALSE(FindProcesses(node + "2").empty());
  EXPECT_TRUE(spark_.RemoveNode("i-1").ok());
  const fs::path log = folder_ / "cluster/logs/i-2.log";
  // Decommissioned as soon as it listens for it.
  EXPECT_TRUE(Eventually([&] {
    EXPECT_TRUE(spark_.DecommissionNode("i-2").ok());
    const auto alive = spark_.IsNodeReady("i-2");
    if (!alive.ok()) return true;
    return Text(log).find("decommissioned") != std::string::npos;
  }));
  EXPECT_TRUE(spark_.DecommissionNode("i-9").ok());
}

TEST_F(StandaloneSparkTest, SaysHowTheMasterEnded) {
  EmulatedSparkOptions options = Options();
  std::ofstream(folder_ / "spark/bin/spark-class") << "#!/bin/sh\necho why it ended\nexit 3\n";
  const auto started = spark_.Start(options, {});
  ASSERT_FALSE(started.ok());
  EXPECT_NE(started.error().message.find("why it ended"), std::string::npos);
}

TEST_F(StandaloneSparkTest, EndsWhatAKilledProgramLeft) {
  ASSERT_TRUE(spark_.Start(Options(), {}).ok());
  const size_t one = Processes().size();
  // Another program in the same folder: the first one's processes are leftovers to it.
  StandaloneSpark next;
  ASSERT_TRUE(next.Start(Options(), {}).ok());
  EXPECT_EQ(Processes().size(), one);
  EXPECT_TRUE(next.Stop().ok());
}

TEST_F(StandaloneSparkTest, TheWatchEndsWhatIsLeft) {
  const std::string variable = "EMBER_TEST_FOLDER=" + folder_.string();
  {
    const auto watch = ProcessWatch::Start(variable, folder_.string());
    ASSERT_TRUE(watch.ok());
    ASSERT_TRUE(StartDetached({.arguments = {"/bin/sh", "-c", "trap '' TERM; sleep 1000 & wait"},
                               .environment = {"PATH=/usr/bin:/bin", variable},
                               .folder = folder_.string(),
                               .log = (folder_ / "log").string()})
                    .ok());
    EXPECT_TRUE(Eventually([&] { return Processes().size() == 2; }));
  }
  EXPECT_TRUE(Processes().empty());
}

TEST(SparkLoadTest, CountsWhatApplicationsWant) {
  MasterAnswer master;
  master.workers = {{.state = "ALIVE", .cores = 2, .cores_used = 2},
                    {.state = "ALIVE", .cores = 2, .cores_used = 1},
                    {.state = "DECOMMISSIONED", .cores = 4, .cores_used = 4}};
  master.applications = {{.id = "app-1", .state = "RUNNING", .cores = 3},
                         {.id = "app-2", .state = "WAITING"},
                         {.id = "app-3", .state = "WAITING"},
                         {.id = "app-4", .state = "RUNNING", .cores = 1}};
  const EmulatedLoad load = LoadOf(master, {{"app-1", 10}, {"app-2", 0}}, 2);
  EXPECT_EQ(load.cores, 4);
  EXPECT_EQ(load.cores_used, 3);
  EXPECT_EQ(load.cores_wanted, 7 + 0 + 2);
  EXPECT_EQ(load.applications, 2);
  EXPECT_EQ(load.applications_waiting, 2);
}

TEST(SparkLoadTest, ReadsWhatTheDriverSays) {
  const auto id = ParseApplicationId(R"([{"id": "app-7", "name": "x", "attempts": []}])");
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(*id, "app-7");
  EXPECT_FALSE(ParseApplicationId("[]").ok());
  const auto open = ParseOpenTasks(
      R"([{"status": "ACTIVE", "numTasks": 20, "numActiveTasks": 2, "numCompleteTasks": 5},
          {"status": "ACTIVE", "numTasks": 3, "numActiveTasks": 0, "numCompleteTasks": 4}])");
  ASSERT_TRUE(open.ok());
  EXPECT_EQ(*open, 15);
  EXPECT_FALSE(ParseOpenTasks("{}").ok() && ParseOpenTasks("<html>").ok());
}

}  // namespace
}  // namespace ember
