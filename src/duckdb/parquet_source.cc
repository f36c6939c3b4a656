// Parquet files: their schema in Spark's terms, and reading them.
#include <fmt/format.h>

#include <cctype>
#include <filesystem>
#include <optional>
#include <set>

#include "duckdb/file_formats.h"
#include "duckdb/sql_writer.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

constexpr std::string_view kSparkSchemaKey = "org.apache.spark.sql.parquet.row.metadata";

// One row of DuckDB's parquet_schema().
struct SchemaElement {
  std::string name;
  std::string physical;
  std::string repetition;
  int children = 0;
  std::string converted;
  int scale = 0;
  int precision = 0;
  std::string logical;
};

int ToInt(const std::optional<std::string>& text) {
  return text.has_value() ? std::atoi(text->c_str()) : 0;
}

bool Holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// ParquetToSparkSchemaConverter for columns without children.
Result<DataType> PrimitiveType(const SchemaElement& e) {
  const bool is_decimal = e.converted == "DECIMAL" || Holds(e.logical, "Decimal");
  if (is_decimal) return DecimalType(e.precision, e.scale);
  if (e.physical == "BOOLEAN") return BooleanType();
  if (e.physical == "FLOAT") return FloatType();
  if (e.physical == "DOUBLE") return DoubleType();
  if (e.physical == "INT96") return TimestampType();
  if (e.physical == "INT32") {
    if (e.converted == "INT_8") return ByteType();
    if (e.converted == "INT_16" || e.converted == "UINT_8") return ShortType();
    if (e.converted == "UINT_32") return LongType();
    if (e.converted == "DATE") return DateType();
    if (e.converted == "TIME_MILLIS") return Unsupported("Parquet type TIME");
    return IntegerType();
  }
  if (e.physical == "INT64") {
    if (e.converted == "UINT_64") return DecimalType(20, 0);
    const bool is_timestamp = e.converted.starts_with("TIMESTAMP") || Holds(e.logical, "Timestamp");
    if (is_timestamp)
      return Holds(e.logical, "isAdjustedToUTC=0") ? TimestampNtzType() : TimestampType();
    if (e.converted == "TIME_MICROS" || Holds(e.logical, "TimeType"))
      return Unsupported("Parquet type TIME");
    return LongType();
  }
  if (e.converted == "UTF8" || e.converted == "ENUM" || e.converted == "JSON" ||
      Holds(e.logical, "String")) {
    return StringType();
  }
  if (e.converted == "INTERVAL") return Unsupported("Parquet type INTERVAL");
  return BinaryType();
}

class SchemaReader {
 public:
  explicit SchemaReader(std::vector<SchemaElement> elements) : elements_(std::move(elements)) {}

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
    const SchemaElement element = elements_[next_++];
    ASSIGN_OR_RETURN(DataType type, TypeOf(element));
    if (element.repetition == "REPEATED") type = ArrayType(std::move(type), true);
    return StructField{element.name, std::move(type), true, ""};
  }

  Result<DataType> TypeOf(const SchemaElement& element) {
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
    const SchemaElement repeated = elements_[next_];
    // Two levels: the repeated field is the element; three: it wraps the element.
    const bool wraps =
        repeated.children == 1 && repeated.name != "array" && !repeated.name.ends_with("_tuple");
    if (wraps) ++next_;
    ASSIGN_OR_RETURN(StructField field, Field());
    if (!wraps) field.type = field.type.element().type;
    return ArrayType(field.type, true);
  }

  std::vector<SchemaElement> elements_;
  size_t next_ = 0;
};

Result<Schema> SchemaFromFooter(Connection& connection, const std::string& file) {
  ASSIGN_OR_RETURN(auto rows,
                   connection.Rows(fmt::format(
                       "SELECT name, type, repetition_type, num_children, converted_type, scale, "
                       "precision, logical_type FROM parquet_schema({})",
                       file)));
  std::vector<SchemaElement> elements;
  for (auto& row : rows) {
    elements.push_back({row[0].value_or(""), row[1].value_or(""), row[2].value_or(""),
                        ToInt(row[3]), row[4].value_or(""), ToInt(row[5]), ToInt(row[6]),
                        row[7].value_or("")});
  }
  return SchemaReader(std::move(elements)).Read();
}

