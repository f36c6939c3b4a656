#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ember {

/// Something that the two sides have differently, as text for a person.
struct Difference {
  std::string what;  // "_SUCCESS", "column 'close'"
  std::string a;
  std::string b;
  bool operator==(const Difference&) const = default;
};

/// A cell's text as Spark casts it; none for NULL.
using CellText = std::optional<std::string>;

/// One row that differs.
struct RowDifference {
  enum class Kind { kOnlyA, kOnlyB, kChanged };
  struct Cell {
    std::string column;
    CellText a;
    CellText b;
  };
  Kind kind = Kind::kChanged;
  int64_t count = 1;  // how many equal rows more than the other side has
  std::vector<std::pair<std::string, CellText>> key;  // all columns where there is no key
  std::vector<Cell> cells;                            // of a changed row, those that differ
};

/// What comparing two outputs found.
struct Comparison {
  std::string path_a;
  std::string path_b;
  int64_t files_a = 0;
  int64_t files_b = 0;
  std::vector<Difference> layout;
  std::vector<Difference> schema;
  size_t columns = 0;  // that both have
  int64_t rows_a = 0;
  int64_t rows_b = 0;
  std::vector<std::string> key;  // what rows are matched by; empty: they are compared whole
  int64_t only_a = 0;            // rows
  int64_t only_b = 0;
  int64_t changed = 0;
  std::map<std::string, int64_t> changed_cells;  // by column, those with any
  std::vector<RowDifference> samples;
  std::vector<std::string> notes;

  bool rows_equal() const { return only_a == 0 && only_b == 0 && changed == 0; }
  bool equal() const { return layout.empty() && schema.empty() && rows_equal(); }
};

}  // namespace ember
