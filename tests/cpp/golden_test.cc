// Runs the recorded cases of tests/golden through the local engine and compares with what real
// Spark answered: schema, rows, errors. EMBER_GOLDEN_ONLY=functions/round (a prefix, or several
// with commas) runs a part.
#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "batch/cell_text.h"
#include "codec/decode.h"
#include "duckdb/duckdb_session.h"
#include "duckdb/engine.h"
#include "duckdb/file_source.h"
#include "spark/connect/base.pb.h"
#include "store/store.h"

namespace ember {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kRoot = "tests/golden";
constexpr const char* kGroups[] = {"functions", "relations", "errors",
                                   "types",     "pipelines", "writes"};
constexpr size_t kShownFailures = 5;

std::string ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string ReplaceAll(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

bool IsSelected(const std::string& name) {
  const char* only = getenv("EMBER_GOLDEN_ONLY");
  if (only == nullptr || *only == '\0') return true;
  std::stringstream parts(only);
  for (std::string part; std::getline(parts, part, ',');) {
    if (name.starts_with(part)) return true;
  }
  return false;
}

/// Recording files as "group/name".
std::vector<std::string> RecordingNames() {
  std::vector<std::string> names;
  for (const char* group : kGroups) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(kRoot) / group, error)) {
      const std::string file = entry.path().filename();
      if (!file.ends_with(".json") || file.ends_with(".plans.json")) continue;
      std::string name = std::string(group) + "/" + file.substr(0, file.size() - 5);
      if (IsSelected(name)) names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::map<std::string, std::string> KnownGaps() {
  std::map<std::string, std::string> gaps;
  std::ifstream file(std::string(kRoot) + "/known_gaps.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const size_t space = line.find(' ');
    gaps[line.substr(0, space)] =
        space == std::string::npos ? "" : line.substr(line.find_first_not_of(' ', space));
  }
  return gaps;
}

/// The engine of the whole run, the tally, and the list of failures written at the end.
class GoldenRun : public testing::Environment {
 public:
  struct Tally {
    int passed = 0;
    int failed = 0;
    int gaps = 0;
  };

  void SetUp() override {
    char name[] = "/tmp/ember-golden-XXXXXX";
    folder = mkdtemp(name);
    operations = MakeLocalFileOperations();
    store = MakeLocalStore(*operations);
    LocalEngineOptions options;
    options.threads = 1;
    options.temp_directory = folder + "/spill";
    options.config["spark.sql.warehouse.dir"] = folder + "/warehouse";
    options.config["spark.sql.shuffle.partitions"] = "1";
    factory = MakeLocalSessionFactory(options, *store);
    gaps = KnownGaps();
  }

  void TearDown() override {
    if (tallies.empty()) return;
    fmt::print("\nGolden cases       passed  failed  known gaps\n");
    Tally all;
    for (const auto& [group, tally] : tallies) {
      fmt::print("{:<18} {:>6} {:>7} {:>11}\n", group, tally.passed, tally.failed, tally.gaps);
      all.passed += tally.passed;
      all.failed += tally.failed;
      all.gaps += tally.gaps;
    }
    fmt::print("{:<18} {:>6} {:>7} {:>11}\n", "all", all.passed, all.failed, all.gaps);
    const char* build = fs::exists("build/dev") ? "build/dev" : "build";
    std::error_code error;
    fs::create_directories(build, error);
    std::ofstream(std::string(build) + "/golden_failures.txt") << failures;
    fmt::print("failures: {}/golden_failures.txt\n", build);
    factory.reset();
    engine.reset();  // while the main thread still has what DuckDB keeps per thread
    fs::remove_all(folder, error);
  }

  std::string folder;
  std::unique_ptr<FileOperations> operations;
  std::unique_ptr<Store> store;
  std::unique_ptr<SessionFactory> factory;
  std::shared_ptr<Engine> engine =
      std::make_shared<Engine>(EngineOptions{});  // looks at what was written
  std::map<std::string, std::string> gaps;
  std::map<std::string, Tally> tallies;
  std::string failures;
  int next_session = 0;
};

GoldenRun* const golden_run =
    static_cast<GoldenRun*>(testing::AddGlobalTestEnvironment(new GoldenRun));

/// What the engine answered, in the form of a recording.
Json Answer(Session& session, const RelationPtr& relation) {
  Json out;
  const auto fail = [&](const Error& error) {
    out = Json::object();
    out["error"] = {{"condition", error.condition},
                    {"sqlState", error.sqlstate},
                    {"parameters", error.parameters}};
    out["message"] = error.ToString();
    return out;
  };
  auto stream = session.Execute(relation, {});
  if (!stream.ok()) return fail(stream.error());
  out["schema"] = Json::parse(SchemaJson((*stream)->schema()));
  out["rows"] = Json::array();
  while (true) {
    auto batch = (*stream)->Next();
    if (!batch.ok()) return fail(batch.error());
    if (!*batch) return out;
    const Schema& schema = (*batch)->schema();
    for (int64_t r = 0; r < (*batch)->row_count(); ++r) {
      Json row = Json::array();
      for (size_t c = 0; c < schema.size(); ++c) {
        row.push_back(Json::parse(CellJson(schema[c].type, (*batch)->Get(r, static_cast<int>(c)))));
      }
      out["rows"].push_back(std::move(row));
    }
  }
}

void DropGeneratedAliasMark(Json& schema) {
  if (schema.is_object()) {
    if (schema.contains("metadata")) schema["metadata"].erase("__autoGeneratedAlias");
    for (auto& [key, value] : schema.items()) DropGeneratedAliasMark(value);
  } else if (schema.is_array()) {
    for (auto& value : schema) DropGeneratedAliasMark(value);
  }
}

std::vector<std::string> SortedRows(const Json& rows) {
  std::vector<std::string> texts;
  for (const Json& row : rows) texts.push_back(row.dump());
  std::sort(texts.begin(), texts.end());
  return texts;
}

// Equal but for doubles, which may differ by a relative tolerance.
bool IsClose(const Json& a, const Json& b, double tolerance) {
  if (a == b) return true;
  if (a.is_array() && b.is_array() && a.size() == b.size()) {
    for (size_t i = 0; i < a.size(); ++i) {
      if (!IsClose(a[i], b[i], tolerance)) return false;
    }
    return true;
  }
  if (!a.is_string() || !b.is_string()) {
    if (!a.is_number() || !b.is_number()) return false;
    return std::abs(a.get<double>() - b.get<double>()) <= tolerance * std::abs(b.get<double>());
  }
  char* end_a = nullptr;
  char* end_b = nullptr;
  const std::string text_a = a;
  const std::string text_b = b;
  const double x = strtod(text_a.c_str(), &end_a);
  const double y = strtod(text_b.c_str(), &end_b);
  return *end_a == '\0' && *end_b == '\0' && std::abs(x - y) <= tolerance * std::abs(y);
}

// Error parameters without what changes from run to run, as the recorder leaves it out.
std::string Steady(std::string text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '#' || i + 1 >= text.size() ||
        isdigit(static_cast<unsigned char>(text[i + 1])) == 0)
      continue;
    while (i + 1 < text.size() && isdigit(static_cast<unsigned char>(text[i + 1])) != 0) ++i;
    out += 'N';
  }
  return ReplaceAll(std::move(out), fs::absolute("tests/data").string(), "{data}");
}

