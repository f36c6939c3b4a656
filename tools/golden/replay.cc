// ember_golden: asks a real Spark for every recorded golden case again, through Ember's own Spark
// Connect client, and compares with the recording, which the PySpark client made. Two clients, one
// answer: neither hides its own mistakes.
#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>

#include "batch/cell_text.h"
#include "spark/remote_session.h"

namespace ember {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

const std::string kOutMark = "{out}";

struct Flags {
  std::string remote = "sc://127.0.0.1:15402";
  std::string directory = "tests/golden";
  std::vector<std::string> only;
};

Result<Json> ReadJson(const fs::path& path) {
  std::ifstream file(path);
  Json json = Json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
  if (json.is_discarded()) return InvalidInput(fmt::format("{} is not JSON", path.string()));
  return json;
}

// A parameter without what differs from run to run, as the recorder leaves it out.
std::string Normalised(std::string value) {
  static const std::regex kIds("#\\d+");
  static const std::regex kPlanIds("\\bplan_id=\\d+");
  static const std::regex kFolders("file:/\\S*?/spark-server-\\d+/");
  value = std::regex_replace(value, kIds, "#N");
  value = std::regex_replace(value, kPlanIds, "plan_id=N");
  return std::regex_replace(value, kFolders, "file:/");
}

Json ErrorJson(const Error& error) {
  Json json;
  json["condition"] = error.condition.empty() ? Json() : Json(error.condition);
  json["sqlState"] = error.sqlstate.empty() ? Json() : Json(error.sqlstate);
  json["parameters"] = Json::object();
  for (const auto& [key, value] : error.parameters) json["parameters"][key] = Normalised(value);
  json["class"] = error.java_class;
  return {{"error", json}};
}

// Field metadata is Spark's note to itself.
void DropMetadata(Json& type) {
  if (type.is_object()) {
    type.erase("metadata");
    for (auto& [key, value] : type.items()) DropMetadata(value);
  } else if (type.is_array()) {
    for (auto& item : type) DropMetadata(item);
  }
}

Result<Json> Read(BatchStream& stream) {
  Json rows = Json::array();
  const Schema schema = stream.schema();
  while (true) {
    ASSIGN_OR_RETURN(const auto batch, stream.Next());
    if (!batch) break;
    for (int64_t row = 0; row < batch->row_count(); ++row) {
      Json cells = Json::array();
      for (size_t i = 0; i < schema.size(); ++i) {
        cells.push_back(
            Json::parse(CellJson(schema[i].type, batch->Get(row, static_cast<int>(i)))));
      }
      rows.push_back(std::move(cells));
    }
  }
  return Json{{"schema", Json::parse(SchemaJson(schema))}, {"rows", rows}};
}

Result<Json> RunSql(RemoteSession& session, const std::string& sql) {
  const SqlQuery query{.text = sql, .named_arguments = {}, .positional_arguments = {}};
  ASSIGN_OR_RETURN(const RelationPtr relation, session.ExecuteSql(query, {}));
  ASSIGN_OR_RETURN(const auto stream, session.Execute(relation, {}));
  return Read(*stream);
}

Result<Json> RunPlan(RemoteSession& session, const Json& json) {
  spark::connect::Plan plan;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json.dump(), &plan);
  if (!parsed.ok())
    return InternalError(fmt::format("a recorded plan is no protobuf: {}", parsed.ToString()));
  ASSIGN_OR_RETURN(const auto stream, session.ExecutePlan(std::move(plan), {}));
  return Read(*stream);
}

// `{data}` in a case is the folder of the test data, in the answers too.
std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// A folder that a case writes into; it is not there yet.
class OutputFolder {
 public:
  OutputFolder() {
    std::string name = fs::temp_directory_path() / "ember-golden-XXXXXX";
    if (mkdtemp(name.data()) != nullptr) folder_ = name;
  }
  ~OutputFolder() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  std::string path() const { return folder_ + "/out"; }

 private:
  std::string folder_;
};

// A case that writes: its commands in their order, then the plan that reads back, if there is one.
// What is in the folder is the recorder's to compare: the server writes it, whoever asks.
Result<Json> RunWrites(RemoteSession& session, const Json& plans) {
  const OutputFolder folder;
  // Cases about tables begin without theirs; that statement is not part of the recorded plans.
  RETURN_IF_ERROR(RunSql(session, "DROP TABLE IF EXISTS golden_prices"));
  Json answer = Json::object();
  for (const Json& plan : plans) {
    auto answered = RunPlan(session, Json::parse(Replaced(plan.dump(), kOutMark, folder.path())));
    if (!answered.ok()) answer = ErrorJson(answered.error());
    if (answered.ok() && plan.contains("root")) answer = *answered;
    if (!answered.ok()) break;
  }
  static const std::regex kUuids("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  return Json::parse(
      std::regex_replace(Replaced(answer.dump(), folder.path(), kOutMark), kUuids, "UUID"));
}

