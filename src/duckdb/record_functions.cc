#include "duckdb/record_functions.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "duckdb/csv_record.h"
#include "duckdb/csv_spec.h"
#include "duckdb/csv_values.h"

// What the SQL of a CSV scan calls for each chunk of lines: once to find the fields of the records
// (ember_csv_fields), then once for each column that is needed, which reads its field of the line
// into a value of its type. Argument `spec` is the constant text of a CsvSpec, `index` a constant.

namespace ember {
namespace {

using Inputs = std::span<const NativeVector>;

// ember_csv_is_record(line, spec): whether a line is a record: no blank line, no comment
// (CSVExprUtils.filterCommentAndEmpty).
void IsRecord(Inputs inputs, size_t rows, NativeWriter& out) {
  if (rows == 0) return;
  const std::string_view comment = ReadCsvSpec(inputs[1].text(0)).comment;
  for (size_t row = 0; row < rows; ++row) {
    bool is_record = false;
    if (!inputs[0].is_null(row)) {
      const std::string_view line = inputs[0].text(row);
      for (size_t i = 0; i < line.size() && !is_record; ++i) is_record = !IsCsvBlank(line[i]);
      if (!comment.empty() && line.starts_with(comment)) is_record = false;
    }
    out.Set<bool>(row, is_record);
  }
}

// ember_csv_fields(line, spec): the places of the record's fields.
void FindFields(Inputs inputs, size_t rows, NativeWriter& out) {
  if (rows == 0) return;
  const CsvSpec spec = ReadCsvSpec(inputs[1].text(0));
  CsvFieldFinder finder(spec.format);
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row)) {
      out.SetNull(row);
    } else {
      out.SetText(row, finder.Find(WithoutCarriageReturn(inputs[0].text(row))));
    }
  }
}

// ember_csv_count(fields): their number.
void CountFields(Inputs inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row)) {
      out.SetNull(row);
    } else {
      out.Set<int32_t>(row, static_cast<int32_t>(CsvFieldReader::Count(inputs[0].text(row))));
    }
  }
}

// One field of the records of a chunk: (line, fields, index, spec …).
class FieldColumn {
 public:
  explicit FieldColumn(Inputs inputs)
      : lines_(inputs[0]),
        fields_(inputs[1]),
        index_(static_cast<size_t>(inputs[2].get<int32_t>(0))),
        spec_(ReadCsvSpec(inputs[3].text(0))) {}

  const CsvSpec& spec() const { return spec_; }

  /// The field's text; none where Spark reads null (UnivocityParser.nullSafeDatum).
  std::optional<std::string_view> at(size_t row) {
    if (lines_.is_null(row) || fields_.is_null(row)) return std::nullopt;
    const CsvFieldReader::View field = CsvFieldReader::At(
        WithoutCarriageReturn(lines_.text(row)), fields_.text(row), index_, spec_.format, storage_);
    std::string_view text = field.text;
    if (text.empty()) {
      if (field.is_missing) return std::nullopt;
      text = spec_.empty_value;
    }
    if (text == spec_.null_value) return std::nullopt;
    return text;
  }

 private:
  const NativeVector& lines_;
  const NativeVector& fields_;
  size_t index_;
  CsvSpec spec_;
  std::string storage_;
};

// ember_csv_text(line, fields, index, spec).
void FieldTexts(Inputs inputs, size_t rows, NativeWriter& out) {
  if (rows == 0) return;
  FieldColumn column(inputs);
  for (size_t row = 0; row < rows; ++row) {
    if (const auto text = column.at(row)) {
      out.SetText(row, *text);
    } else {
      out.SetNull(row);
    }
  }
}

// ember_csv_has(line, fields, index, spec): whether the field is not null.
void HasField(Inputs inputs, size_t rows, NativeWriter& out) {
  if (rows == 0) return;
  FieldColumn column(inputs);
  for (size_t row = 0; row < rows; ++row) out.Set<bool>(row, column.at(row).has_value());
}

// ember_csv_class(line, fields, index, spec): the bits of CsvValueReader::ClassBits.
void FieldClasses(Inputs inputs, size_t rows, NativeWriter& out) {
  if (rows == 0) return;
  FieldColumn column(inputs);
  CsvValueReader reader(column.spec());
  // The bits are united, and one string makes the column one: nothing more needs a look then.
  bool is_string = false;
  for (size_t row = 0; row < rows; ++row) {
    const auto text = is_string ? std::nullopt : column.at(row);
    if (!text || text->empty()) {
      out.SetNull(row);
      continue;
    }
    const int64_t bits = reader.ClassBits(*text);
    is_string = bits == BitOf(CsvClass::kString);
    out.Set<int64_t>(row, bits);
  }
}

// Columns of a type T: `parse(reader, text)` gives the value, none for a text that is not one.
template <typename T, typename Parse>
void FieldValues(Inputs inputs, size_t rows, NativeWriter& out, Parse parse) {
  if (rows == 0) return;
  FieldColumn column(inputs);
  CsvValueReader reader(column.spec());
  for (size_t row = 0; row < rows; ++row) {
    const auto text = column.at(row);
    const auto value = text ? parse(reader, *text) : std::nullopt;
    if (value) {
      out.Set<T>(row, static_cast<T>(*value));
    } else {
      out.SetNull(row);
    }
  }
}