// "part-00000-<uuid>-c000" as the recordings spell it.
std::string WithoutUuid(const std::string& path) {
  static const std::regex kUuid("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  return std::regex_replace(path, kUuid, "UUID");
}

Json DescribeParquet(Engine& engine, const std::string& path) {
  Json file;
  const std::string list = FileListSql({FileInfo{.path = path}});
  auto connection = engine.Connect();
  if (!connection.ok()) return file;
  auto metadata =
      connection->Rows("SELECT decode(value) FROM parquet_kv_metadata(" + list +
                       ") WHERE decode(key) = 'org.apache.spark.sql.parquet.row.metadata'");
  if (metadata.ok() && !metadata->empty()) file["rowMetadata"] = metadata->at(0)[0].value_or("");
  auto rows = connection->Rows("SELECT num_rows FROM parquet_file_metadata(" + list + ")");
  if (rows.ok() && !rows->empty()) file["rowCount"] = std::stoll(rows->at(0)[0].value_or("0"));
  auto codec = connection->Rows("SELECT compression FROM parquet_metadata(" + list + ") LIMIT 1");
  if (codec.ok() && !codec->empty()) file["codec"] = codec->at(0)[0].value_or("");
  return file;
}

/// What is in a folder that a case wrote, in the form of a recording (without the columns of
/// Parquet files).
Json FilesOf(Engine& engine, const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.is_regular_file()) paths.push_back(fs::relative(entry.path(), folder));
  }
  std::sort(paths.begin(), paths.end());
  Json files = Json::array();
  for (const std::string& path : paths) {
    Json file = Json::object();
    if (path.ends_with(".parquet")) file = DescribeParquet(engine, folder + "/" + path);
    if (path.ends_with(".csv") || path.ends_with(".json") || path.ends_with(".txt")) {
      file["text"] = ReadText(folder + "/" + path);
    }
    file["path"] = WithoutUuid(path);
    files.push_back(std::move(file));
  }
  return files;
}

