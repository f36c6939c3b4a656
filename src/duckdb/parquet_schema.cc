#include "duckdb/parquet_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "duckdb/file_source.h"

namespace ember {
namespace {

int ToInt(const std::optional<std::string>& text) {
  return text.has_value() ? std::atoi(text->c_str()) : 0;
}

// Spark's text of a type that it does not read: its physical type and, in brackets, the logical.
std::string TypeText(const ParquetElement& e) {
  const auto unit = [&]() -> std::string_view {
    if (HoldsText(e.logical, "NanoSeconds()")) return "NANOS";
    return HoldsText(e.logical, "MilliSeconds()") ? "MILLIS" : "MICROS";
  };
  const std::string_view is_utc = HoldsText(e.logical, "isAdjustedToUTC=1") ? "true" : "false";
  std::string logical = e.logical.substr(0, e.logical.find("Type("));
  for (char& c : logical) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (logical == "TIMESTAMP" || logical == "TIME")
    logical = fmt::format("{}({},{})", logical, unit(), is_utc);
  if (logical.empty()) logical = e.converted;
  return fmt::format("{} ({})", ParquetPhysicalName(e), logical);
}

Error IllegalType(const ParquetElement& e) {
  return MakeError("PARQUET_TYPE_ILLEGAL", {{"parquetType", TypeText(e)}});
}

// ParquetToSparkSchemaConverter for columns without children.
Result<DataType> PrimitiveType(const ParquetElement& e) {
  const bool is_decimal = e.converted == "DECIMAL" || HoldsText(e.logical, "Decimal");
  if (is_decimal) return DecimalType(e.precision, e.scale);
  if (e.physical == "BOOLEAN") return BooleanType();
  if (e.physical == "FLOAT") return FloatType();
  if (e.physical == "DOUBLE") return DoubleType();
  if (e.physical == "INT96") return TimestampType();
  const bool is_time = e.converted.starts_with("TIME_") || HoldsText(e.logical, "TimeType");
  if (is_time) return IllegalType(e);
  if (e.physical == "INT32") {
    if (e.converted == "INT_8") return ByteType();
    if (e.converted == "INT_16" || e.converted == "UINT_8") return ShortType();
    if (e.converted == "UINT_32") return LongType();
    if (e.converted == "DATE") return DateType();
    return IntegerType();
  }
  if (e.physical == "INT64") {
    if (e.converted == "UINT_64") return DecimalType(20, 0);
    const bool is_timestamp =
        e.converted.starts_with("TIMESTAMP") || HoldsText(e.logical, "Timestamp");
    if (!is_timestamp) return LongType();
    if (HoldsText(e.logical, "NanoSeconds()")) return IllegalType(e);
    return HoldsText(e.logical, "isAdjustedToUTC=0") ? TimestampNtzType() : TimestampType();
  }
  if (e.converted == "UTF8" || e.converted == "ENUM" || e.converted == "JSON" ||
      HoldsText(e.logical, "String")) {
    return StringType();
  }
  if (e.converted == "INTERVAL") return Unsupported("Parquet type INTERVAL");
  if (e.physical == "FIXED_LEN_BYTE_ARRAY" && !e.logical.empty()) return IllegalType(e);
  return BinaryType();
}

class SchemaReader {
 public:
  explicit SchemaReader(std::vector<ParquetElement> elements) : elements_(std::move(elements)) {}

  Result<Schema> Read() {
    if (elements_.empty()) return InternalError("a Parquet file without a schema");
    next_ = 1;
    return Fields(elements_[0].children);
  }

 private:
  Result<Schema> Fields(int count) {
    Schema fields;
    for (int i = 0; i < count; ++i) {
      ASSIGN_OR_RETURN(StructField field, Field());
      fields.push_back(std::move(field));
    }
    return fields;
  }

  // The field at next_, moved over with all its children.
  Result<StructField> Field() {
    if (next_ >= elements_.size()) return InternalError("a Parquet schema that ends early");
    const ParquetElement element = elements_[next_++];
    ASSIGN_OR_RETURN(DataType type, TypeOf(element));
    if (element.repetition == "REPEATED") type = ArrayType(std::move(type), true);
    return StructField{element.name, std::move(type), true, ""};
  }

  Result<DataType> TypeOf(const ParquetElement& element) {
    if (element.children == 0) return PrimitiveType(element);
    if (element.converted == "LIST" && element.children == 1) return ListOf();
    if ((element.converted == "MAP" || element.converted == "MAP_KEY_VALUE") &&
        element.children == 1) {
      const int pairs = elements_[next_].children;
      ++next_;
      ASSIGN_OR_RETURN(Schema fields, Fields(pairs));
      if (fields.size() == 2) return MapType(fields[0].type, fields[1].type, true);
      return Unsupported("a Parquet map without a value");
    }
    ASSIGN_OR_RETURN(Schema fields, Fields(element.children));
    return StructType(std::move(fields));
  }

  Result<DataType> ListOf() {
    const ParquetElement repeated = elements_[next_];
    // Two levels: the repeated field is the element; three: it wraps the element.
    const bool wraps =
        repeated.children == 1 && repeated.name != "array" && !repeated.name.ends_with("_tuple");
    if (wraps) ++next_;
    ASSIGN_OR_RETURN(StructField field, Field());
    if (!wraps) field.type = field.type.element().type;
    return ArrayType(field.type, true);
  }

  std::vector<ParquetElement> elements_;
  size_t next_ = 0;
};

Result<std::vector<ParquetElement>> Elements(Connection& connection,
                                             const std::vector<FileInfo>& files) {
  ASSIGN_OR_RETURN(auto rows,
                   connection.Rows(fmt::format(
                       "SELECT file_name, name, type, repetition_type, num_children, "
                       "converted_type, scale, precision, logical_type FROM parquet_schema({})",
                       FileListSql(files))));
  std::vector<ParquetElement> elements;
  for (auto& row : rows) {
    elements.push_back({row[0].value_or(""), row[1].value_or(""), row[2].value_or(""),
                        row[3].value_or(""), ToInt(row[4]), row[5].value_or(""), ToInt(row[6]),
                        ToInt(row[7]), row[8].value_or("")});
  }
  return elements;
}

// The place after the element at `index` and all that is in it.
size_t After(const std::vector<ParquetElement>& elements, size_t index) {
  size_t left = 1;
  for (; left > 0 && index < elements.size(); ++index) left = left - 1 + elements[index].children;
  return index;
}

}  // namespace

bool HoldsText(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string ParquetPhysicalName(const ParquetElement& element) {
  return element.physical == "BYTE_ARRAY" ? "BINARY" : element.physical;
}

Result<Schema> ReadParquetSchema(Connection& connection, const FileInfo& file) {
  ASSIGN_OR_RETURN(std::vector<ParquetElement> elements, Elements(connection, {file}));
  return SchemaReader(std::move(elements)).Read();
}

Result<std::vector<ParquetElement>> ParquetColumnsOf(Connection& connection,
                                                     const std::vector<FileInfo>& files) {
  ASSIGN_OR_RETURN(const std::vector<ParquetElement> elements, Elements(connection, files));
  std::vector<ParquetElement> columns;
  for (size_t root = 0; root < elements.size();) {
    const size_t end = After(elements, root);
    for (size_t i = root + 1; i < end; i = After(elements, i)) columns.push_back(elements[i]);
    root = std::max(end, root + 1);
  }
  return columns;
}

}  // namespace ember
