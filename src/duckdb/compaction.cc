#include "duckdb/compaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "duckdb/compaction_plan.h"
#include "duckdb/file_source.h"
#include "duckdb/file_writer.h"
#include "duckdb/session_store.h"
#include "functions/error_token.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

// What a plan over one scan asks for; nothing else is ever asked.
class ScanOnly final : public TableProvider {
 public:
  ScanOnly(Engine& engine, Store& store) : engine_(engine), store_(store) {}
  Result<std::string> ScanSql(const ResolvedScan& scan, const std::vector<ResolvedColumn>& columns,
                              const std::set<int64_t>& needed, FileNames) override {
    return FileScanSql(dynamic_cast<const FileSource&>(*scan.source), columns, needed, engine_,
                       store_);
  }
  bool IsOnePartition(const ResolvedScan&) override { return false; }
  Result<std::string> LocalTable(const ResolvedLocal&,
                                 const std::vector<ResolvedColumn>&) override {
    return InternalError("compaction reads files only");
  }
  Result<std::string> CachedTable(const ResolvedCached&) override {
    return InternalError("compaction reads files only");
  }

 private:
  Engine& engine_;
  Store& store_;
};

// What Parquet files say of themselves, each in one query over all of them.
struct Footers {
  std::string schema_json;  // Spark's; empty when none has it
  std::string codec;        // of the first file with rows, lower case
  int64_t rows = 0;
};

using TextRows = std::vector<std::vector<std::optional<std::string>>>;

Error MixedSchemas(const FolderFiles& folder, const std::string& one, const std::string& other) {
  return InvalidInput(fmt::format(
      "the files of '{}' differ in their columns: '{}' and '{}'. Write the folder anew with one "
      "schema, for instance by spark.read.option(\"mergeSchema\", \"true\").parquet(…) to another "
      "folder",
      folder.path, one, other));
}

// The same JSON but for nullability, which Spark drops when it reads.
std::string WithoutNullability(const std::string& schema_json) {
  Result<DataType> type = ParseTypeJson(schema_json);
  return type.ok() ? SchemaJson(AsNullable(*type).fields()) : schema_json;
}

// The file whose text differs from the first one's; none when all are equal.
const std::string* FindOther(const TextRows& rows) {
  for (const auto& row : rows) {
    if (row[1] != rows.front()[1] && row[0].has_value()) return &*row[0];
  }
  return nullptr;
}

Result<Footers> ReadFooters(const FolderFiles& folder, Engine& engine) {
  Footers footers;
  ASSIGN_OR_RETURN(Connection connection, engine.Connect());
  const std::string list = FileListSql(folder.files);
  ASSIGN_OR_RETURN(
      TextRows schemas,
      connection.Rows(fmt::format("SELECT file_name, decode(value) FROM parquet_kv_metadata({}) "
                                  "WHERE decode(key) = "
                                  "'org.apache.spark.sql.parquet.row.metadata' ORDER BY 1",
                                  list)));
  if (schemas.size() == folder.files.size()) {
    footers.schema_json = schemas.front()[1].value_or("");
    for (auto& row : schemas) row[1] = WithoutNullability(row[1].value_or(""));
  } else {
    ASSIGN_OR_RETURN(
        schemas,
        connection.Rows(fmt::format(
            "SELECT file_name, string_agg(concat_ws(' ', name, type, num_children, "
            "converted_type, scale, precision, logical_type), ',' ORDER BY position) FROM "
            "(SELECT *, row_number() OVER () AS position FROM parquet_schema({})) GROUP BY "
            "1 ORDER BY 1",
            list)));
  }
  if (const std::string* other = FindOther(schemas))
    return MixedSchemas(folder, schemas.front()[0].value_or(""), *other);
  ASSIGN_OR_RETURN(
      TextRows rows,
      connection.Rows(fmt::format("SELECT sum(num_rows) FROM parquet_file_metadata({})", list)));
  footers.rows = std::atoll(rows[0][0].value_or("0").c_str());
  ASSIGN_OR_RETURN(
      TextRows codecs,
      connection.Rows(fmt::format("SELECT compression FROM parquet_metadata({}) LIMIT 1", list)));
  footers.codec = codecs.empty() ? "snappy" : LowerCase(codecs[0][0].value_or("snappy"));
  return footers;
}

