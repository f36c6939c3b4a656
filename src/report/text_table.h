#pragma once

#include <string>
#include <vector>

namespace ember {

enum class Align { kLeft, kRight };

/// Rows of text as an aligned table with a header line; widths count UTF-8 characters.
class TextTable {
 public:
  struct ColumnHead {
    std::string title;
    Align align = Align::kLeft;
  };
  explicit TextTable(std::vector<ColumnHead> columns) : columns_(std::move(columns)) {}
  void Add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string Render() const;

 private:
  std::vector<ColumnHead> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace ember
