#include "duckdb/file_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "duckdb/file_formats.h"
#include "duckdb/outer_catalog.h"
#include "duckdb/partition_values.h"
#include "duckdb/sql_writer.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxCachedSchemas = 10000;

struct Listing {
  std::vector<FileInfo> files;
  std::vector<std::string> bases;  // base folder of each file
};

std::string SparkFormatName(const std::string& format) {
  if (format == "parquet") return "Parquet";
  if (format == "csv") return "CSV";
  if (format == "json") return "JSON";
  return "Text";
}

Result<Listing> ListFiles(const ReadFiles& read, Store& store) {
  ASSIGN_OR_RETURN(const bool is_recursive,
                   BooleanOption(read.options, "recursivefilelookup", false));
  const std::string name_filter = TextOption(read.options, "pathglobfilter", "");
  const auto base_option = read.options.find("basepath");
  Listing listing;
  std::vector<std::string> paths = read.paths;
  if (paths.empty() && read.options.contains("path")) paths.push_back(read.options.at("path"));
  for (const std::string& path : paths) {
    const bool is_remote = path.find("://") != std::string::npos && !path.starts_with("file:");
    std::string local = is_remote ? path : LocalPath(path);
    while (local.ends_with('/') && local.size() > 1) local.pop_back();
    Result<std::vector<FileInfo>> listed = store.List(path);
    // A table of a catalog without a file has no rows.
    const bool is_of_catalog = read.options.contains(kListedPartitions);
    if (!listed.ok() && is_of_catalog && listed.error().condition == "PATH_NOT_FOUND") continue;
    ASSIGN_OR_RETURN(std::vector<FileInfo> files, std::move(listed));
    for (FileInfo& file : files) {
      std::string base = local;
      if (base_option != read.options.end()) {
        base = is_remote ? base_option->second : LocalPath(base_option->second);
      } else if (HasGlob(local) && !file.path.starts_with(local + "/")) {
        // The part of the file's path that the glob matched: as many components as the pattern has.
        const auto depth = std::count(local.begin(), local.end(), '/');
        size_t end = 0;
        for (long i = 0; i <= depth && end != std::string::npos; ++i)
          end = file.path.find('/', end + (i > 0));
        base = end == std::string::npos ? file.path : file.path.substr(0, end);
      }
      if (base == file.path) base = fs::path(file.path).parent_path();
      if (!name_filter.empty() &&
          !MatchesGlob(name_filter, fs::path(file.path).filename().string()))
        continue;
      // Files in sub-folders count only when the folders are partitions, or when asked for.
      const std::string folder = fs::path(file.path).parent_path();
      if (!is_recursive && folder != base) {
        const auto partition = PartitionOf(file.path, base);
        const auto depth = std::count(folder.begin() + base.size(), folder.end(), '/');
        if (static_cast<long>(partition.size()) != depth) continue;
      }
      listing.files.push_back(std::move(file));
      listing.bases.push_back(is_recursive ? folder : base);
    }
  }
  return listing;
}

// Files of folders that the catalog does not list are no part of the table.
void KeepListedPartitions(const Options& options, Listing& listing) {
  const auto found = options.find(kListedPartitions);
  if (found == options.end() || found->second == "*") return;
  std::set<std::string, std::less<>> folders;
  for (size_t start = 0; start < found->second.size();) {
    const size_t end = std::min(found->second.find('\n', start), found->second.size());
    folders.insert(found->second.substr(start, end - start));
    start = end + 1;
  }
  Listing kept;
  for (size_t i = 0; i < listing.files.size(); ++i) {
    std::string_view folder = listing.files[i].path;
    folder.remove_prefix(std::min(listing.bases[i].size() + 1, folder.size()));
    folder = folder.substr(0, std::min(folder.rfind('/'), folder.size()));
    if (!folders.contains(folder)) continue;
    kept.files.push_back(std::move(listing.files[i]));
    kept.bases.push_back(std::move(listing.bases[i]));
  }
  listing = std::move(kept);
}

Result<Schema> DiscoverPartitions(const Listing& listing, const FileReadOptions& options) {
  Schema schema;
  for (size_t i = 0; i < listing.files.size(); ++i) {
    const auto partition = PartitionOf(listing.files[i].path, listing.bases[i]);
    if (i == 0) {
      for (const auto& [name, raw] : partition) {
        schema.push_back(
            {name, options.infer_partition_types ? NullType() : StringType(), true, ""});
      }
    }
    if (partition.size() != schema.size()) {
      return Unsupported("folders of different partition columns below one path: " +
                         listing.files[i].path);
    }
    for (size_t k = 0; k < partition.size(); ++k) {
      if (partition[k].first != schema[k].name) {
        return Unsupported("folders of different partition columns below one path: " +
                           listing.files[i].path);
      }
      if (!options.infer_partition_types) continue;
      schema[k].type = WidenPartitionTypes(schema[k].type, InferPartitionType(partition[k].second));
    }
  }
  for (StructField& field : schema) {
    if (field.type.Is(TypeKind::kNull)) field.type = StringType();
  }
  return schema;
}