template <auto read, typename T>
void ValuesOf(Inputs inputs, size_t rows, NativeWriter& out) {
  FieldValues<T>(inputs, rows, out, [](CsvValueReader& reader, std::string_view text) {
    return (reader.*read)(text);
  });
}

template <typename T>
void Integers(Inputs inputs, size_t rows, NativeWriter& out) {
  FieldValues<T>(inputs, rows, out, [](CsvValueReader& reader, std::string_view text) {
    return reader.Integer(text, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
  });
}

// (line, fields, index, spec, precision, scale): the unscaled value.
template <typename T>
void Decimals(Inputs inputs, size_t rows, NativeWriter& out) {
  if (rows == 0) return;
  const int precision = inputs[4].get<int32_t>(0);
  const int scale = inputs[5].get<int32_t>(0);
  FieldValues<T>(inputs, rows, out, [&](CsvValueReader& reader, std::string_view text) {
    return reader.Decimal(text, precision, scale);
  });
}

// ember_split_lines(content, separator): without an empty one at the end.
void SplitLines(Inputs inputs, size_t rows, NativeWriter& out) {
  std::vector<std::string_view> lines;
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row) || inputs[1].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    std::string_view rest = inputs[0].text(row);
    const std::string_view separator = inputs[1].text(row);
    lines.clear();
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(separator), rest.size());
      lines.push_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + separator.size(), rest.size()));
    }
    out.SetTextList(row, lines);
  }
}

// ember_split_ends(content): at each of \n, \r and \r\n, as Hadoop's LineReader splits a file.
void SplitEnds(Inputs inputs, size_t rows, NativeWriter& out) {
  std::vector<std::string_view> lines;
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    std::string_view rest = inputs[0].text(row);
    lines.clear();
    while (!rest.empty()) {
      const size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
      lines.push_back(rest.substr(0, end));
      const bool is_pair = rest.substr(end).starts_with("\r\n");
      rest.remove_prefix(std::min(end + (is_pair ? 2 : 1), rest.size()));
    }
    out.SetTextList(row, lines);
  }
}

// ember_csv_records(content, spec): the records of a whole file, where quoted fields may hold line
// ends.
void CsvRecords(Inputs inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row) || inputs[1].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    const CsvSpec spec = ReadCsvSpec(inputs[1].text(row));
    out.SetTextList(row, CsvRecordsOf(inputs[0].text(row), spec.format));
  }
}

}  // namespace

std::vector<NativeFunction> RecordFunctions() {
  using enum NativeType;
  using Reader = CsvValueReader;
  const std::vector<NativeType> field = {kVarchar, kBlob, kInteger, kVarchar};
  const std::vector<NativeType> decimal = {kVarchar, kBlob, kInteger, kVarchar, kInteger, kInteger};
  return {
      {"ember_split_lines", {kVarchar, kVarchar}, kVarcharList, SplitLines},
      {"ember_split_ends", {kVarchar}, kVarcharList, SplitEnds},
      {"ember_csv_records", {kVarchar, kVarchar}, kVarcharList, CsvRecords},
      {"ember_csv_is_record", {kVarchar, kVarchar}, kBoolean, IsRecord},
      // Volatile, so that DuckDB computes it once: a filter on a column is not pushed below it.
      {"ember_csv_fields", {kVarchar, kVarchar}, kBlob, FindFields, true},
      {"ember_csv_count", {kBlob}, kInteger, CountFields},
      {"ember_csv_text", field, kVarchar, FieldTexts},
      {"ember_csv_has", field, kBoolean, HasField},
      {"ember_csv_class", field, kBigInt, FieldClasses},
      {"ember_csv_boolean", field, kBoolean, ValuesOf<&Reader::Boolean, bool>},
      {"ember_csv_tinyint", field, kTinyInt, Integers<int8_t>},
      {"ember_csv_smallint", field, kSmallInt, Integers<int16_t>},
      {"ember_csv_integer", field, kInteger, Integers<int32_t>},
      {"ember_csv_bigint", field, kBigInt, Integers<int64_t>},
      {"ember_csv_float", field, kFloat, ValuesOf<&Reader::Float, float>},
      {"ember_csv_double", field, kDouble, ValuesOf<&Reader::Double, double>},
      {"ember_csv_date", field, kDate, ValuesOf<&Reader::Date, int32_t>},
      {"ember_csv_timestamp", field, kTimestamp, ValuesOf<&Reader::Timestamp, int64_t>},
      {"ember_csv_timestamp_ntz", field, kTimestamp, ValuesOf<&Reader::TimestampNtz, int64_t>},
      {"ember_csv_decimal", decimal, kHugeInt, Decimals<__int128>},
      {"ember_csv_short_decimal", decimal, kBigInt, Decimals<int64_t>},
  };
}

}  // namespace ember
