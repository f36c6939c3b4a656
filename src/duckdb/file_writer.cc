#include "duckdb/file_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>

#include "duckdb/file_formats.h"
#include "duckdb/partition_values.h"
#include "duckdb/row_text.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSparkVersion = "4.0.2";
constexpr std::string_view kBucketColumn = "__file";

std::string SparkFormatName(const std::string& format) {
  if (format == "parquet") return "Parquet";
  return format == "text" ? "Text" : format == "csv" ? "CSV" : "JSON";
}

bool CanHold(const std::string& format, const DataType& type) {
  switch (type.kind) {
    case TypeKind::kNull:
      return format == "json";
    case TypeKind::kCalendarInterval:
      return false;
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      if (format == "csv") return false;
      return std::all_of(type.children->begin(), type.children->end(),
                         [&](const StructField& child) { return CanHold(format, child.type); });
    case TypeKind::kBinary:
      return true;
    default:
      return format != "text" || type.IsStringLike();
  }
}

std::string NewUuid() {
  std::random_device random;
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:04x}{:08x}", random(), random() & 0xffff,
                     random() & 0xfff, 0x8000 | (random() & 0x3fff), random() & 0xffff, random());
}

bool HoldsInstant(const DataType& type) {
  if (type.Is(TypeKind::kTimestamp)) return true;
  if (type.children == nullptr) return false;
  return std::any_of(type.children->begin(), type.children->end(),
                     [](const StructField& child) { return HoldsInstant(child.type); });
}

// Parquet marks an instant by its type, TIMESTAMPTZ; made of microseconds it costs nothing, cast it
// costs much.
std::string WithZonedInstants(const std::string& sql, const DataType& type, int depth) {
  if (!HoldsInstant(type)) return sql;
  const std::string item = fmt::format("\"i{}\"", depth);
  switch (type.kind) {
    case TypeKind::kTimestamp:
      return fmt::format("make_timestamptz(epoch_us({}))", sql);
    case TypeKind::kArray:
      return fmt::format("list_transform({}, lambda {}: {})", sql, item,
                         WithZonedInstants(item, type.element().type, depth + 1));
    case TypeKind::kMap:
      return fmt::format(
          "map(list_transform(map_keys({0}), lambda {1}: {2}), list_transform(map_values({0}), "
          "lambda {1}: {3}))",
          sql, item, WithZonedInstants(item, type.key().type, depth + 1),
          WithZonedInstants(item, type.value().type, depth + 1));
    default: {
      const std::vector<std::string> names = StorageFieldNames(type);
      std::string fields;
      for (size_t i = 0; i < names.size(); ++i) {
        fields +=
            fmt::format("{}{} := {}", i > 0 ? ", " : "", SqlIdentifier(names[i]),
                        WithZonedInstants(fmt::format("struct_extract_at({}, {})", sql, i + 1),
                                          type.fields()[i].type, depth));
      }
      return fmt::format("CASE WHEN {} IS NULL THEN NULL ELSE struct_pack({}) END", sql, fields);
    }
  }
}

struct Codec {
  std::string duckdb;     // DuckDB's name
  std::string extension;  // what Spark puts into the file name
};

Result<Codec> CodecOf(const FileWriteRequest& request) {
  const bool is_parquet = request.format == "parquet";
  const std::string name = LowerCase(
      TextOption(request.options, "compression", is_parquet ? request.default_codec : "none"));
  if (name == "none" || name == "uncompressed")
    return Codec{is_parquet ? "uncompressed" : "none", ""};
  if (is_parquet && name == "snappy") return Codec{"snappy", ".snappy"};
  if (name == "gzip") return Codec{"gzip", ".gz"};
  if (name == "zstd") return Codec{"zstd", is_parquet ? ".zstd" : ".zst"};
  if (is_parquet && name == "lz4_raw") return Codec{"lz4_raw", ".lz4raw"};
  if (is_parquet && name == "brotli") return Codec{"brotli", ".br"};
  const std::string known =
      is_parquet ? "brotli, uncompressed, lzo, snappy, lz4_raw, none, zstd, lz4, gzip"
                 : "bzip2, deflate, uncompressed, snappy, none, lz4, gzip";
  if ((", " + known + ",").find(", " + name + ",") != std::string::npos) {
    return Unsupported("compression " + name + " of " + request.format);
  }
  return MakeError("CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION",
                   {{"codecName", name}, {"availableCodecs", known}});
}