Result<Schema> SchemaOfFile(Connection& connection, const std::string& path) {
  const std::string file = FileListSql({FileInfo{.path = path}});
  auto metadata = connection.Rows(
      fmt::format("SELECT decode(value) FROM parquet_kv_metadata({}) WHERE decode(key) = {}", file,
                  SqlString(kSparkSchemaKey)));
  // What DuckDB cannot open is no Parquet file.
  if (!metadata.ok()) {
    Error error =
        MakeError("FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER", {{"path", DisplayPath(path)}});
    error.context.push_back(metadata.error().message);
    return error;
  }
  if (!metadata->empty() && (*metadata)[0][0].has_value()) {
    Result<DataType> type = ParseTypeJson(*(*metadata)[0][0]);
    if (type.ok() && type->Is(TypeKind::kStruct)) return Schema(type->fields());
  }
  return SchemaFromFooter(connection, file);
}

// The job that wrote a file, by its name ("part-00000-<uuid>-c000…", in partition folders with a
// dot before the c): FileOutputWriter's names hold one UUID for each job, here as in Spark. Empty
// for other names.
std::string_view JobOf(const FileInfo& file) {
  constexpr std::string_view kPart = "part-";
  constexpr std::string_view kUuid = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  const std::string_view path = file.path;
  std::string_view name = path.substr(path.rfind('/') + 1);
  if (!name.starts_with(kPart)) return {};
  name.remove_prefix(kPart.size());
  const size_t digits = name.find_first_not_of("0123456789");
  if (digits < 5 || digits == name.npos || name[digits] != '-') return {};
  name = name.substr(digits + 1, kUuid.size());
  for (size_t i = 0; i < kUuid.size(); ++i) {
    const bool fits = i < name.size() &&
                      (kUuid[i] == '-' ? name[i] == '-'
                                       : std::isxdigit(static_cast<unsigned char>(name[i])) != 0);
    if (!fits) return {};
  }
  return name;
}

// Files of one job have one schema: the first of each job stands for them, so that not every footer
// has to be read before the scan.
std::vector<FileInfo> OneOfEachJob(const std::vector<FileInfo>& files) {
  std::vector<FileInfo> some;
  std::set<std::string_view> jobs;
  for (const FileInfo& file : files) {
    const std::string_view job = JobOf(file);
    if (job.empty() || jobs.insert(job).second) some.push_back(file);
  }
  return some;
}

// Whether files have the same columns, in types and order: then DuckDB need not unite them, and
// opens what the scan reads only.
Result<bool> AreAlike(Connection& connection, const std::vector<FileInfo>& files) {
  if (files.size() == 1) return true;
  ASSIGN_OR_RETURN(auto rows,
                   connection.Rows(fmt::format(
                       "SELECT count(DISTINCT columns) FROM (SELECT list([name, type, "
                       "num_children::VARCHAR, converted_type, scale::VARCHAR, "
                       "\"precision\"::VARCHAR, logical_type]) AS columns FROM parquet_schema({}) "
                       "GROUP BY file_name)",
                       FileListSql(files))));
  return !rows.empty() && rows[0][0] == "1";
}

// DuckDB's types of all columns. Every file's footer is read, and a prepared statement would be
// bound, and so read them, once more when it runs: this one is not prepared.
Result<std::map<std::string, std::string>> StoredTypes(Connection& connection,
                                                       const std::vector<FileInfo>& files) {
  const std::string sql = fmt::format(
      "DESCRIBE SELECT * FROM read_parquet({}, hive_partitioning = false, union_by_name = {})",
      FileListSql(files), files.size() > 1);
  duckdb_result result;
  std::map<std::string, std::string> types;
  const bool failed = duckdb_query(connection.get(), sql.c_str(), &result) != DuckDBSuccess;
  std::optional<Error> error;
  if (failed) {
    const char* message = duckdb_result_error(&result);
    error =
        DuckDbError(message == nullptr ? "unknown" : message, duckdb_result_error_type(&result));
  }
  for (idx_t row = 0; !failed && row < duckdb_row_count(&result); ++row) {
    char* name = duckdb_value_varchar(&result, 0, row);
    char* type = duckdb_value_varchar(&result, 1, row);
    if (name != nullptr && type != nullptr) types[LowerCase(name)] = type;
    duckdb_free(name);
    duckdb_free(type);
  }
  duckdb_destroy_result(&result);
  if (error) return *std::move(error);
  return types;
}