std::string CacheKey(const FileSource& source) {
  std::string key = source.format;
  const size_t count =
      source.format == "parquet" && !source.read.merge_schema ? 1 : source.files.size();
  for (size_t i = 0; i < count; ++i) {
    const FileInfo& file = source.files[i];
    key += fmt::format("\n{} {} {} {}", file.path, file.modified_us, file.size, file.etag);
  }
  if (source.format != "parquet") {
    for (const auto& [name, value] : source.options) key += fmt::format("\n{}={}", name, value);
    key += source.read.zone;
  }
  return key;
}

Status InferFileSchema(FileSource& source, Store& store, Engine& engine, SchemaCache& cache) {
  if (source.format == "text") {
    source.file_schema = {{"value", StringType(), true, ""}};
    return {};
  }
  if (source.files.empty()) {
    return MakeError("UNABLE_TO_INFER_SCHEMA", {{"format", SparkFormatName(source.format)}});
  }
  const std::string key = CacheKey(source);
  if (auto known = cache.Find(key)) {
    source.file_schema = std::move(known->schema);
    source.stored_types = std::move(known->stored_types);
    return {};
  }
  SchemaCache::Entry entry;
  if (source.format == "parquet") {
    ASSIGN_OR_RETURN(entry, DescribeParquet(source, engine));
  } else if (source.format == "csv") {
    ASSIGN_OR_RETURN(entry.schema, DescribeCsv(source, store, engine));
  } else {
    ASSIGN_OR_RETURN(entry.schema, DescribeJson(source, engine));
  }
  cache.Put(key, entry);
  source.file_schema = std::move(entry.schema);
  source.stored_types = std::move(entry.stored_types);
  return {};
}

// A user's schema names and types all columns; those that folders give are theirs.
void ApplyUserSchema(FileSource& source, const Schema& user) {
  for (const StructField& field : user) {
    const int folder = FindField(source.partition_schema, field.name);
    if (folder >= 0) {
      source.partition_schema[folder].type = field.type;
      source.partition_schema[folder].name = field.name;
    } else {
      source.file_schema.push_back(field);
    }
  }
}

}  // namespace

Error FormatError(const std::string& format) {
  const std::string name = LowerCase(format);
  for (const char* known :
       {"orc", "avro", "jdbc", "xml", "binaryfile", "delta", "kafka", "libsvm"}) {
    if (name == known) return Unsupported("data source format \"" + format + "\"");
  }
  return MakeError("DATA_SOURCE_NOT_FOUND", {{"provider", format}});
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

int FindField(const Schema& fields, std::string_view name) {
  const std::string lower = LowerCase(name);
  for (size_t i = 0; i < fields.size(); ++i) {
    if (LowerCase(fields[i].name) == lower) return static_cast<int>(i);
  }
  return -1;
}

std::optional<SchemaCache::Entry> SchemaCache::Find(const std::string& key) {
  std::lock_guard lock(mutex_);
  const auto found = entries_.find(key);
  return found == entries_.end() ? std::nullopt : std::optional<Entry>(found->second);
}

void SchemaCache::Put(const std::string& key, Entry entry) {
  std::lock_guard lock(mutex_);
  if (entries_.size() >= kMaxCachedSchemas) entries_.clear();
  entries_[key] = std::move(entry);
}

Result<bool> BooleanOption(const Options& options, const std::string& key, bool default_value) {
  const auto found = options.find(key);
  if (found == options.end()) return default_value;
  const std::string text = LowerCase(found->second);
  if (text == "true") return true;
  if (text == "false") return false;
  // CSVOptions.getBool names the option; elsewhere it is Scala's toBoolean.
  constexpr std::string_view kNamed[] = {
      "header",     "inferSchema", "ignoreLeadingWhiteSpace", "ignoreTrailingWhiteSpace",
      "preferDate", "quoteAll"};
  for (const std::string_view name : kNamed) {
    if (LowerCase(std::string(name)) != key) continue;
    return MakeError("_LEGACY_ERROR_TEMP_2147", {{"paramName", std::string(name)}});
  }
  return MakeError("java.lang.IllegalArgumentException",
                   {{"message", fmt::format("For input string: \"{}\"", found->second)}});
}

std::string TextOption(const Options& options, const std::string& key, std::string default_value) {
  const auto found = options.find(key);
  return found == options.end() ? std::move(default_value) : found->second;
}

Status CheckDistinctNames(const Schema& fields) {
  std::set<std::string> names;
  for (const StructField& field : fields) {
    const std::string name = LowerCase(field.name);
    if (!names.insert(name).second) {
      return MakeError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteIdentifier(name)}});
    }
  }
  return {};
}