std::string CompareFiles(Json recorded, Json files) {
  std::vector<std::string> expected;
  std::vector<std::string> got;
  for (Json& file : recorded) {
    file.erase("columns");
    // An empty file has no column chunk to tell a codec by.
    if (file.value("rowCount", -1) == 0) file.erase("codec");
    expected.push_back(file.dump());
  }
  for (Json& file : files) {
    if (file.value("rowCount", -1) == 0) file.erase("codec");
    got.push_back(file.dump());
  }
  std::sort(expected.begin(), expected.end());
  std::sort(got.begin(), got.end());
  if (expected == got) return "";
  return fmt::format("expected files {}\n  got {}", Json(expected).dump(), Json(got).dump());
}

/// Empty when the answer is as recorded, else what differs.
std::string Compare(const Json& recorded, Json answer) {
  if (recorded.contains("error")) {
    const Json& error = recorded["error"];
    if (!answer.contains("error")) {
      return fmt::format("expected error {}\n  got rows {}", error.dump(), answer["rows"].dump());
    }
    Json& got = answer["error"];
    for (auto& [key, value] : got["parameters"].items()) value = Steady(value.get<std::string>());
    // Some of Spark's errors have no condition, or a legacy one without a state.
    if (error["condition"].is_null()) return "";
    if (error["sqlState"].is_null() && got["sqlState"] == "") got["sqlState"] = nullptr;
    if (error["condition"] == got["condition"] && error["sqlState"] == got["sqlState"] &&
        error["parameters"] == got["parameters"]) {
      return "";
    }
    return fmt::format("expected error {}\n  got {}", error.dump(), got.dump());
  }
  answer = Json::parse(ReplaceAll(answer.dump(), fs::absolute("tests/data").string(), "{data}"));
  if (answer.contains("error"))
    return fmt::format("expected rows {}\n  got {}", recorded["rows"].dump(),
                       answer["message"].dump());
  Json schema = recorded["schema"];
  DropGeneratedAliasMark(schema);
  DropGeneratedAliasMark(answer["schema"]);
  if (schema != answer["schema"])
    return fmt::format("expected schema {}\n  got {}", schema.dump(), answer["schema"].dump());
  const Json& rows = recorded["rows"];
  const bool is_ordered = recorded.value("ordered", false);
  if (recorded.contains("tolerance")) {
    if (IsClose(answer["rows"], rows, recorded["tolerance"])) return "";
  } else if (is_ordered ? rows == answer["rows"] : SortedRows(rows) == SortedRows(answer["rows"])) {
    return "";
  }
  return fmt::format("expected rows {}\n  got {}", rows.dump(), answer["rows"].dump());
}