// mergeSchema: fields of all files by name, in order of appearance.
Status Merge(Schema& merged, const Schema& more) {
  for (const StructField& field : more) {
    const int known = FindField(merged, field.name);
    if (known < 0) {
      merged.push_back(field);
    } else if (!SameType(merged[known].type, field.type)) {
      return MakeError("CANNOT_MERGE_SCHEMAS",
                       {{"left", SchemaDdl(merged)}, {"right", SchemaDdl(more)}});
    }
  }
  return {};
}

bool HoldsInstant(const DataType& type) {
  if (type.Is(TypeKind::kTimestamp)) return true;
  if (type.children == nullptr) return false;
  for (const StructField& child : *type.children) {
    if (HoldsInstant(child.type)) return true;
  }
  return false;
}

// DuckDB reads instants as TIMESTAMPTZ, whose casts are slow; its microseconds are had for nothing.
Result<std::string> WithPlainInstants(const std::string& sql, const DataType& type, int depth) {
  if (!HoldsInstant(type)) return sql;
  const std::string item = fmt::format("\"i{}\"", depth);
  switch (type.kind) {
    case TypeKind::kTimestamp:
      return fmt::format("make_timestamp(epoch_us({}))", sql);
    case TypeKind::kArray: {
      ASSIGN_OR_RETURN(std::string body, WithPlainInstants(item, type.element().type, depth + 1));
      return fmt::format("list_transform({}, lambda {}: {})", sql, item, body);
    }
    case TypeKind::kMap: {
      ASSIGN_OR_RETURN(std::string key, WithPlainInstants(item, type.key().type, depth + 1));
      ASSIGN_OR_RETURN(std::string value, WithPlainInstants(item, type.value().type, depth + 1));
      return fmt::format(
          "map(list_transform(map_keys({0}), lambda {1}: {2}), list_transform(map_values({0}), "
          "lambda {1}: {3}))",
          sql, item, key, value);
    }
    case TypeKind::kStruct: {
      const std::vector<std::string> names = StorageFieldNames(type);
      std::string fields;
      for (size_t i = 0; i < names.size(); ++i) {
        ASSIGN_OR_RETURN(std::string field,
                         WithPlainInstants(fmt::format("struct_extract_at({}, {})", sql, i + 1),
                                           type.fields()[i].type, depth));
        fields += fmt::format("{}{} := {}", i > 0 ? ", " : "", SqlIdentifier(names[i]), field);
      }
      return fmt::format("CASE WHEN {} IS NULL THEN NULL ELSE struct_pack({}) END", sql, fields);
    }
    default:
      return sql;
  }
}

// Parquet's name of what a column is stored as, from the type DuckDB reads.
std::string PhysicalName(const std::string& stored) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"BOOLEAN", "BOOLEAN"}, {"TINYINT", "INT32"},   {"SMALLINT", "INT32"}, {"INTEGER", "INT32"},
      {"UTINYINT", "INT32"},  {"USMALLINT", "INT32"}, {"DATE", "INT32"},     {"BIGINT", "INT64"},
      {"UINTEGER", "INT32"},  {"UBIGINT", "INT64"},   {"FLOAT", "FLOAT"},    {"DOUBLE", "DOUBLE"},
      {"VARCHAR", "BINARY"},  {"BLOB", "BINARY"},     {"JSON", "BINARY"}};
  for (const auto& [type, name] : kNames) {
    if (stored == type) return std::string(name);
  }
  if (stored.starts_with("TIMESTAMP")) return "INT64";
  if (stored.starts_with("DECIMAL")) return "FIXED_LEN_BYTE_ARRAY";
  return stored;
}

// Whether Spark's vectorized reader takes a stored type for the wanted one.
bool CanRead(const std::string& stored, const DataType& wanted) {
  const bool is_number = stored.ends_with("INT") || stored.ends_with("INTEGER") ||
                         stored == "FLOAT" || stored == "DOUBLE" || stored.starts_with("DECIMAL");
  if (wanted.IsNumeric()) return is_number;
  if (wanted.IsStringLike() || wanted.Is(TypeKind::kBinary)) {
    return stored == "VARCHAR" || stored == "BLOB" || stored == "JSON" || stored == "UUID" ||
           stored.starts_with("ENUM");
  }
  if (wanted.Is(TypeKind::kBoolean)) return stored == "BOOLEAN";
  if (wanted.Is(TypeKind::kDate)) return stored == "DATE";
  if (wanted.Is(TypeKind::kTimestamp) || wanted.Is(TypeKind::kTimestampNtz)) {
    return stored.starts_with("TIMESTAMP") || stored == "DATE";
  }
  if (wanted.IsInterval()) return is_number;
  if (wanted.Is(TypeKind::kArray)) return stored.ends_with("[]");
  if (wanted.Is(TypeKind::kMap)) return stored.starts_with("MAP");
  if (wanted.Is(TypeKind::kStruct)) return stored.starts_with("STRUCT");
  return true;
}

