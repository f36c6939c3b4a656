// Every statement that was recorded from real Spark goes through the parser: what Spark parsed must
// parse, and what Spark's parser refused must be refused with the same condition and parameters.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "sql/parser.h"

namespace ember {
namespace {

constexpr std::string_view kParseException = "org.apache.spark.sql.catalyst.parser.ParseException";

bool IsParseException(const nlohmann::json& error) {
  return error.value("class", "") == kParseException;
}

std::string Describe(const std::string& condition,
                     const std::map<std::string, std::string>& parameters) {
  std::string out = condition;
  for (const auto& [name, value] : parameters) out += "\n  " + name + ": " + value;
  return out;
}

std::string Describe(const nlohmann::json& error) {
  std::map<std::string, std::string> parameters;
  for (const auto& [name, value] : error.at("parameters").items()) {
    parameters[name] = value.is_string() ? value.get<std::string>() : value.dump();
  }
  return Describe(error.at("condition").is_string() ? error.at("condition").get<std::string>() : "",
                  parameters);
}

struct Counts {
  int parsed = 0;
  int refused = 0;
  std::map<std::string, int> unsupported;
};

void Check(const std::string& sql, const nlohmann::json* error, const std::string& file,
           Counts& counts) {
  const auto statement = ParseStatement(sql);
  if (!statement.ok() && statement.error().condition == "UNSUPPORTED_FEATURE.EMBER") {
    ++counts.unsupported[statement.error().parameters.at("feature")];
    return;
  }
  // Types of inline tables are the analyzer's; that a window is missing, Spark notices after that a
  // table is.
  const std::string condition = error == nullptr || error->at("condition").is_null()
                                    ? ""
                                    : error->at("condition").get<std::string>();
  if (!statement.ok() && error != nullptr && condition.empty())
    return;  // a bare exception of Java's
  if (statement.ok() && condition == "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE")
    return;
  if (!statement.ok() && statement.error().condition == "MISSING_WINDOW_SPECIFICATION") return;
  // How many buckets there may be is the session's setting.
  if (statement.ok() && condition == "_LEGACY_ERROR_TEMP_1083") return;
  if (error != nullptr && IsParseException(*error)) {
    ++counts.refused;
    if (statement.ok()) {
      ADD_FAILURE() << file << "\n" << sql << "\nparses, but Spark says\n" << Describe(*error);
    } else {
      EXPECT_EQ(Describe(statement.error().condition, statement.error().parameters),
                Describe(*error))
          << file << "\n"
          << sql;
    }
    return;
  }
  ++counts.parsed;
  if (statement.ok()) return;
  // Some errors that Spark raises behind its parser are found here already.
  const std::string mine = Describe(statement.error().condition, statement.error().parameters);
  EXPECT_EQ(mine, error == nullptr ? "no error" : Describe(*error)) << file << "\n" << sql;
}

TEST(ParserGoldenTest, AgreesWithSparkOnWhatIsAStatement) {
  Counts counts;
  std::set<std::string> seen;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("tests/golden")) {
    if (entry.path().extension() != ".json" || entry.path().string().ends_with(".plans.json"))
      continue;
    std::ifstream in(entry.path());
    const auto file = nlohmann::json::parse(in, nullptr, false);
    ASSERT_FALSE(file.is_discarded()) << entry.path();
    if (!file.contains("cases")) continue;
    for (const auto& item : file.at("cases")) {
      if (!item.contains("sql") || !seen.insert(item.dump()).second) continue;
      Check(item.at("sql").get<std::string>(), item.contains("error") ? &item.at("error") : nullptr,
            entry.path().string(), counts);
    }
  }
  EXPECT_GT(counts.parsed, 1000);
  EXPECT_GT(counts.refused, 10);
  std::cout << counts.parsed << " parsed, " << counts.refused
            << " refused as by Spark; not supported:\n";
  for (const auto& [feature, count] : counts.unsupported)
    std::cout << "  " << count << " " << feature << "\n";
}

}  // namespace
}  // namespace ember