class Replay {
 public:
  explicit Replay(const Flags& flags)
      : flags_(flags),
        data_(fs::absolute(fs::path(flags.directory) / "../data").lexically_normal()) {}

  Status File(const fs::path& path) {
    ASSIGN_OR_RETURN(const Json recording, ReadJson(path));
    Json plans = Json::object();
    const fs::path plans_path = fs::path(path).replace_extension(".plans.json");
    if (fs::exists(plans_path)) {
      ASSIGN_OR_RETURN(plans, ReadJson(plans_path));
    }
    sessions_.clear();
    for (const Json& entry : recording["cases"]) {
      if (!entry.contains("sql") && !plans.contains(entry["plan"].get<std::string>())) continue;
      RETURN_IF_ERROR(Case(path, recording, entry, plans));
    }
    sessions_.clear();
    return {};
  }

  int cases() const { return cases_; }
  int differences() const { return differences_; }

 private:
  Result<RemoteSession*> SessionFor(bool ansi, const Json& recording) {  // NOLINT: a mode
    auto& session = sessions_[ansi];
    if (session == nullptr) {
      ASSIGN_OR_RETURN(session, ConnectRemoteSession(flags_.remote));
      RETURN_IF_ERROR(session->SetConfig("spark.sql.ansi.enabled", ansi ? "true" : "false"));
      RETURN_IF_ERROR(session->SetConfig("spark.sql.session.timeZone", "UTC"));
      for (const Json& statement : recording.value("setup", Json::array())) {
        auto done = RunSql(*session, Replaced(statement.get<std::string>(), "{data}", data_));
        if (!done.ok()) return std::move(done).error();
      }
    }
    return session.get();
  }

  Status Case(const fs::path& path, const Json& recording, const Json& entry, const Json& plans) {
    const Json& mode = entry["ansi"];
    for (const bool ansi : {true, false}) {
      if (mode.is_boolean() && mode.get<bool>() != ansi) continue;
      ASSIGN_OR_RETURN(RemoteSession * session, SessionFor(ansi, recording));
      RETURN_IF_ERROR(
          session->SetConfig("spark.sql.session.timeZone", entry["zone"].get<std::string>()));
      auto answer = Ask(*session, entry, plans);
      const Json got = answer.ok() ? *answer : ErrorJson(answer.error());
      Compare(path, entry, Json::parse(Replaced(got.dump(), data_, "{data}")));
    }
    return {};
  }

  Result<Json> Ask(RemoteSession& session, const Json& entry, const Json& plans) {
    if (entry.contains("sql")) {
      return RunSql(session, Replaced(entry["sql"].get<std::string>(), "{data}", data_));
    }
    const Json& recorded = plans[entry["plan"].get<std::string>()];
    const Json plan = Json::parse(Replaced(recorded.dump(), "{data}", data_));
    return plan.is_array() ? RunWrites(session, plan) : RunPlan(session, plan);
  }

  void Compare(const fs::path& path, const Json& entry, Json answer) {
    ++cases_;
    Json expected = Json::object();
    for (const char* key : {"schema", "rows", "error"}) {
      if (entry.contains(key)) expected[key] = entry[key];
    }
    for (Json* side : {&expected, &answer}) {
      if (side->contains("schema")) DropMetadata((*side)["schema"]);
      if (side->contains("rows") && !entry["ordered"].get<bool>()) {
        auto& rows = (*side)["rows"];
        std::sort(rows.begin(), rows.end(),
                  [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
      }
    }
    if (expected == answer) return;
    ++differences_;
    fmt::print("{} {}\n  recorded {}\n  answered {}\n", path.string(),
               entry["case"].get<std::string>(), expected.dump(), answer.dump());
  }

  const Flags& flags_;
  const std::string data_;
  std::map<bool, std::shared_ptr<RemoteSession>> sessions_;
  int cases_ = 0;
  int differences_ = 0;
};

bool IsWanted(const fs::path& path, const Flags& flags) {
  const std::string name = path.parent_path().filename().string() + "/" + path.stem().string();
  return flags.only.empty() ||
         std::any_of(flags.only.begin(), flags.only.end(),
                     [&](const auto& only) { return name.starts_with(only); });
}

int ReplayAll(const Flags& flags) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(flags.directory)) {
    const std::string name = entry.path().filename().string();
    const bool is_recording = name.ends_with(".json") && !name.ends_with(".plans.json");
    if (is_recording && IsWanted(entry.path(), flags)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  Replay replay(flags);
  for (const auto& path : paths) {
    const Status status = replay.File(path);
    std::fflush(stdout);
    if (!status.ok()) {
      fmt::print(stderr, "ember_golden: {}: {}\n", path.string(), status.error().ToString());
      return 1;
    }
  }
  fmt::print("{} answers compared, {} differ\n", replay.cases(), replay.differences());
  return replay.differences() == 0 ? 0 : 1;
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
  CLI11_PARSE(app, argc, argv);
  return ember::ReplayAll(flags);
}
