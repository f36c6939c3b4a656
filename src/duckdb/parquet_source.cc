// Parquet files: their schema in Spark's terms, and reading them.
#include <fmt/format.h>

#include <cctype>
#include <filesystem>
#include <optional>
#include <set>

#include "duckdb/file_formats.h"
#include "duckdb/parquet_column.h"
#include "duckdb/parquet_schema.h"
#include "duckdb/sql_writer.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

constexpr std::string_view kSparkSchemaKey = "org.apache.spark.sql.parquet.row.metadata";

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
  return ReadParquetSchema(connection, {.path = path});
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

// The columns of files as they are stored; asked for when one is not stored as its type.
struct StoredColumns {
  Connection& connection;
  const std::vector<FileInfo>& files;
  bool is_united = false;  // the files are not alike
  std::vector<ParquetElement> elements;

  Result<std::string> ColumnSql(const StructField& field, const std::string& stored) {
    ASSIGN_OR_RETURN(const bool is_stored, IsStoredAs(field.type, stored));
    if (is_stored && (!is_united || field.type.children != nullptr))
      return ParquetColumnSql(field, stored);
    if (elements.empty()) {
      ASSIGN_OR_RETURN(elements, ParquetColumnsOf(connection, files));
    }
    std::vector<ParquetElement> of_column;
    for (const ParquetElement& element : elements) {
      if (LowerCase(element.name) == LowerCase(field.name)) of_column.push_back(element);
    }
    ASSIGN_OR_RETURN(std::string converted, ConvertedParquetColumnSql(field, of_column));
    return is_stored ? ParquetColumnSql(field, stored) : converted;
  }
};

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
  RETURN_IF_ERROR(CheckDistinctNames(entry.schema));
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
  bool is_united = false;
  if (const auto jobs = OneOfEachJob(source.files); jobs.size() > 1) {
    ASSIGN_OR_RETURN(const bool is_alike, AreAlike(connection, jobs));
    is_united = !is_alike;
  }
  StoredColumns known{connection, some, is_united, {}};
  std::string list;
  for (size_t i = 0; i < columns.size(); ++i) {
    std::string sql;
    if (i < source.file_schema.size()) {
      const StructField& field = source.file_schema[i];
      const auto found = stored->find(LowerCase(field.name));
      if (found != stored->end()) {
        ASSIGN_OR_RETURN(sql, known.ColumnSql(field, found->second));
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
  const bool is_partitioned = !source.partition_schema.empty();
  if (list.empty()) list = "1 AS \"nothing\"";
  return fmt::format(
      "SELECT {}{} FROM read_parquet({}, hive_partitioning = {}{}, union_by_name = {}{})", list,
      FileNameOutput(source), FileListSql(source.files), is_partitioned,
      is_partitioned ? ", hive_types_autocast = false" : "", is_united,
      source.gives_file_names ? ", filename = true" : "");
}

}  // namespace ember