class Job {
 public:
  Job(const FileWriteRequest& request, const ResolvedRelation& plan, SqlWriter& writer,
      Engine& engine, const ExecuteOptions& options)
      : request_(request),
        plan_(plan),
        writer_(writer),
        engine_(engine),
        options_(options),
        uuid_(NewUuid()) {}

  Result<WriteResult> Run() {
    ASSIGN_OR_RETURN(codec_, CodecOf(request_));
    FindPartitions();
    ASSIGN_OR_RETURN(std::string query, writer_.WriteRelation(plan_));
    ASSIGN_OR_RETURN(std::string outputs, Outputs());
    const bool is_split = request_.layout.files > 1 || request_.max_records_per_file > 0;
    if (!is_split && partitions_.empty()) {
      const std::string file = FilePath(0, 0, "");
      Announce([file](const std::string& relative) {
        return relative == file ? std::optional(file) : std::nullopt;
      });
      RETURN_IF_ERROR(
          Copy(NotEmpty(fmt::format("SELECT {} FROM ({}) AS t", outputs, query)), file, ""));
    } else {
      RETURN_IF_ERROR(RunSplit(query, outputs, is_split));
    }
    for (const std::string& file : result_.files) {
      std::error_code error;
      result_.bytes += static_cast<int64_t>(fs::file_size(request_.directory + "/" + file, error));
    }
    std::sort(result_.files.begin(), result_.files.end());
    return std::move(result_);
  }

 private:
  void FindPartitions() {
    for (const std::string& name : request_.partition_by)
      partitions_.push_back(FindField(request_.schema, name));
  }

  void Announce(StagedWrite::TargetName name_of) {
    if (request_.staged != nullptr) request_.staged->SendWhileWritten(std::move(name_of));
  }

  bool IsPartition(int column) const {
    return std::find(partitions_.begin(), partitions_.end(), column) != partitions_.end();
  }

  // The columns of a file: for Parquet each by its name, for text formats the line.
  Result<std::string> Outputs() {
    std::vector<TextColumn> columns;
    for (size_t i = 0; i < request_.schema.size(); ++i) {
      if (IsPartition(static_cast<int>(i))) continue;
      ASSIGN_OR_RETURN(std::string sql, OutputSql(plan_.columns[i]));
      columns.push_back({request_.schema[i], std::move(sql)});
    }
    if (request_.format == "parquet") {
      std::string list;
      for (const TextColumn& column : columns) {
        list += fmt::format("{}{} AS {}", list.empty() ? "" : ", ",
                            WithZonedInstants(column.sql, column.field.type, 0),
                            SqlIdentifier(column.field.name));
      }
      return list;
    }
    if (request_.format == "text")
      return fmt::format("coalesce({}, '') AS \"line\"", columns[0].sql);
    if (request_.format == "json") {
      ASSIGN_OR_RETURN(std::string line, JsonLineSql(columns, request_.options, request_.zone));
      return fmt::format("{} AS \"line\"", line);
    }
    ASSIGN_OR_RETURN(std::string line, CsvLineSql(columns, request_.options, request_.zone));
    ASSIGN_OR_RETURN(std::string header, CsvHeader(columns, request_.options));
    if (columns.size() == 1) single_csv_column_ = SqlIdentifier(header);
    return fmt::format("{} AS {}", line, SqlIdentifier(header));
  }

  // A CSV line of one null is empty, and the writer of Spark (univocity) leaves empty lines out.
  std::string NotEmpty(const std::string& rows) const {
    if (single_csv_column_.empty()) return rows;
    return fmt::format("SELECT * FROM ({}) AS n WHERE {} <> ''", rows, single_csv_column_);
  }