/// The cases of one recording file, each in the sessions of its ANSI modes.
class Recording {
 public:
  explicit Recording(std::string name) : name_(std::move(name)) {
    data_ = fs::absolute("tests/data");
    const fs::path base = fs::path(kRoot) / name_;
    file_ = Json::parse(ReadText(base.string() + ".json"));
    const std::string plans = base.string() + ".plans.json";
    if (fs::exists(plans)) plans_ = Json::parse(ReplaceAll(ReadText(plans), "{data}", data_));
  }

  void Run() {
    std::map<std::string, std::string> failed;  // case -> what differs
    std::vector<std::string> order;
    // All cases of one mode in their order, then of the other: later ones may use what earlier ones
    // made.
    for (const bool mode : {true, false}) {
      for (const Json& recorded : file_["cases"]) {
        const std::string slug = recorded["case"];
        if (std::find(order.begin(), order.end(), slug) == order.end()) order.push_back(slug);
        const Json& ansi = recorded["ansi"];
        if (ansi.is_boolean() && ansi.get<bool>() != mode) continue;
        const std::string difference = RunCase(recorded, mode);
        if (difference.empty()) continue;
        const std::string query = recorded.contains("sql")
                                      ? recorded["sql"].get<std::string>()
                                      : "plan " + recorded["plan"].get<std::string>();
        failed.try_emplace(slug, fmt::format("[ansi {} zone {}] {}\n  {}", mode,
                                             recorded.value("zone", "UTC"), query, difference));
      }
    }
    Report(order, failed);
  }

 private:
  std::shared_ptr<Session> SessionOf(bool ansi) {
    auto& session = sessions_[ansi];
    if (session != nullptr) return session;
    session = *golden_run->factory->NewSession(fmt::format("golden-{}", golden_run->next_session++),
                                               "golden");
    EXPECT_TRUE(session->SetConfig("spark.sql.ansi.enabled", ansi ? "true" : "false").ok());
    EXPECT_TRUE(session->SetConfig("spark.sql.session.timeZone", "UTC").ok());
    for (const Json& statement : file_.value("setup", Json::array())) {
      SqlQuery query;
      query.text = ReplaceAll(statement, "{data}", data_);
      auto done = session->ExecuteSql(query, {});
      if (!done.ok()) setup_error_ = "setup: " + done.error().ToString();
    }
    return session;
  }

  std::string RunCase(const Json& recorded, bool ansi) {
    const std::shared_ptr<Session> session = SessionOf(ansi);
    if (!session->SetConfig("spark.sql.session.timeZone", recorded.value("zone", "UTC")).ok())
      return "zone is not known";
    if (recorded.contains("files")) return RunWrite(*session, recorded);
    Result<RelationPtr> relation = RelationOf(*session, recorded);
    Json answer = relation.ok() ? Answer(*session, *relation) : ErrorAnswer(relation.error());
    std::string difference = Compare(recorded, std::move(answer));
    if (!difference.empty() && !setup_error_.empty()) difference += "\n  " + setup_error_;
    return difference;
  }

  static Json ErrorAnswer(const Error& error) {
    Json answer;
    answer["error"] = {{"condition", error.condition},
                       {"sqlState", error.sqlstate},
                       {"parameters", error.parameters}};
    answer["message"] = error.ToString();
    return answer;
  }

  // The commands of a case of writes/, then the plan that reads back; and what is in the folder
  // afterwards.
  std::string RunWrite(Session& session, const Json& recorded) {
    const std::string slug = recorded["plan"];
    if (!plans_.contains(slug)) return "no plan of this case was recorded";
    const std::string out = fmt::format("{}/out{}", golden_run->folder, golden_run->next_session++);
    // Cases about tables begin without theirs; that statement is not part of the recorded plans.
    SqlQuery drop;
    drop.text = "DROP TABLE IF EXISTS golden_prices";
    if (auto dropped = session.ExecuteSql(drop, {}); !dropped.ok())
      return dropped.error().ToString();
    Json answer;
    for (const Json& step : plans_[slug]) {
      spark::connect::Plan plan;
      const std::string text = ReplaceAll(step.dump(), "{out}", out);
      const auto parsed = google::protobuf::util::JsonStringToMessage(text, &plan);
      if (!parsed.ok())
        return "the recorded plan is no protobuf JSON: " + std::string(parsed.message());
      answer = RunStep(session, plan);
      if (answer.contains("error")) break;
    }
    std::string difference;
    if (recorded.contains("error") || recorded.contains("schema")) {
      difference = Compare(recorded, Json::parse(ReplaceAll(answer.dump(), out, "{out}")));
    } else if (answer.contains("error")) {
      difference = answer["message"];
    }
    if (!difference.empty()) return difference;
    return CompareFiles(recorded["files"], FilesOf(*golden_run->engine, out));
  }

