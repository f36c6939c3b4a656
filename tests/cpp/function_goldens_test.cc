// One Spark function = one row + one golden file: a row without a recording, or a recording without
// a row, fails here.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "functions/registry.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

const fs::path kGolden = "tests/golden/functions";

// Files of operators, whose names are no file names.
const std::map<std::string, std::string> kOperatorFiles = {
    {"+", "add"},
    {"-", "subtract"},
    {"*", "multiply"},
    {"/", "divide"},
    {"%", "mod"},
    {"=", "eq"},
    {"==", "eq"},
    {"<=>", "eq_null_safe"},
    {">=", "ge"},
    {">", "gt"},
    {"<=", "le"},
    {"<", "lt"},
    {"!=", "ne"},
    {"<>", "ne"},
    {"!", "not"},
    {"||", "concat_op"},
    {"&", "bitwise_and"},
    {"|", "bitwise_or"},
    {"^", "bitwise_xor"},
    {"~", "bitwise_not"},
    {"<<", "shiftleft"},
    {">>", "shiftright"},
    {">>>", "shiftrightunsigned"},
    {"[]", "subscript"},
    {"when", "case_when"},
    {"likeall", "like_any"},
    {"likeany", "like_any"},
    {"notlikeall", "like_any"},
    {"notlikeany", "like_any"},
};

std::string FileOf(std::string_view name) {
  auto found = kOperatorFiles.find(std::string(name));
  return found == kOperatorFiles.end() ? std::string(name) : found->second;
}

TEST(FunctionGoldens, EveryRowHasARecording) {
  std::map<std::string, std::set<std::string>> names;
  for (const FunctionRow* row : AllFunctions())
    names[std::string(row->name)].insert(FileOf(row->name));
  for (const FunctionAlias& alias : FunctionAliases()) {
    names[std::string(alias.name)].insert(FileOf(alias.alias));
  }
  for (const FunctionRow* row : AllFunctions()) {
    // "date - date" and the like are forms of an operator, recorded with it.
    if (row->name.find(' ') != std::string_view::npos) continue;
    bool is_recorded = false;
    for (const std::string& file : names[std::string(row->name)]) {
      is_recorded = is_recorded || fs::exists(kGolden / (file + ".json"));
    }
    const std::string input = FileOf(row->name) + ".sql";
    EXPECT_TRUE(is_recorded) << "the function \"" << row->name << "\" has no recording: "
                             << (fs::exists("tests/golden/later/" + input) ? "move it from later/: "
                                                                           : "write and record ")
                             << (kGolden / input).string();
  }
}

TEST(FunctionGoldens, EveryRecordingHasARow) {
  // Expressions that the parser and the analyzer know without a row.
  const std::set<std::string> expressions = {"between", "case_when", "cast", "col",     "expr",
                                             "extract", "in",        "lit",  "try_cast"};
  std::set<std::string> files;
  for (const auto& [name, file] : kOperatorFiles) files.insert(file);
  for (const auto& entry : fs::directory_iterator(kGolden)) {
    const std::string file = entry.path().stem().string();
    if (entry.path().extension() != ".json" || file.ends_with(".plans")) continue;
    EXPECT_TRUE(FindFunction(file) != nullptr || files.contains(file) ||
                expressions.contains(file) || file.starts_with("cast_to_"))
        << entry.path().string() << " is recorded, but no function row has that name";
  }
}

TEST(FunctionGoldens, EveryInputIsRecorded) {
  for (const auto& entry : fs::directory_iterator(kGolden)) {
    fs::path partner = entry.path();
    if (partner.extension() == ".sql") {
      EXPECT_TRUE(fs::exists(partner.replace_extension(".json")))
          << entry.path() << ": run make golden";
    }
  }
}

}  // namespace
}  // namespace ember