  Result<std::string> CopyOptions() {
    if (request_.format == "parquet") {
      Schema written;
      for (size_t i = 0; i < request_.schema.size(); ++i) {
        if (!IsPartition(static_cast<int>(i))) written.push_back(request_.schema[i]);
      }
      return fmt::format(
          "FORMAT parquet, CODEC {}, KV_METADATA {{'org.apache.spark.version': {}, "
          "'org.apache.spark.sql.parquet.row.metadata': {}}}",
          SqlString(codec_.duckdb), SqlString(kSparkVersion), SqlString(SchemaJson(written)));
    }
    ASSIGN_OR_RETURN(const bool has_header, BooleanOption(request_.options, "header", false));
    // Each row is one finished line: DuckDB must neither quote nor replace anything in it.
    return fmt::format(
        "FORMAT csv, HEADER {}, QUOTE '', ESCAPE '', DELIMITER e'\\x01', NULLSTR e'\\x02', "
        "COMPRESSION {}",
        has_header && request_.format == "csv", codec_.duckdb);
  }

  std::string Extension() const {
    if (request_.format == "parquet") return codec_.extension + ".parquet";
    return (request_.format == "text" ? ".txt" : "." + request_.format) + codec_.extension;
  }

  // Spark's names: a dot before the count of the file where folders are partitions, else a dash.
  std::string FilePath(int64_t part, int64_t count, const std::string& folder) const {
    const std::string name = fmt::format("part-{:05}-{}{}c{:03}{}", part, uuid_,
                                         partitions_.empty() ? '-' : '.', count, Extension());
    return folder.empty() ? name : folder + "/" + name;
  }

  Status Copy(const std::string& query, const std::string& relative,
              const std::string& partition_clause) {
    ASSIGN_OR_RETURN(std::string copy_options, CopyOptions());
    ASSIGN_OR_RETURN(Connection connection, engine_.Connect());
    return CopyOn(connection, query, relative, copy_options + partition_clause);
  }

