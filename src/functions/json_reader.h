#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "functions/datetime_pattern.h"
#include "functions/json_tree.h"
#include "types/data_type.h"

namespace ember {

/// What from_json does with a text (JacksonParser), for one type and its options.
struct JsonReadOptions {
  std::string zone = "UTC";
  std::string date_format;       // empty: as a cast reads it
  std::string timestamp_format;  // empty: as a cast reads it
  std::string timestamp_ntz_format;
  std::string corrupt_column = "_corrupt_record";
  bool is_fail_fast = false;
  bool drops_malformed = false;  // of ReadRecords
  JsonSyntax syntax;
};

/// Takes an option of JSONOptions, its key in lower case; false when it is none of reading values.
bool SetJsonOption(std::string_view key, const std::string& value, JsonReadOptions& options);
/// What the options say as text for a kernel, and its reading.
std::string JsonOptionsText(const JsonReadOptions& options);
JsonReadOptions ReadJsonOptionsText(std::string_view text);

/// Turns JSON text into canonical JSON for DuckDB's from_json of the storage type: every value is
/// null or fits its type, texts stand for dates, timestamps, decimals and non-numeric doubles.
class JsonTypeReader {
 public:
  /// What the kernel is told about a type, and its reading.
  static std::string Specification(const DataType& type, const JsonReadOptions& options);
  static Result<JsonTypeReader> Make(std::string_view specification);

  /// None: the whole is null. In fail-fast mode a malformed text gives kFailed.
  std::optional<std::string> Read(std::string_view text) const;
  static constexpr std::string_view kFailed = "!";
  /// The rows of a text as a file's record: one, or those of an array; blank text has none.
  std::vector<std::string> ReadRecords(std::string_view text) const;

 private:
  bool Convert(const JsonTree& tree, const DataType& type, std::string& out, bool& is_bad) const;
  bool ConvertScalar(const JsonTree& tree, const DataType& type, std::string& out) const;
  bool ConvertObject(const JsonTree& tree, const DataType& type, std::string& out,
                     bool& is_bad) const;
  std::string NullRow(std::string_view record) const;
  std::string WithRecord(std::string row, std::string_view record) const;
  void AddRecord(const JsonTree* tree, std::string_view text, std::vector<std::string>& rows) const;
  std::optional<int64_t> ReadTimestamp(const JsonTree& tree, bool is_instant) const;
  void AppendStruct(const std::vector<std::string>& values, const DataType& type,
                    std::string& out) const;

  DataType type_;
  JsonReadOptions options_;
  std::shared_ptr<const DateTimePattern> date_pattern_;
  std::shared_ptr<const DateTimePattern> timestamp_pattern_;
  std::shared_ptr<const DateTimePattern> timestamp_ntz_pattern_;
};

/// The DuckDB structure text of from_json: {"a":"INTEGER"}, ["BIGINT"], MAP as "MAP(VARCHAR, …)".
Result<std::string> JsonStructure(const DataType& type);

}  // namespace ember
