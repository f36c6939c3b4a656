#include "cli/csv_sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>

namespace ember {
namespace {

namespace fs = std::filesystem;

using Lines = std::vector<std::string>;
using Fields = std::vector<std::string>;

constexpr size_t kMaxLines = 200;
constexpr size_t kMaxLineBytes = 1 << 20;
constexpr std::string_view kSeparators = ",;\t|";

Fields Split(const std::string& line, char separator) {
  Fields fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Bytes of UTF-8 without control characters.
bool IsText(const std::string& line) {
  int following = 0;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (following > 0) {
      if ((byte & 0xC0U) != 0x80U) return false;
      --following;
    } else if (byte >= 0x80U) {
      following = byte >= 0xF0U ? 3 : byte >= 0xE0U ? 2 : byte >= 0xC2U ? 1 : -1;
      if (following < 0) return false;
    } else if (byte < 0x20U && c != '\t') {
      return false;
    }
  }
  return following == 0;
}

Result<Lines> ReadLines(const fs::path& path) {
  std::error_code ignored;
  std::ifstream file(path);
  if (!file || fs::is_directory(path, ignored)) {
    return InvalidInput(
        fmt::format("cannot read '{}': give a CSV file, or a folder of them", path.string()));
  }
  Lines lines;
  std::string line;
  while (lines.size() < kMaxLines && std::getline(file, line)) {
    if (lines.empty() && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    while (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    if (line.size() > kMaxLineBytes || !IsText(line)) {
      return InvalidInput(fmt::format(
          "'{}' is no UTF-8 text: unpack or convert it first, for example with iconv -f latin1 -t "
          "utf8",
          path.string()));
    }
    lines.push_back(line);
  }
  if (lines.empty()) return InvalidInput(fmt::format("'{}' is empty", path.string()));
  return lines;
}

// The separator that cuts most lines into as many fields as the first line, and into the most.
char SeparatorOf(const Lines& lines) {
  char best = ',';
  size_t best_score = 0;
  for (const char separator : kSeparators) {
    const size_t width = Split(lines[0], separator).size();
    if (width < 2) continue;
    const auto fits =
        static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
          return Split(line, separator).size() == width;
        }));
    const size_t score = fits * 1000 + width;
    if (score > best_score) {
      best_score = score;
      best = separator;
    }
  }
  return best;
}

struct Shape {
  const char* pattern;
  const char* type;
  const char* format;
  const char* grouping;
};

// What all values of a column may look like, the first that fits.
constexpr Shape kShapes[] = {
    {R"(\d{4}-\d{1,2}-\d{1,2})", "date", "", ""},
    {R"((19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))", "date", "yyyyMMdd", ""},
    {R"(\d{4}/\d{1,2}/\d{1,2})", "date", "yyyy/M/d", ""},
    {R"(\d{1,2}\.\d{1,2}\.\d{4})", "date", "d.M.yyyy", ""},
    {R"((0?[1-9]|1[0-2])/\d{1,2}/\d{4})", "date", "M/d/yyyy", ""},
    {R"(\d{1,2}/(0?[1-9]|1[0-2])/\d{4})", "date", "d/M/yyyy", ""},
    {R"(\d{1,2}-[A-Z][a-z]{2}-\d{4})", "date", "d-MMM-yyyy", ""},
    {R"(\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)",
     "timestamp", "", ""},
    {R"([+-]?\d{1,18})", "bigint", "", ""},
    {R"([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN)", "double", "", ""},
    {R"([+-]?\d{1,3}(,\d{3})+(\.\d*)?|[+-]?\d+(\.\d*)?)", "string", "", "1,234.5"},
    {R"([+-]?\d{1,3}(\.\d{3})+(,\d*)?|[+-]?\d+(,\d*)?)", "string", "", "1.234,5"},
    {R"(true|false|TRUE|FALSE|True|False)", "boolean", "", ""},
};

const Shape* ShapeOf(const std::vector<std::string>& values) {
  if (values.empty()) return nullptr;
  for (const Shape& shape : kShapes) {
    const std::regex pattern(shape.pattern);
    const bool all = std::all_of(values.begin(), values.end(), [&](const std::string& value) {
      return value.size() < 64 && std::regex_match(value, pattern);
    });
    if (all) return &shape;
  }
  return nullptr;
}

fs::path FirstFile(const fs::path& folder) {
  std::error_code ignored;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".csv") files.push_back(entry.path());
  }
  return files.empty() ? fs::path() : *std::min_element(files.begin(), files.end());
}

}  // namespace

Result<CsvSample> SampleCsv(const std::string& path) {
  fs::path file = path;
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) {
    file = FirstFile(file);
    if (file.empty()) {
      return InvalidInput(fmt::format("there is no .csv file in the folder '{}'", path));
    }
  }
  ASSIGN_OR_RETURN(const Lines lines, ReadLines(file));
  CsvSample sample;
  sample.separator = SeparatorOf(lines);
  const Fields first = Split(lines[0], sample.separator);
  // A header line holds neither numbers nor dates nor nothing.
  sample.has_header = std::all_of(first.begin(), first.end(), [](const std::string& field) {
    const std::string name = Trimmed(field);
    return !name.empty() && ShapeOf({name}) == nullptr;
  });
  for (size_t i = 0; i < first.size(); ++i) {
    SampledColumn column;
    column.header = sample.has_header ? first[i] : fmt::format("_c{}", i);
    std::vector<std::string> values;
    for (size_t line = sample.has_header ? 1 : 0; line < lines.size(); ++line) {
      const Fields fields = Split(lines[line], sample.separator);
      if (i < fields.size() && !fields[i].empty()) values.push_back(fields[i]);
    }
    if (const Shape* shape = ShapeOf(values)) {
      column.type = shape->type;
      column.format = shape->format;
      column.grouping = shape->grouping;
    }
    sample.columns.push_back(std::move(column));
  }
  return sample;
}

}  // namespace ember