  Status CopyOn(Connection& connection, const std::string& query, const std::string& relative,
                const std::string& copy_options) {
    const std::string path = request_.directory + (relative.empty() ? "" : "/" + relative);
    ASSIGN_OR_RETURN(QueryResult done, connection.Query(fmt::format("COPY ({}) TO {} ({})", query,
                                                                    SqlString(path), copy_options),
                                                        options_));
    ASSIGN_OR_RETURN(duckdb_data_chunk chunk, done.Next());
    if (chunk != nullptr) {
      result_.rows +=
          static_cast<int64_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0)))[0];
      duckdb_destroy_data_chunk(&chunk);
    }
    if (!relative.empty()) result_.files.push_back(relative);
    return {};
  }

  // Which of the files a row goes to.
  Result<std::string> BucketSql() {
    const WriteLayout& layout = request_.layout;
    if (request_.max_records_per_file > 0) {
      return fmt::format("(row_number() OVER () - 1) // {}", request_.max_records_per_file);
    }
    if (!layout.hash_by.empty()) {
      std::string list;
      for (const auto& expression : layout.hash_by) {
        ASSIGN_OR_RETURN(std::string sql, writer_.WriteExpression(*expression));
        list += (list.empty() ? "" : ", ") + sql;
      }
      return fmt::format("(hash({}) % {})::BIGINT", list, layout.files);
    }
    if (!layout.range_by.empty()) {
      ASSIGN_OR_RETURN(std::string order, writer_.WriteOrder(layout.range_by));
      // Equal keys stay together, as Spark's range partitioning keeps them.
      return fmt::format("((rank() OVER (ORDER BY {}) - 1) * {} // count(*) OVER ())", order,
                         layout.files);
    }
    return fmt::format("(row_number() OVER () - 1) % {}", layout.files);
  }

  Result<std::string> KeyColumns(bool is_split, std::vector<std::string>& names) {
    std::string keys;
    for (size_t i = 0; i < partitions_.size(); ++i) {
      const int column = partitions_[i];
      ASSIGN_OR_RETURN(std::string text,
                       EmitCast(ColumnName(plan_.columns[column].id), request_.schema[column].type,
                                StringType(), CastMode::kAnsi, request_.zone));
      names.push_back(fmt::format("\"__p{}\"", i));
      keys += fmt::format(", coalesce(nullif({}, ''), {}) AS {}", text, SqlString(kNullPartition),
                          names.back());
    }
    if (is_split) {
      ASSIGN_OR_RETURN(std::string bucket, BucketSql());
      names.push_back(fmt::format("\"{}\"", kBucketColumn));
      keys += fmt::format(", {} AS {}", bucket, names.back());
    }
    return keys;
  }

  Status RunSplit(const std::string& query, const std::string& outputs, bool is_split) {
    std::vector<std::string> names;
    ASSIGN_OR_RETURN(std::string keys, KeyColumns(is_split, names));
    const std::string rows =
        NotEmpty(fmt::format("SELECT {}{} FROM ({}) AS t", outputs, keys, query));
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    if (request_.layout.is_sorted) return CopyInOrder(rows, names, list);
    // The names outlive this job.
    Announce([names = *this](const std::string& relative) { return names.SparkName(relative); });
    RETURN_IF_ERROR(
        Copy(rows, "", fmt::format(", PARTITION_BY ({}), OVERWRITE_OR_IGNORE true", list)));
    return RenameParts();
  }

  // DuckDB's threads mix the rows of a partition, so where order counts each file is copied by
  // itself.
  Status CopyInOrder(const std::string& rows, const std::vector<std::string>& names,
                     const std::string& list) {
    ASSIGN_OR_RETURN(Connection connection, engine_.Connect());
    RETURN_IF_ERROR(
        connection.Query(fmt::format("CREATE TEMP TABLE \"ordered\" AS {}", rows), options_));
    ASSIGN_OR_RETURN(
        auto groups,
        connection.Rows(fmt::format("SELECT DISTINCT {} FROM \"ordered\" ORDER BY ALL", list),
                        options_));
    ASSIGN_OR_RETURN(std::string copy_options, CopyOptions());
    Announce([](const std::string& relative) { return std::optional(relative); });
    for (const auto& group : groups) {
      std::string condition;
      std::string folder;
      int64_t part = 0;
      for (size_t i = 0; i < names.size(); ++i) {
        const std::string& value = *group[i];
        condition += fmt::format("{}CAST({} AS VARCHAR) = {}", i > 0 ? " AND " : "", names[i],
                                 SqlString(value));
        if (i < partitions_.size()) {
          folder += (folder.empty() ? "" : "/") + Folder(i, value);
        } else {
          part = std::stoll(value);
        }
      }
      std::error_code error;
      fs::create_directories(request_.directory + "/" + folder, error);
      const bool by_count = request_.max_records_per_file > 0;
      RETURN_IF_ERROR(
          CopyOn(connection,
                 fmt::format("SELECT * EXCLUDE ({}) FROM \"ordered\" WHERE {}", list, condition),
                 FilePath(by_count ? 0 : part, by_count ? part : 0, folder), copy_options));
    }
    return {};
  }

  std::string Folder(size_t partition, const std::string& value) const {
    // The folder has the name as partitionBy spells it.
    return EscapePathName(request_.partition_by[partition]) + "=" +
           (value == kNullPartition ? value : EscapePathName(value));
  }

  // What a file of DuckDB's, "__p0=…/__file=…/data_0.parquet", is called in Spark's layout; nothing
  // for a name of another form.
  std::optional<std::string> SparkName(const fs::path& relative) const {
    std::string folder;
    int64_t part = 0;
    size_t index = 0;
    for (const fs::path& component : relative.parent_path()) {
      const std::string text = component;
      const std::string value = UnescapePathName(text.substr(text.find('=') + 1));
      if (index < partitions_.size()) {
        folder += (folder.empty() ? "" : "/") + Folder(index, value);
      } else {
        part = std::stoll(value);
      }
      ++index;
    }
    // DuckDB counts the files of a folder: it begins another when too many are open.
    constexpr std::string_view kBefore = "data_";
    const std::string name = relative.filename();
    if (!name.starts_with(kBefore)) return std::nullopt;
    const int64_t count = std::atoll(name.c_str() + kBefore.size());
    const bool by_count = request_.max_records_per_file > 0;
    return FilePath(by_count ? count : part, by_count ? part : count, folder);
  }

  Status RenameParts() {
    std::vector<fs::path> written;
    for (const auto& entry : fs::recursive_directory_iterator(request_.directory)) {
      if (entry.is_regular_file()) written.push_back(entry.path());
    }
    std::sort(written.begin(), written.end());
    std::set<fs::path> old_folders;
    for (const fs::path& path : written) {
      const fs::path relative = fs::relative(path, request_.directory);
      const std::optional<std::string> to = SparkName(relative);
      if (!to) return InternalError("DuckDB wrote a file of another name: " + path.string());
      old_folders.insert(*relative.begin());
      std::error_code error;
      fs::create_directories(fs::path(request_.directory + "/" + *to).parent_path(), error);
      fs::rename(path, request_.directory + "/" + *to, error);
      if (error)
        return InvalidInput(
            fmt::format("cannot rename \"{}\": {}", path.string(), error.message()));
      result_.files.push_back(*to);
    }
    for (const fs::path& folder : old_folders) {
      std::error_code error;
      fs::remove_all(fs::path(request_.directory) / folder, error);
    }
    return {};
  }

  const FileWriteRequest& request_;
  const ResolvedRelation& plan_;
  SqlWriter& writer_;
  Engine& engine_;
  const ExecuteOptions& options_;
  const std::string uuid_;
  Codec codec_;
  std::vector<int> partitions_;
  std::string single_csv_column_;  // quoted; empty when lines cannot be empty
  WriteResult result_;
};

}  // namespace

