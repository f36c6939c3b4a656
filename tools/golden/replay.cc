// ember_golden: asks a real Spark for every recorded golden case again, through Ember's own Spark
// Connect client, and compares with the recording, which the PySpark client made. Two clients, one
// answer: neither hides its own mistakes.
//
// On a cluster (--cluster FILE) rows come in several partitions, and some answers are nobody's
// promise. A case that differs is asked again with one partition for each source, as recorded;
// FILE names the cases that may need it, each with its reason. Doubles need no name when only their
// last digits differ.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include "answers.h"

namespace ember {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

struct Flags {
  std::string remote = "sc://127.0.0.1:15402";
  std::string directory = "tests/golden";
  std::vector<std::string> only;
  std::string cluster;
};

// What every recording pins (tools/spark/server.py).
const std::map<std::string, std::string> kRecordedSettings = {
    {"spark.sql.session.timeZone", "UTC"},
    {"spark.sql.shuffle.partitions", "1"},
    {"spark.sql.adaptive.enabled", "false"}};
// A source as the recordings' server reads it, which has one core.
const std::map<std::string, std::string> kOnePartition = {
    {"spark.sql.leafNodeDefaultParallelism", "1"}, {"spark.sql.files.minPartitionNum", "1"}};

// Sums of doubles that are added partition by partition.
constexpr double kLastDigits = 1e-12;

Result<Json> ReadJson(const fs::path& path) {
  std::ifstream file(path);
  Json json = Json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
  if (json.is_discarded()) return InvalidInput(fmt::format("{} is not JSON", path.string()));
  return json;
}

// The names in a file of `group/name[/case]  reason` lines.
Result<std::vector<std::string>> ReadNames(const std::string& path) {
  std::ifstream file(path);
  if (!file) return InvalidInput(fmt::format("cannot read '{}'", path));
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const size_t end = line.find("  ");
    if (end == std::string::npos) return InvalidInput(fmt::format("{}: no reason: {}", path, line));
    names.push_back(line.substr(0, end));
  }
  return names;
}

// One recording's sessions, by ANSI mode; each keeps the zone that it has.
struct ReplaySession {
  std::shared_ptr<RemoteSession> session;
  std::string zone = "UTC";
};

struct ReplayCounts {
  int answers = 0;
  int differences = 0;
  int spread = 0;    // not as recorded when the rows are spread, as the list says
  int in_one = 0;    // of them as recorded in one partition
  int unlisted = 0;  // as recorded in one partition only, and not in the list
};

class Replay {
 public:
  Replay(const Flags& flags, std::vector<std::string> spread)
      : flags_(flags),
        spread_(std::move(spread)),
        data_(fs::absolute(fs::path(flags.directory) / "../data").lexically_normal()) {}

  Status File(const fs::path& path) {
    name_ = path.parent_path().filename().string() + "/" + path.stem().string();
    ASSIGN_OR_RETURN(recording_, ReadJson(path));
    plans_ = Json::object();
    const fs::path plans_path = fs::path(path).replace_extension(".plans.json");
    if (fs::exists(plans_path)) {
      ASSIGN_OR_RETURN(plans_, ReadJson(plans_path));
    }
    sessions_.clear();
    for (const Json& entry : recording_["cases"]) {
      if (!entry.contains("sql") && !plans_.contains(entry["plan"].get<std::string>())) continue;
      RETURN_IF_ERROR(Case(entry));
    }
    sessions_.clear();
    return {};
  }

  const ReplayCounts& counts() const { return counts_; }

 private:
  Result<RemoteSession*> SessionFor(bool ansi, const std::string& zone) {  // NOLINT: a mode
    ReplaySession& entry = sessions_[ansi];
    if (entry.session == nullptr) {
      auto settings = kRecordedSettings;
      settings["spark.sql.ansi.enabled"] = ansi ? "true" : "false";
      ASSIGN_OR_RETURN(entry.session, ConnectRemoteSession(flags_.remote, {}, settings));
      for (const Json& statement : recording_.value("setup", Json::array())) {
        auto done = RunSql(*entry.session, Replaced(statement.get<std::string>(), "{data}", data_));
        if (!done.ok()) return std::move(done).error();
      }
    }
    if (entry.zone != zone) {
      RETURN_IF_ERROR(entry.session->SetConfig("spark.sql.session.timeZone", zone));
      entry.zone = zone;
    }
    return entry.session.get();
  }

