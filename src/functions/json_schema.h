#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "functions/datetime_pattern.h"
#include "functions/json_reader.h"
#include "types/data_type.h"

namespace ember {

/// The type of a JSON text (schema_of_json): fields by name, integers as bigint, nulls as string.
Result<DataType> InferJsonType(std::string_view json);

/// What inference does with the records of a file (JsonInferSchema).
struct JsonInferOptions {
  JsonReadOptions read;
  bool prefers_decimal = false;
  bool infers_timestamp = false;
  bool primitives_as_string = false;
  bool drops_null_fields = false;
};

/// Infers the schema of files: the type of each record, and the one type of all.
class JsonSchemaInference {
 public:
  static std::string Specification(const JsonInferOptions& options);
  static Result<JsonSchemaInference> Make(std::string_view specification);

  /// A record's type; none of one that does not count. In fail-fast mode a malformed one is an
  /// error.
  Result<std::optional<DataType>> TypeOfRecord(std::string_view text) const;
  /// The type of two records' types.
  Result<DataType> Merge(const DataType& a, const DataType& b) const;
  /// The columns: none when no record is an object.
  Schema SchemaOf(const DataType& type) const;

 private:
  DataType TypeOf(const JsonTree& tree) const;
  DataType TypeOfText(const JsonTree& tree) const;
  Result<DataType> WithCorruptField(const DataType& type) const;
  Error Malformed() const;

  JsonInferOptions options_;
  std::shared_ptr<const DateTimePattern> timestamp_pattern_;
};

}  // namespace ember