Status CheckWrite(const FileWriteRequest& request) {
  std::set<std::string> names;
  for (const StructField& field : request.schema) {
    const std::string name = LowerCase(field.name);
    if (!names.insert(name).second) {
      return MakeError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteIdentifier(name)}});
    }
  }
  std::set<std::string> partitions;
  for (const std::string& name : request.partition_by) {
    if (FindField(request.schema, name) < 0) {
      return MakeError(
          "_LEGACY_ERROR_TEMP_1155",
          {{"col", name}, {"schemaCatalog", SimpleString(StructType(request.schema))}});
    }
    if (!partitions.insert(LowerCase(name)).second) {
      return MakeError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteIdentifier(LowerCase(name))}});
    }
  }
  if (!partitions.empty() && partitions.size() == request.schema.size()) {
    return MakeError("ALL_PARTITION_COLUMNS_NOT_ALLOWED");
  }
  if (request.schema.empty()) {
    return MakeError("EMPTY_SCHEMA_NOT_SUPPORTED_FOR_DATASOURCE",
                     {{"format", SparkFormatName(request.format)}});
  }
  for (const StructField& field : request.schema) {
    if (partitions.contains(LowerCase(field.name))) continue;
    if (!CanHold(request.format, field.type)) {
      return MakeError("UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                       {{"format", SparkFormatName(request.format)},
                        {"columnName", QuoteIdentifier(field.name)},
                        {"columnType", "\"" + SqlText(field.type) + "\""}});
    }
  }
  if (request.format != "parquet") {
    const std::string line_end = TextOption(request.options, "linesep", "\n");
    if (line_end != "\n") return Unsupported("the option lineSep when writing " + request.format);
    const std::string charset = LowerCase(
        TextOption(request.options, "encoding", TextOption(request.options, "charset", "utf-8")));
    if (charset != "utf-8" && charset != "utf8")
      return Unsupported("the encoding " + charset + " when writing " + request.format);
  }
  if (request.format == "text" && request.schema.size() != partitions.size() + 1) {
    return Unsupported("text files of more than one column");
  }
  return {};
}

Result<WriteResult> WritePlan(const FileWriteRequest& request, const ResolvedRelation& plan,
                              SqlWriter& writer, Engine& engine, const ExecuteOptions& options) {
  return Job(request, plan, writer, engine, options).Run();
}

}  // namespace ember