  static Json RunStep(Session& session, const spark::connect::Plan& plan) {
    Result<RelationPtr> relation = EmptyRelation();
    if (plan.has_root()) {
      relation = DecodeRelation(plan.root(), {});
    } else {
      auto command = DecodeCommand(plan.command(), {});
      if (!command.ok()) return ErrorAnswer(command.error());
      if (const auto* plain = std::get_if<Command>(&*command)) {
        relation = session.Execute(*plain, {});
      } else if (const auto* sql = std::get_if<SqlStatement>(&*command)) {
        relation = session.ExecuteSql(sql->query, {});
      }
    }
    return relation.ok() ? Answer(session, *relation) : ErrorAnswer(relation.error());
  }

  static Result<RelationPtr> EmptyRelation() { return MakeRelation(ValuesRelation{}); }

  Result<RelationPtr> RelationOf(Session& session, const Json& recorded) {
    if (recorded.contains("sql")) {
      SqlQuery query;
      query.text = ReplaceAll(recorded["sql"], "{data}", data_);
      return session.ExecuteSql(query, {});
    }
    const std::string slug = recorded["plan"];
    if (!plans_.contains(slug)) return InternalError("no plan of this case was recorded");
    spark::connect::Plan plan;
    const auto parsed = google::protobuf::util::JsonStringToMessage(plans_[slug].dump(), &plan);
    if (!parsed.ok())
      return InternalError("the recorded plan is no protobuf JSON: " +
                           std::string(parsed.message()));
    return DecodeRelation(plan.root(), {});
  }

  void Report(const std::vector<std::string>& order,
              const std::map<std::string, std::string>& failed) {
    GoldenRun::Tally& tally = golden_run->tallies[name_.substr(0, name_.find('/'))];
    std::string shown;
    size_t count = 0;
    for (const std::string& slug : order) {
      const std::string key = name_ + "/" + slug;
      const auto failure = failed.find(slug);
      const bool is_gap = golden_run->gaps.contains(key);
      if (failure == failed.end()) {
        if (!is_gap) {
          ++tally.passed;
          continue;
        }
        ++tally.failed;
        shown += key + ": passes, take it out of known_gaps.txt\n";
        continue;
      }
      if (is_gap) {
        ++tally.gaps;
        continue;
      }
      ++tally.failed;
      golden_run->failures += fmt::format("{} {}\n", key, failure->second);
      if (++count <= kShownFailures) shown += fmt::format("{} {}\n", key, failure->second);
    }
    if (count > kShownFailures) shown += fmt::format("… and {} more\n", count - kShownFailures);
    EXPECT_TRUE(shown.empty()) << shown;
  }

  std::string name_;
  std::string data_;
  std::string setup_error_;
  Json file_;
  Json plans_ = Json::object();
  std::map<bool, std::shared_ptr<Session>> sessions_;
};

class GoldenTest : public testing::TestWithParam<std::string> {};

TEST_P(GoldenTest, AnswersAsSpark) { Recording(GetParam()).Run(); }

INSTANTIATE_TEST_SUITE_P(Recorded, GoldenTest, testing::ValuesIn(RecordingNames()),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](unsigned char c) { return isalnum(c) == 0; }, '_');
                           return name;
                         });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(GoldenTest);

}  // namespace
}  // namespace ember