  Status Case(const Json& entry) {
    const Json& mode = entry["ansi"];
    for (const bool ansi : {true, false}) {
      if (mode.is_boolean() && mode.get<bool>() != ansi) continue;
      ASSIGN_OR_RETURN(RemoteSession * session, SessionFor(ansi, entry["zone"]));
      ++counts_.answers;
      const Json answer = AnswerOf(*session, entry, plans_, data_);
      if (IsAsRecorded(entry, answer)) continue;
      ASSIGN_OR_RETURN(const bool is_in_one, IsAsRecordedInOnePartition(*session, entry));
      const std::string key = name_ + "/" + entry["case"].get<std::string>();
      const bool is_near = is_in_one && IsAsRecorded(entry, answer, kLastDigits);
      if (is_near || IsSpread(key)) {
        ++counts_.spread;
        if (is_in_one) ++counts_.in_one;
        continue;
      }
      // As recorded in one partition: the client is right, and the list has to grow.
      ++(is_in_one ? counts_.unlisted : counts_.differences);
      fmt::print("{} zone={} ansi={}{}\n  recorded {}\n  answered {}\n", key,
                 entry["zone"].get<std::string>(), ansi,
                 is_in_one ? ": as recorded in one partition, and not listed" : "",
                 RecordedAnswer(entry).dump(), answer.dump());
    }
    return {};
  }

  Result<bool> IsAsRecordedInOnePartition(RemoteSession& session, const Json& entry) {
    if (flags_.cluster.empty()) return false;
    RETURN_IF_ERROR(session.SetConfigs(kOnePartition));
    const bool is_same = IsAsRecorded(entry, AnswerOf(session, entry, plans_, data_));
    for (const auto& [key, value] : kOnePartition) RETURN_IF_ERROR(session.UnsetConfig(key));
    return is_same;
  }

  // Whether the case, its file or its group is in the list.
  bool IsSpread(const std::string& key) const {
    return std::any_of(spread_.begin(), spread_.end(), [&](const std::string& name) {
      return key.starts_with(name) && (key.size() == name.size() || key[name.size()] == '/');
    });
  }

  const Flags& flags_;
  const std::vector<std::string> spread_;
  const std::string data_;
  std::string name_;  // group/name of the file at hand
  Json recording_;
  Json plans_;
  std::map<bool, ReplaySession> sessions_;
  ReplayCounts counts_;
};

bool IsWanted(const fs::path& path, const Flags& flags) {
  const std::string name = path.parent_path().filename().string() + "/" + path.stem().string();
  return flags.only.empty() ||
         std::any_of(flags.only.begin(), flags.only.end(),
                     [&](const auto& only) { return name.starts_with(only); });
}

Status ReplayAll(const Flags& flags, ReplayCounts& counts) {  // NOLINT: also of what failed
  std::vector<std::string> spread;
  if (!flags.cluster.empty()) {
    ASSIGN_OR_RETURN(spread, ReadNames(flags.cluster));
  }
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(flags.directory)) {
    const std::string name = entry.path().filename().string();
    const bool is_recording = name.ends_with(".json") && !name.ends_with(".plans.json");
    if (is_recording && IsWanted(entry.path(), flags)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  Replay replay(flags, std::move(spread));
  for (const auto& path : paths) {
    Status status = replay.File(path);
    std::fflush(stdout);
    if (!status.ok()) return WithContext(std::move(status).error(), path.string());
  }
  counts = replay.counts();
  return {};
}

int Main(const Flags& flags) {
  ReplayCounts counts;
  const Status status = ReplayAll(flags, counts);
  if (!status.ok()) {
    fmt::print(stderr, "ember_golden: {}\n", status.error().ToString());
    return 1;
  }
  fmt::print("{} answers compared, {} differ\n", counts.answers, counts.differences);
  if (!flags.cluster.empty()) {
    fmt::print(
        "{} more are other ones where rows are spread, as listed or in the last digits of doubles; "
        "{} of them as recorded in one partition; {} more are so and not listed\n",
        counts.spread, counts.in_one, counts.unlisted);
  }
  return counts.differences == 0 ? 0 : 1;
}

}  // namespace
}  // namespace ember

int main(int argc, char** argv) {
  ember::Flags flags;
  CLI::App app(
      "Replays the golden recordings on a real Spark through Ember's own client and compares");
  app.add_option("--remote", flags.remote, "the Spark Connect server")->capture_default_str();
  app.add_option("--directory", flags.directory, "the recordings")->capture_default_str();
  app.add_option("--only", flags.only, "group or group/name, by its beginning");
  app.add_option("--cluster", flags.cluster,
                 "the server spreads rows; FILE lists the cases that may answer differently then")
      ->type_name("FILE");
  CLI11_PARSE(app, argc, argv);
  return ember::Main(flags);
}
