#include "diff/comparison_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace ember {
namespace {

using Json = nlohmann::ordered_json;

std::string Plural(int64_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string Cell(const CellText& cell) { return cell ? *cell : "NULL"; }

std::string Section(const std::string& name, const std::vector<Difference>& differences,
                    const std::string& equal) {
  if (differences.empty()) return fmt::format("{:<8}equal ({})\n", name, equal);
  std::string text = fmt::format("{:<8}different\n", name);
  for (const Difference& difference : differences) {
    text += fmt::format("  {}: A {}; B {}\n", difference.what, difference.a, difference.b);
  }
  return text;
}

std::string RowsText(const Comparison& comparison) {
  const std::string counts = comparison.rows_a == comparison.rows_b
                                 ? std::to_string(comparison.rows_a)
                                 : fmt::format("A {}; B {}", comparison.rows_a, comparison.rows_b);
  if (comparison.rows_equal()) return fmt::format("{:<8}equal ({})\n", "rows", counts);
  std::string text = fmt::format("{:<8}different ({}): {} only in A, {} only in B", "rows", counts,
                                 comparison.only_a, comparison.only_b);
  if (!comparison.key.empty()) {
    text += fmt::format(", {} with other cells", comparison.changed);
    for (const auto& [column, cells] : comparison.changed_cells) {
      text += fmt::format("; {} {}", column, cells);
    }
  }
  return text + "\n";
}

std::string RowText(const RowDifference& row) {
  std::string text = "  ";
  if (row.kind == RowDifference::Kind::kOnlyA) text += "only in A: ";
  if (row.kind == RowDifference::Kind::kOnlyB) text += "only in B: ";
  for (size_t i = 0; i < row.key.size(); ++i) {
    text += fmt::format("{}{}={}", i == 0 ? "" : " ", row.key[i].first, Cell(row.key[i].second));
  }
  if (row.count > 1) text += fmt::format(" ({} times)", row.count);
  for (size_t i = 0; i < row.cells.size(); ++i) {
    text += fmt::format("{} {}: A {}, B {}", i == 0 ? (row.key.empty() ? "" : ":") : ";",
                        row.cells[i].column, Cell(row.cells[i].a), Cell(row.cells[i].b));
  }
  return text + "\n";
}

Json CellJsonOf(const CellText& cell) { return cell ? Json(*cell) : Json(nullptr); }

Json DifferencesJson(const std::vector<Difference>& differences) {
  Json list = Json::array();
  for (const Difference& difference : differences) {
    list.push_back({{"what", difference.what}, {"a", difference.a}, {"b", difference.b}});
  }
  return list;
}

Json SampleJson(const RowDifference& row) {
  Json json;
  json["kind"] = row.kind == RowDifference::Kind::kOnlyA   ? "only_a"
                 : row.kind == RowDifference::Kind::kOnlyB ? "only_b"
                                                           : "changed";
  json["count"] = row.count;
  json["key"] = Json::object();
  for (const auto& [name, cell] : row.key) json["key"][name] = CellJsonOf(cell);
  json["cells"] = Json::object();
  for (const auto& cell : row.cells) {
    json["cells"][cell.column] = {{"a", CellJsonOf(cell.a)}, {"b", CellJsonOf(cell.b)}};
  }
  return json;
}

}  // namespace

std::string ComparisonText(const Comparison& comparison) {
  std::string text =
      fmt::format("A {} ({})\nB {} ({})\n", comparison.path_a, Plural(comparison.files_a, "file"),
                  comparison.path_b, Plural(comparison.files_b, "file"));
  text += Section("layout", comparison.layout, "partition folders, markers, kinds of files");
  text += Section("schema", comparison.schema,
                  Plural(static_cast<int64_t>(comparison.columns), "column"));
  text += RowsText(comparison);
  for (const RowDifference& row : comparison.samples) text += RowText(row);
  const int64_t all = comparison.only_a + comparison.only_b + comparison.changed;
  if (!comparison.samples.empty() && static_cast<int64_t>(comparison.samples.size()) < all) {
    text += "  …\n";
  }
  for (const std::string& note : comparison.notes) text += "note: " + note + "\n";
  if (comparison.key.empty() && !comparison.rows_equal()) {
    text += "note: --key COLUMNS matches rows and shows which cells differ\n";
  }
  return text + (comparison.equal() ? "equal\n" : "different\n");
}

std::string ComparisonJson(const Comparison& comparison) {
  Json json;
  json["equal"] = comparison.equal();
  json["a"] = {
      {"path", comparison.path_a}, {"files", comparison.files_a}, {"rows", comparison.rows_a}};
  json["b"] = {
      {"path", comparison.path_b}, {"files", comparison.files_b}, {"rows", comparison.rows_b}};
  json["layout"] = DifferencesJson(comparison.layout);
  json["schema"] = DifferencesJson(comparison.schema);
  json["key"] = comparison.key;
  json["rows"] = {{"only_a", comparison.only_a},
                  {"only_b", comparison.only_b},
                  {"changed", comparison.changed},
                  {"cells", comparison.changed_cells}};
  json["samples"] = Json::array();
  for (const RowDifference& row : comparison.samples) json["samples"].push_back(SampleJson(row));
  json["notes"] = comparison.notes;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ember
