#include "duckdb/file_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "duckdb/file_formats.h"
#include "duckdb/file_placement.h"
#include "duckdb/file_size.h"
#include "duckdb/partition_values.h"
#include "duckdb/write_format.h"
#include "functions/error_token.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

// What is tried until a file has the wanted size; each try knows the last one's.
constexpr int kSizeAttempts = 5;

int64_t ToNumber(const std::optional<std::string>& text) {
  return text.has_value() ? std::atoll(text->c_str()) : 0;
}

std::string Comma(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

class Job {
 public:
  Job(const FileWriteRequest& request, const ResolvedRelation& plan, SqlWriter& writer,
      Engine& engine, const ExecuteOptions& options, const WriteFormat& format,
      const FilePlacement& placement)
      : request_(request),
        plan_(plan),
        writer_(writer),
        engine_(engine),
        options_(options),
        format_(format),
        placement_(placement),
        sizer_(request.target_file_bytes, static_cast<int64_t>(request.schema.size())) {}

  Result<WriteResult> Run() {
    ASSIGN_OR_RETURN(std::string query, writer_.WriteRelation(plan_));
    const bool is_limited = request_.max_records_per_file > 0 || request_.target_file_bytes > 0;
    if (placement_.is_single() && !is_limited) {
      RETURN_IF_ERROR(CopyWhole(query));
    } else if (is_limited || request_.layout.is_sorted || !request_.bucket.sort_columns.empty() ||
               placement_.has_ranks()) {
      RETURN_IF_ERROR(CopyFileByFile(query));
    } else {
      RETURN_IF_ERROR(CopyPartitioned(query));
    }
    RETURN_IF_ERROR(AddFirstFile(query));
    for (const std::string& file : result_.files) {
      std::error_code error;
      result_.bytes += static_cast<int64_t>(fs::file_size(request_.directory + "/" + file, error));
    }
    std::sort(result_.files.begin(), result_.files.end());
    return std::move(result_);
  }

 private:
  void Announce(StagedWrite::TargetName name_of) {
    if (request_.staged != nullptr) request_.staged->SendWhileWritten(std::move(name_of));
  }

  Status CopyWhole(const std::string& query) {
    const std::string file = placement_.PathOf({}, 0);
    Announce([file](const std::string& relative) {
      return relative == file ? std::optional(file) : std::nullopt;
    });
    ASSIGN_OR_RETURN(Connection connection, engine_.Connect());
    const std::string rows = format_.WithoutEmptyLines(
        fmt::format("SELECT {} FROM ({}) AS t", format_.outputs(), query));
    RETURN_IF_ERROR(CopyTo(connection, rows, file));
    return {};
  }

  // The rows that were written.
  Result<int64_t> CopyTo(Connection& connection, const std::string& query,
                         const std::string& relative, const std::string& more_options = "") {
    const std::string path = request_.directory + (relative.empty() ? "" : "/" + relative);
    ASSIGN_OR_RETURN(QueryResult done,
                     connection.Query(fmt::format("COPY ({}) TO {} ({}{})", query, SqlString(path),
                                                  format_.copy_options(), more_options),
                                      options_));
    int64_t rows = 0;
    ASSIGN_OR_RETURN(duckdb_data_chunk chunk, done.Next());
    if (chunk != nullptr) {
      rows =
          static_cast<int64_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0)))[0];
      duckdb_destroy_data_chunk(&chunk);
    }
    result_.rows += rows;
    if (!relative.empty()) result_.files.push_back(relative);
    return rows;
  }

  // Spark's first task writes a file though it has no rows, where rows do not name folders.
  Status AddFirstFile(const std::string& query) {
    if (placement_.is_dynamic() || placement_.is_single()) return {};
    const std::string first = placement_.PathOf({"0"}, 0);
    if (std::find(result_.files.begin(), result_.files.end(), first) != result_.files.end())
      return {};
    ASSIGN_OR_RETURN(Connection connection, engine_.Connect());
    const std::string rows =
        fmt::format("SELECT {} FROM ({}) AS t LIMIT 0", format_.outputs(), query);
    RETURN_IF_ERROR(CopyTo(connection, rows, first));
    return {};
  }

  // Rows in no order: DuckDB tells the files apart, and then they get their names.
  Status CopyPartitioned(const std::string& query) {
    ASSIGN_OR_RETURN(Connection connection, engine_.Connect());
    const std::string rows = format_.WithoutEmptyLines(
        fmt::format("SELECT {}{} FROM ({}) AS t", format_.outputs(), placement_.keys(), query));
    // The names outlive this job.
    Announce([placement = placement_](const std::string& relative) {
      return FinalName(placement, relative);
    });
    RETURN_IF_ERROR(CopyTo(
        connection, rows, "",
        fmt::format(", PARTITION_BY ({}), OVERWRITE_OR_IGNORE true", Comma(placement_.names()))));
    return RenameParts();
  }

  // What a file of DuckDB's, "__p0=…/__task=…/data_0.parquet", is called in Spark's layout; nothing
  // for a name of another form.
  static std::optional<std::string> FinalName(const FilePlacement& placement,
                                              const fs::path& relative) {
    std::vector<std::string> values;
    for (const fs::path& component : relative.parent_path()) {
      const std::string text = component;
      values.push_back(UnescapePathName(text.substr(text.find('=') + 1)));
    }
    // DuckDB counts the files of a folder: it begins another when too many are open.
    constexpr std::string_view kBefore = "data_";
    const std::string name = relative.filename();
    if (!name.starts_with(kBefore) || values.size() != placement.names().size())
      return std::nullopt;
    return placement.PathOf(values, std::atoll(name.c_str() + kBefore.size()));
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
      const std::optional<std::string> to = FinalName(placement_, relative);
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

  // Where the order of rows or the size of files counts: DuckDB's threads mix the rows of a
  // partition, so all rows are put in the order of their files first, and each file is a run of
  // them.
  Status CopyFileByFile(const std::string& query) {
    if (FindField(request_.schema, "rowid") >= 0)
      return Unsupported("a column named rowid in files that are sorted or of a limited size");
    ASSIGN_OR_RETURN(Connection connection, engine_.Connect());
    RETURN_IF_ERROR(PlaceRows(connection, query));
    const std::vector<std::string>& names = placement_.names();
    const std::string list = Comma(names);
    ASSIGN_OR_RETURN(
        auto runs,
        connection.Rows(
            fmt::format("SELECT min(rowid), count(*){0}{1} FROM \"placed\"{2}{1} "
                        "ORDER BY 1",
                        names.empty() ? "" : ", ", list, names.empty() ? "" : " GROUP BY "),
            options_));
    // A file whose size is not known yet may be made again: it is sent when it is done.
    if (request_.target_file_bytes == 0)
      Announce([](const std::string& relative) { return std::optional(relative); });
    outputs_of_placed_ = names.empty() ? "*" : fmt::format("* EXCLUDE ({})", list);
    for (const auto& run : runs) {
      std::vector<std::string> values;
      for (size_t i = 0; i < names.size(); ++i) values.push_back(run[i + 2].value_or(""));
      RETURN_IF_ERROR(CopyRun(connection, ToNumber(run[0]), ToNumber(run[1]), values));
    }
    return {};
  }

  // "placed": outputs and keys of all rows; rows of one file stand together, in their order.
  Status PlaceRows(Connection& connection, const std::string& query) {
    std::vector<std::string> hidden = {"\"__row\""};
    std::vector<std::string> order = placement_.names();
    std::string sort_keys;
    for (const std::string& name : request_.bucket.sort_columns) {
      const std::string key = fmt::format("\"__s{}\"", hidden.size());
      const ResolvedColumn& column = plan_.columns[FindField(request_.schema, name)];
      sort_keys += fmt::format(", {} AS {}", ColumnName(column.id), key);
      hidden.push_back(key);
      order.push_back(key + " ASC NULLS FIRST");
    }
    order.emplace_back("\"__row\"");
    const std::string rows = format_.WithoutEmptyLines(
        fmt::format("SELECT {}{}{}, \"__row\" FROM (SELECT *, row_number() OVER () AS \"__row\" "
                    "FROM ({}) AS q) AS t",
                    format_.outputs(), placement_.keys(), sort_keys, query));
    std::string source = fmt::format("({}) AS r", rows);
    std::string task;
    if (placement_.has_ranks()) {
      RETURN_IF_ERROR(
          connection.Query(fmt::format("CREATE TEMP TABLE \"ranked\" AS {}", rows), options_));
      ASSIGN_OR_RETURN(const std::vector<int64_t> bounds, Bounds(connection));
      task = fmt::format(", {} AS {}", placement_.TaskSql(bounds), placement_.names().back());
      hidden.emplace_back(kRankColumn);
      source = "\"ranked\"";
    }
    RETURN_IF_ERROR(connection.Query(
        fmt::format("CREATE TEMP TABLE \"placed\" AS SELECT * EXCLUDE ({}){} FROM {} ORDER BY {}",
                    Comma(hidden), task, source, Comma(order)),
        options_));
    return {};
  }

  Result<std::vector<int64_t>> Bounds(Connection& connection) {
    ASSIGN_OR_RETURN(auto all,
                     connection.Rows("SELECT count(*), max(\"__rank\") FROM \"ranked\"", options_));
    const int64_t rows = ToNumber(all[0][0]);
    const int partitions = request_.layout.partitions;
    if (rows == 0) return std::vector<int64_t>();
    const double step =
        static_cast<double>(rows) / static_cast<double>(std::min<int64_t>(partitions, rows));
    ASSIGN_OR_RETURN(
        auto found,
        connection.Rows(
            fmt::format(
                "SELECT \"rank\", \"before\", \"before\" + \"count\" FROM (SELECT *, "
                "(sum(\"count\") "
                "OVER (ORDER BY \"rank\" ROWS UNBOUNDED PRECEDING) - \"count\")::BIGINT AS "
                "\"before\" FROM (SELECT \"__rank\" AS \"rank\", count(*) AS \"count\" FROM "
                "\"ranked\" GROUP BY 1)) WHERE floor((\"before\" + \"count\" + 1) / {0:.17g}) > "
                "floor((\"before\" - 1) / {0:.17g}) ORDER BY \"rank\"",
                step),
            options_));
    std::vector<RankedKey> keys;
    for (const auto& row : found)
      keys.push_back({ToNumber(row[0]), ToNumber(row[1]), ToNumber(row[2])});
    return RangeBounds(keys, rows, ToNumber(all[0][1]), partitions);
  }

  // The rows [first, first + rows) of "placed" as one file, or several that are not too large.
  Status CopyRun(Connection& connection, int64_t first, int64_t rows,
                 const std::vector<std::string>& values) {
    std::error_code error;
    const fs::path folder =
        fs::path(request_.directory + "/" + placement_.PathOf(values, 0)).parent_path();
    fs::create_directories(folder, error);
    for (int64_t count = 0; rows > 0 || (count == 0 && !placement_.is_dynamic()); ++count) {
      ASSIGN_OR_RETURN(const int64_t taken,
                       CopyPiece(connection, first, rows, placement_.PathOf(values, count)));
      first += taken;
      rows -= taken;
    }
    return {};
  }

  // Rows from `first` on as one file: how many that are.
  Result<int64_t> CopyPiece(Connection& connection, int64_t first, int64_t rows_left,
                            const std::string& path) {
    for (int attempt = 1;; ++attempt) {
      int64_t rows = rows_left;
      if (request_.target_file_bytes > 0 && rows > 0) rows = sizer_.RowsFor(rows_left);
      if (request_.max_records_per_file > 0) rows = std::min(rows, request_.max_records_per_file);
      ASSIGN_OR_RETURN(const int64_t written,
                       CopyTo(connection,
                              fmt::format("SELECT {} FROM \"placed\" WHERE rowid >= {} AND rowid < "
                                          "{}",
                                          outputs_of_placed_, first, first + rows),
                              path));
      if (request_.target_file_bytes == 0 || rows == 0) return rows;
      std::error_code error;
      const auto bytes =
          static_cast<int64_t>(fs::file_size(request_.directory + "/" + path, error));
      const bool is_full = rows == request_.max_records_per_file;
      if (sizer_.Accepts(rows, bytes, is_full ? rows : rows_left) || attempt == kSizeAttempts)
        return rows;
      fs::remove(request_.directory + "/" + path, error);
      result_.rows -= written;
      result_.files.pop_back();
    }
  }

  const FileWriteRequest& request_;
  const ResolvedRelation& plan_;
  SqlWriter& writer_;
  Engine& engine_;
  const ExecuteOptions& options_;
  const WriteFormat& format_;
  const FilePlacement& placement_;
  FileSizer sizer_;
  std::string outputs_of_placed_;
  WriteResult result_;
};

}  // namespace

Result<WriteResult> WritePlan(const FileWriteRequest& request, const ResolvedRelation& plan,
                              SqlWriter& writer, Engine& engine, const ExecuteOptions& options) {
  std::vector<int> written;
  for (size_t i = 0; i < request.schema.size(); ++i) {
    const auto is_it = [&](const std::string& name) {
      return FindField(request.schema, name) == static_cast<int>(i);
    };
    if (std::none_of(request.partition_by.begin(), request.partition_by.end(), is_it))
      written.push_back(static_cast<int>(i));
  }
  ASSIGN_OR_RETURN(const WriteFormat format, WriteFormat::Make(request, plan, written));
  ASSIGN_OR_RETURN(const FilePlacement placement,
                   FilePlacement::Make(request, plan, writer, format.extension()));
  return Job(request, plan, writer, engine, options, format, placement).Run();
}

}  // namespace ember
