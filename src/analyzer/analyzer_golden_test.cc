#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "analyzer/analyzer.h"
#include "analyzer/name_matching.h"
#include "sql/parser.h"

namespace ember {
namespace {

using nlohmann::json;

// Views that the setup statements of a recording made.
class ViewCatalog : public SourceCatalog {
 public:
  std::map<std::string, CreateView> views;

  Result<SourceSchema> DescribeFiles(const ReadFiles&) override { return Unsupported("files"); }
  Result<std::variant<FoundView, FoundTable>> FindTable(
      const std::vector<std::string>& name) override {
    const auto found = views.find(LowerName(name.back()));
    if (found == views.end() || name.size() > 1) {
      return MakeError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", QuoteName(name)}});
    }
    return std::variant<FoundView, FoundTable>(
        FoundView{.plan = found->second.input, .columns = found->second.columns});
  }
  Result<Schema> DescribeArrow(const std::string&) override { return Unsupported("arrow"); }
  Result<std::shared_ptr<const std::string>> FindArtifact(const std::string&) override {
    return Unsupported("artifacts");
  }
  Result<std::vector<std::vector<Value>>> Collect(const ResolvedRelation&) override {
    return Unsupported("running");
  }
  Result<ValuesRelation> QueryCatalog(const CatalogQuery&) override {
    return Unsupported("catalog");
  }
  std::optional<uint64_t> FindCached(const Relation&) override { return std::nullopt; }
};

void DropMetadata(json& value) {
  if (value.is_object()) {
    value.erase("metadata");
    for (auto& [key, child] : value.items()) DropMetadata(child);
  } else if (value.is_array()) {
    for (auto& child : value) DropMetadata(child);
  }
}

std::string SchemaText(json schema) {
  DropMetadata(schema);
  std::string out;
  for (const auto& field : schema["fields"]) {
    out += field["name"].get<std::string>() + ":" +
           (field["type"].is_string() ? field["type"].get<std::string>() : field["type"].dump()) +
           (field["nullable"].get<bool>() ? "" : "!") + ", ";
  }
  return out;
}

std::string ErrorText(const std::string& condition,
                      const std::map<std::string, std::string>& parameters) {
  std::string out = condition + " {";
  for (const auto& [key, value] : parameters) out += key + "=" + value + "; ";
  // Expression ids differ from run to run; recordings hold #N.
  return std::regex_replace(out, std::regex("#[0-9]+"), "#N") + "}";
}

// Errors that arise while a query runs are none of the analyzer's.
bool IsAnalysisError(const json& error) {
  const auto name = error["class"].get<std::string>();
  return name.ends_with("AnalysisException");
}

struct Outcome {
  int checked = 0;
  int right = 0;
  int skipped = 0;
  std::vector<std::string> wrong;
};

Result<Schema> AnalyzeText(const std::string& sql, ViewCatalog& catalog,
                           const AnalyzerOptions& options) {
  ASSIGN_OR_RETURN(const Statement statement, ParseStatement(sql, {.ansi = options.ansi}));
  const auto* relation = std::get_if<RelationPtr>(&statement);
  if (relation == nullptr) return Unsupported("a command");
  ASSIGN_OR_RETURN(const auto resolved, Analyze(**relation, catalog, options));
  return SchemaOf(*resolved);
}

void CheckCase(const json& recorded, ViewCatalog& catalog, bool ansi, const std::string& where,
               Outcome& outcome) {
  const auto sql = recorded["sql"].get<std::string>();
  const AnalyzerOptions options{.ansi = ansi, .zone = recorded["zone"].get<std::string>()};
  const auto schema = AnalyzeText(sql, catalog, options);
  std::string expected;
  std::string actual;
  if (!schema.ok()) {
    const Error& error = schema.error();
    if (error.condition == "UNSUPPORTED_FEATURE.EMBER" || error.condition == "UNRESOLVED_ROUTINE" ||
        error.error_class == ErrorClass::kParse) {
      ++outcome.skipped;
      if (error.condition == "UNSUPPORTED_FEATURE.EMBER" && std::getenv("EMBER_SHOW_SKIPPED")) {
        outcome.wrong.push_back(where + "\n  " + sql + "\n  skipped " + error.message);
      }
      return;
    }
    actual = ErrorText(error.condition, error.parameters);
  } else {
    actual = SchemaText(json::parse(SchemaJson(*schema)));
  }
  if (recorded.contains("schema")) {
    expected = SchemaText(recorded["schema"]);
  } else if (IsAnalysisError(recorded["error"]) && recorded["error"]["condition"].is_string()) {
    expected = ErrorText(recorded["error"]["condition"], recorded["error"]["parameters"]);
  } else {
    ++outcome.skipped;
    return;
  }
  ++outcome.checked;
  if (actual == expected) {
    ++outcome.right;
  } else {
    outcome.wrong.push_back(where + (ansi ? " ansi" : " legacy") + "\n  " + sql + "\n  recorded " +
                            expected + "\n  analyzed " + actual);
  }
}

void CheckFile(const std::filesystem::path& path, Outcome& outcome) {
  std::ifstream stream(path);
  const json file = json::parse(stream);
  for (const bool ansi : {true, false}) {
    ViewCatalog catalog;
    for (const auto& setup : file.value("setup", json::array())) {
      auto statement = ParseStatement(setup.get<std::string>(), {.ansi = ansi});
      if (!statement.ok()) continue;
      const auto* command = std::get_if<Command>(&*statement);
      const auto* view = command ? std::get_if<CreateView>(&command->node) : nullptr;
      if (view != nullptr) catalog.views[LowerName(view->name.back())] = *view;
    }
    for (const auto& recorded : file["cases"]) {
      if (!recorded.contains("sql")) continue;
      const auto& mode = recorded["ansi"];
      if (mode.is_boolean() && mode.get<bool>() != ansi) continue;
      CheckCase(recorded, catalog, ansi, path.filename().string(), outcome);
    }
  }
}

// Names, types, nullability and errors as a real Spark recorded them, without running anything.
// EMBER_SHOW=1 prints each difference, EMBER_ONLY=text restricts the files.
TEST(AnalyzerGoldenTest, SchemasAndErrors) {
  Outcome outcome;
  const char* only = std::getenv("EMBER_ONLY");
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("tests/golden")) {
    const std::string name = entry.path().string();
    if (entry.path().extension() != ".json" || name.ends_with(".plans.json")) continue;
    if (only != nullptr && name.find(only) == std::string::npos) continue;
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& path : files) CheckFile(path, outcome);
  std::cout << "right " << outcome.right << " of " << outcome.checked << ", skipped "
            << outcome.skipped << "\n";
  if (std::getenv("EMBER_SHOW") != nullptr) {
    for (const auto& wrong : outcome.wrong) std::cout << wrong << "\n";
  }
  if (only == nullptr) {
    EXPECT_GT(outcome.right, outcome.checked * 94 / 100);
  }
}

}  // namespace
}  // namespace ember