Result<std::string> ColumnSql(const StructField& field, const std::string& stored,
                              const std::string& path) {
  const std::string name = SqlIdentifier(field.name);
  if (!CanRead(stored, field.type)) {
    return MakeError("FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
                     {{"path", "file://" + path},
                      {"column", "[" + field.name + "]"},
                      {"expectedType", SimpleString(field.type)},
                      {"actualType", PhysicalName(stored)}});
  }
  if (field.type.Is(TypeKind::kTimestamp) && stored == "TIMESTAMP") return name;
  if (HoldsInstant(field.type)) return WithPlainInstants(name, field.type, 0);
  ASSIGN_OR_RETURN(std::string wanted, DuckDbTypeName(field.type));
  std::string compact;
  for (const char c : wanted) {
    if (c != ' ' || !field.type.Is(TypeKind::kDecimal)) compact += c;
  }
  if (stored == compact) return name;
  return fmt::format("CAST({} AS {})", name, wanted);
}

}  // namespace

Result<SchemaCache::Entry> DescribeParquet(const FileSource& source, Engine& engine) {
  ASSIGN_OR_RETURN(Connection connection, engine.Connect());
  SchemaCache::Entry entry;
  ASSIGN_OR_RETURN(entry.schema, SchemaOfFile(connection, source.files[0].path));
  if (source.read.merge_schema) {
    for (size_t i = 1; i < source.files.size(); ++i) {
      ASSIGN_OR_RETURN(Schema more, SchemaOfFile(connection, source.files[i].path));
      RETURN_IF_ERROR(Merge(entry.schema, more));
    }
  }
  return entry;
}

Result<std::string> ParquetScanSql(const FileSource& source,
                                   const std::vector<ResolvedColumn>& columns, Engine& engine) {
  ASSIGN_OR_RETURN(Connection connection, engine.Connect());
  // Local footers cost little, and with all of them read it is said at once which file is broken.
  const bool is_remote = source.files[0].path.find("://") != std::string::npos;
  const std::vector<FileInfo> some = is_remote ? OneOfEachJob(source.files) : source.files;
  auto stored = StoredTypes(connection, some);
  if (!stored.ok()) {
    std::string_view condition = "FAILED_READ_FILE.NO_HINT";
    std::string path = source.files[0].path;
    for (const FileInfo& file : source.files) {
      // Of a remote file the cause says what is wrong.
      if (std::error_code ignored; is_remote || std::filesystem::exists(file.path, ignored))
        continue;
      condition = "FAILED_READ_FILE.FILE_NOT_EXIST";
      path = file.path;
      break;
    }
    Error error = MakeError(condition, {{"path", is_remote ? path : "file://" + path}});
    error.context.push_back(stored.error().message);
    return error;
  }
  std::string list;
  for (size_t i = 0; i < columns.size(); ++i) {
    std::string sql;
    if (i < source.file_schema.size()) {
      const StructField& field = source.file_schema[i];
      const auto found = stored->find(LowerCase(field.name));
      if (found != stored->end()) {
        ASSIGN_OR_RETURN(sql, ColumnSql(field, found->second, source.files[0].path));
      } else {
        ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(field.type));
        sql = fmt::format("CAST(NULL AS {})", type);
      }
    } else {
      ASSIGN_OR_RETURN(
          sql, PartitionColumnSql(source, source.partition_schema[i - source.file_schema.size()]));
    }
    list += fmt::format("{}{} AS {}", i > 0 ? ", " : "", sql, ColumnName(columns[i].id));
  }
  bool is_united = source.files.size() > 1;
  if (some.size() < source.files.size()) {
    ASSIGN_OR_RETURN(const bool is_alike, AreAlike(connection, some));
    is_united = !is_alike;
  }
  const bool is_partitioned = !source.partition_schema.empty();
  if (list.empty()) list = "1 AS \"nothing\"";
  return fmt::format(
      "SELECT {}{} FROM read_parquet({}, hive_partitioning = {}{}, union_by_name = {}{})", list,
      FileNameOutput(source), FileListSql(source.files), is_partitioned,
      is_partitioned ? ", hive_types_autocast = false" : "", is_united,
      source.gives_file_names ? ", filename = true" : "");
}

}  // namespace ember