bool AreSame(const std::vector<FileInfo>& a, const std::vector<FileInfo>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const FileInfo& one, const FileInfo& other) {
                      return one.path == other.path && one.size == other.size &&
                             one.modified_us == other.modified_us && one.etag == other.etag;
                    });
}

class Compactor {
 public:
  Compactor(const CompactionRequest& request, Engine& engine, Store& store,
            const std::stop_token& stop)
      : request_(request), engine_(engine), store_(store), stop_(stop) {}

  Result<CompactedFolder> Rewrite(const FolderFiles& folder) {
    CompactedFolder done{.path = folder.path,
                         .files_before = static_cast<int64_t>(folder.files.size()),
                         .bytes_before = folder.bytes()};
    ASSIGN_OR_RETURN(std::unique_ptr<StagedWrite> staged,
                     store_.BeginWrite(folder.path, CommitKind::kReplaceAll));
    if (folder.format == "parquet") {
      ASSIGN_OR_RETURN(done.rows, WriteParquet(folder, staged->staging_directory()));
    } else {
      RETURN_IF_ERROR(JoinTexts(folder, staged->staging_directory()));
    }
    done.bytes_after = 0;
    for (const auto& entry : fs::directory_iterator(staged->staging_directory())) {
      ++done.files_after;
      done.bytes_after += static_cast<int64_t>(entry.file_size());
    }
    ASSIGN_OR_RETURN(const bool has_mark, store_.Exists(folder.path + "/_SUCCESS"));
    if (has_mark) std::ofstream(staged->staging_directory() + "/_SUCCESS").flush();
    if (stop_.stop_requested()) return MakeError("OPERATION_CANCELED");
    ASSIGN_OR_RETURN(const std::vector<FileInfo> files_now, store_.List(folder.path));
    if (!AreSame(files_now, folder.files)) {
      return InvalidInput(fmt::format(
          "somebody wrote into '{}' while it was compacted: it is left as it is; try again when "
          "nobody writes",
          folder.path));
    }
    RETURN_IF_ERROR(staged->Commit());
    return done;
  }

  /// What would stop the rewriting of a folder.
  Status Check(const FolderFiles& folder) {
    if (folder.format != "parquet") return CheckTexts(folder);
    RETURN_IF_ERROR(ReadFooters(folder, engine_));
    return {};
  }

 private:
  // How many rows there are.
  Result<int64_t> WriteParquet(const FolderFiles& folder, const std::string& directory) {
    ASSIGN_OR_RETURN(const Footers footers, ReadFooters(folder, engine_));
    const ReadFiles read{.format = "parquet", .paths = {folder.path}, .options = {}, .schema = {}};
    SchemaCache cache;
    ASSIGN_OR_RETURN(SourceSchema source,
                     DescribeFileSource(read, FileReadOptions{}, store_, engine_, cache));
    FileWriteRequest write;
    write.format = "parquet";
    write.schema = dynamic_cast<const FileSource&>(*source.handle).file_schema;
    if (write.schema.empty())
      return Unsupported(
          fmt::format("compaction of '{}', whose files have no column", folder.path));
    write.zone = "UTC";
    write.directory = directory;
    write.default_codec = footers.codec;
    const bool is_one = folder.FilesOf(request_.target_bytes) == 1;
    write.target_file_bytes = is_one ? 0 : request_.target_bytes;
    ResolvedRelation plan;
    plan.node = ResolvedScan{.source = source.handle, .description = source.description};
    for (const StructField& field : source.schema) {
      plan.columns.push_back({.id = static_cast<int64_t>(plan.columns.size()),
                              .name = field.name,
                              .type = field.type,
                              .nullable = true,
                              .metadata = field.metadata,
                              .qualifier = {}});
    }
    RETURN_IF_ERROR(CheckWrite(write));
    ScanOnly tables(engine_, store_);
    SqlWriter writer(tables, {});
    ExecuteOptions options;
    options.stop = stop_;
    ASSIGN_OR_RETURN(const WriteResult written, WritePlan(write, plan, writer, engine_, options));
    if (written.rows == footers.rows) return written.rows;
    return InternalError(fmt::format("'{}' has {} rows, and {} were written: it is left as it is",
                                     folder.path, footers.rows, written.rows));
  }

