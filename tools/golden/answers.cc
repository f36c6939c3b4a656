#include "answers.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <stdlib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <regex>

#include "batch/cell_text.h"

namespace ember {

using Json = nlohmann::json;

namespace {

namespace fs = std::filesystem;

const std::string kOutMark = "{out}";

// A parameter without what differs from run to run, as the recorder leaves it out.
std::string Normalised(std::string value) {
  static const std::regex kIds("#\\d+");
  static const std::regex kPlanIds("\\bplan_id=\\d+");
  static const std::regex kFolders("file:/\\S*?/(spark-server-\\d+|cluster)/");
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

Result<Json> RunPlan(RemoteSession& session, const Json& json) {
  spark::connect::Plan plan;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json.dump(), &plan);
  if (!parsed.ok())
    return InternalError(fmt::format("a recorded plan is no protobuf: {}", parsed.ToString()));
  ASSIGN_OR_RETURN(const auto stream, session.ExecutePlan(std::move(plan), {}));
  return Read(*stream);
}

}  // namespace

Result<Json> RunSql(RemoteSession& session, const std::string& sql) {
  const SqlQuery query{.text = sql, .named_arguments = {}, .positional_arguments = {}};
  ASSIGN_OR_RETURN(const RelationPtr relation, session.ExecuteSql(query, {}));
  ASSIGN_OR_RETURN(const auto stream, session.Execute(relation, {}));
  return Read(*stream);
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

namespace {

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

Result<Json> Ask(RemoteSession& session, const Json& entry, const Json& plans,
                 const std::string& data) {
  if (entry.contains("sql")) {
    return RunSql(session, Replaced(entry["sql"].get<std::string>(), "{data}", data));
  }
  const Json& recorded = plans[entry["plan"].get<std::string>()];
  const Json plan = Json::parse(Replaced(recorded.dump(), "{data}", data));
  return plan.is_array() ? RunWrites(session, plan) : RunPlan(session, plan);
}

bool AreNear(const std::string& one, const std::string& other, double tolerance) {
  char* one_end = nullptr;
  char* other_end = nullptr;
  const double a = std::strtod(one.c_str(), &one_end);
  const double b = std::strtod(other.c_str(), &other_end);
  if (one.empty() || other.empty() || *one_end != 0 || *other_end != 0) return false;
  return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

bool AreSameCells(const Json& one, const Json& other, double tolerance) {
  if (one == other) return true;
  if (one.is_string() && other.is_string()) return AreNear(one, other, tolerance);
  if (!one.is_array() || !other.is_array() || one.size() != other.size()) return false;
  return std::equal(one.begin(), one.end(), other.begin(),
                    [&](const Json& a, const Json& b) { return AreSameCells(a, b, tolerance); });
}

}  // namespace

Json AnswerOf(RemoteSession& session, const Json& entry, const Json& plans,
              const std::string& data) {
  auto answer = Ask(session, entry, plans, data);
  const Json got = answer.ok() ? *std::move(answer) : ErrorJson(answer.error());
  return Json::parse(Replaced(got.dump(), data, "{data}"));
}

Json RecordedAnswer(const Json& entry) {
  Json recorded = Json::object();
  for (const char* key : {"schema", "rows", "error"}) {
    if (entry.contains(key)) recorded[key] = entry[key];
  }
  return recorded;
}

bool IsAsRecorded(const Json& entry, Json answer, double tolerance) {
  Json recorded = RecordedAnswer(entry);
  for (Json* side : {&recorded, &answer}) {
    if (side->contains("schema")) DropMetadata((*side)["schema"]);
    if (side->contains("rows") && !entry["ordered"].get<bool>()) {
      auto& rows = (*side)["rows"];
      std::sort(rows.begin(), rows.end(),
                [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
    }
  }
  tolerance = std::max(tolerance, entry.value("tolerance", 0.0));
  if (tolerance == 0 || !recorded.contains("rows") || !answer.contains("rows"))
    return recorded == answer;
  return recorded["schema"] == answer["schema"] &&
         AreSameCells(recorded["rows"], answer["rows"], tolerance);
}

}  // namespace ember