std::string FileNameOutput(const FileSource& source) {
  if (!source.gives_file_names) return "";
  const bool is_remote =
      !source.files.empty() && source.files[0].path.find("://") != std::string::npos;
  return fmt::format(", {} || filename AS {}", is_remote ? "''" : "'file://'", kFileNameColumn);
}

std::string FileListSql(const std::vector<FileInfo>& files) {
  std::string list = "[";
  for (const FileInfo& file : files) {
    if (list.size() > 1) list += ", ";
    // DuckDB would take a name with these for a pattern of its own.
    std::string path;
    for (const char c : file.path) {
      if (c == '*' || c == '?' || c == '[') {
        path += fmt::format("[{}]", c);
      } else {
        path += c;
      }
    }
    list += SqlString(path);
  }
  return list + "]";
}

Result<std::string> PartitionColumnSql(const FileSource& source, const StructField& field) {
  return EmitCast(SqlIdentifier(field.name), StringType(), field.type, CastMode::kLegacy,
                  source.read.zone);
}

Result<SourceSchema> DescribeFileSource(const ReadFiles& read, const FileReadOptions& options,
                                        Store& store, Engine& engine, SchemaCache& cache) {
  auto source = std::make_shared<FileSource>();
  source->format = LowerCase(read.format);
  if (source->format != "parquet" && source->format != "csv" && source->format != "json" &&
      source->format != "text") {
    return FormatError(read.format);
  }
  source->options = read.options;
  source->read = options;
  ASSIGN_OR_RETURN(source->read.merge_schema,
                   BooleanOption(read.options, "mergeschema", options.merge_schema));
  ASSIGN_OR_RETURN(Listing listing, ListFiles(read, store));
  KeepListedPartitions(read.options, listing);
  ASSIGN_OR_RETURN(source->partition_schema, DiscoverPartitions(listing, options));
  source->files = std::move(listing.files);
  if (read.schema.has_value()) {
    source->has_user_schema = true;
    ApplyUserSchema(*source, *read.schema);
  } else {
    RETURN_IF_ERROR(InferFileSchema(*source, store, engine, cache));
    // A column that is in files and folders has the folder's value and stands where the file has
    // it.
    std::erase_if(source->file_schema, [&](const StructField& f) {
      return FindField(source->partition_schema, f.name) >= 0;
    });
  }
  SourceSchema described;
  for (const Schema* part : {&source->file_schema, &source->partition_schema}) {
    for (const StructField& field : *part) {
      described.schema.push_back({field.name, AsNullable(field.type), true, field.metadata});
    }
  }
  std::string paths;
  for (const std::string& path : read.paths)
    paths += (paths.empty() ? "" : ", ") + DisplayPath(path);
  described.description = fmt::format("{} [{}]", source->format, paths);
  described.handle = std::move(source);
  return described;
}

Result<std::string> FileScanSql(const FileSource& source,
                                const std::vector<ResolvedColumn>& columns,
                                const std::set<int64_t>& needed, Engine& engine, Store& store) {
  if (source.files.empty()) {
    std::string list;
    for (const ResolvedColumn& column : columns) {
      ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(column.type));
      list += fmt::format("{}CAST(NULL AS {}) AS {}", list.empty() ? "" : ", ", type,
                          ColumnName(column.id));
    }
    if (source.gives_file_names)
      list += fmt::format("{}'' AS {}", list.empty() ? "" : ", ", kFileNameColumn);
    return fmt::format("SELECT {} WHERE false", list.empty() ? "1 AS \"nothing\"" : list);
  }
  if (const auto is_empty = [](const FileInfo& file) { return file.size == 0; };
      source.format == "parquet" &&
      std::any_of(source.files.begin(), source.files.end(), is_empty)) {
    // Not even a footer: Spark's FilePartition passes over them.
    FileSource rest = source;
    std::erase_if(rest.files, is_empty);
    return FileScanSql(rest, columns, needed, engine, store);
  }
  if (source.format == "parquet") return ParquetScanSql(source, columns, engine);
  if (source.format == "csv") return CsvScanSql(source, columns, needed, store);
  if (source.format == "json") return JsonScanSql(source, columns, needed);
  return TextScanSql(source, columns, store);
}

}  // namespace ember