  // Lines are lines: whole files go one after the other into larger ones. A CSV's header is said
  // once. Nothing is parsed that could change.
  Status JoinTexts(const FolderFiles& folder, const std::string& directory) {
    RETURN_IF_ERROR(CheckTexts(folder));
    const int64_t files = folder.FilesOf(request_.target_bytes);
    const int64_t share = (folder.bytes() + files - 1) / files;
    std::ofstream out;
    int64_t count = 0;
    int64_t bytes = 0;
    for (const FileInfo& file : folder.files) {
      if (stop_.stop_requested()) return MakeError("OPERATION_CANCELED");
      ASSIGN_OR_RETURN(std::string text, store_.ReadAll(file.path, file.size + 1));
      const bool begins = !out.is_open();
      if (begins) {
        const fs::path name = fs::path(file.path).filename();
        out.open(fmt::format("{}/part-{:05}-{}", directory, count++, PlainName(name)),
                 std::ios::binary);
      }
      std::string_view lines = text;
      if (!begins && request_.has_header.value_or(false))
        lines.remove_prefix(std::min(HeaderOf(text).size() + 1, lines.size()));
      out << lines;
      if (!lines.empty() && !lines.ends_with('\n')) out << '\n';
      bytes += static_cast<int64_t>(lines.size());
      if (bytes < share) continue;
      out.close();
      bytes = 0;
    }
    if (out.is_open()) out.close();
    if (out.fail()) return InvalidInput(fmt::format("cannot write into '{}'", directory));
    return {};
  }

  // The name of a part file without its number.
  static std::string PlainName(const std::string& name) {
    constexpr std::string_view kPart = "part-00000-";
    return name.starts_with("part-") && name.size() > kPart.size() ? name.substr(kPart.size())
                                                                   : name;
  }

  static std::string HeaderOf(const std::string& text) { return text.substr(0, text.find('\n')); }

  Status CheckTexts(const FolderFiles& folder) {
    if (folder.format == "csv" && !request_.has_header.has_value()) {
      return InvalidInput(fmt::format(
          "'{}' holds CSV files: say whether each begins with a header, by --header true or "
          "--header false",
          folder.path));
    }
    constexpr int64_t kFirstLine = 1 << 20;
    std::optional<std::string> header;
    for (const FileInfo& file : folder.files) {
      if (file.size == 0) continue;
      ASSIGN_OR_RETURN(const std::string text, store_.ReadAll(file.path, kFirstLine));
      const std::string first = HeaderOf(text);
      if (folder.format == "json" && !nlohmann::json::accept(first)) {
        return InvalidInput(fmt::format(
            "'{}' is not one JSON object a line: such files are not joined", file.path));
      }
      if (folder.format != "csv" || !*request_.has_header) continue;
      if (header && *header != first) return MixedSchemas(folder, folder.files[0].path, file.path);
      header = first;
    }
    return {};
  }

  const CompactionRequest& request_;
  Engine& engine_;
  Store& store_;
  const std::stop_token& stop_;
};

}  // namespace

Result<CompactionReport> CompactFolders(const CompactionRequest& request,
                                        const LocalEngineOptions& options, Store& local,
                                        const CompactionObserver& observer,
                                        const std::stop_token& stop) {
  if (request.target_bytes <= 0) return InvalidInput("a target size is more than nothing");
  const auto engine = std::make_shared<Engine>(EngineOptions{
      .threads = options.threads,
      .memory_limit = options.memory_limit,
      .temp_directory = options.temp_directory,
  });
  RemoteReaders readers(engine, options.remote);
  SessionStore store(local, options.remote, readers, [&] { return options.config; });
  ASSIGN_OR_RETURN(const CompactionPlan plan, PlanCompaction(request, store));
  CompactionReport report;
  report.folders_left = plan.folders_left;
  report.files_left = plan.files_left;
  Compactor compactor(request, *engine, store, stop);
  // What is wrong anywhere is said before anything changes.
  for (const FolderFiles& folder : plan.folders) RETURN_IF_ERROR(compactor.Check(folder));
  for (size_t i = 0; i < plan.folders.size(); ++i) {
    const FolderFiles& folder = plan.folders[i];
    CompactedFolder planned{.path = folder.path,
                            .files_before = static_cast<int64_t>(folder.files.size()),
                            .files_after = folder.FilesOf(request.target_bytes),
                            .bytes_before = folder.bytes()};
    if (observer) observer(planned, i, plan.folders.size());
    if (!request.is_dry_run) {
      ASSIGN_OR_RETURN(planned, compactor.Rewrite(folder));
    }
    report.folders.push_back(std::move(planned));
  }
  return report;
}

}  // namespace ember
