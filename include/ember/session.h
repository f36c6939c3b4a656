#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ember/dataframe.h>
#include <ember/result.h>

namespace ember {

class SparkSession;

/// session.Read().Option("header", "true").Csv("prices.csv").
class DataFrameReader {
 public:
  DataFrameReader& Format(std::string_view format);
  /// `ddl` as in "ticker STRING, close DOUBLE".
  DataFrameReader& Schema(std::string_view ddl);
  DataFrameReader& Option(std::string_view key, std::string_view value);
  DataFrame Load(std::vector<std::string> paths) const;
  DataFrame Parquet(std::string_view path) const;
  DataFrame Csv(std::string_view path) const;
  DataFrame Json(std::string_view path) const;

 private:
  friend class SparkSession;
  explicit DataFrameReader(std::shared_ptr<Session> session);
  std::shared_ptr<Session> session_;
  std::string format_ = "parquet";
  std::optional<std::string> schema_ddl_;
  std::vector<std::pair<std::string, std::string>> options_;
};

/// How the engine in this process may use the machine. Zero and empty mean: DuckDB's defaults (all
/// cores, 80 % of the memory) and a folder of the system's temporary directory.
struct LocalOptions {
  int threads = 0;
  std::string memory_limit;    // "4GB", "512MB"
  std::string temp_directory;  // where queries larger than memory spill
  std::string warehouse_directory;
  std::string spark_version;  // whose defaults: "3.5" (ANSI mode off), "4.0"; empty: 4.0
};

/// What the address of a real Spark does not say.
struct RemoteOptions {
  std::string ca_file;  // PEM certificates to trust for TLS; empty: the system's
  /// Gives the token of a call where the address has none. Asked before every call, so that it may
  /// change; from any thread.
  std::function<Result<std::string>()> token;
  bool ansi = true;  // spark.sql.ansi.enabled of the new session, whatever the server's default
  std::string time_zone;  // spark.sql.session.timeZone; empty: this machine's, as with Local
};

/// The entry to Ember from C++. Thread-safe; cheap to copy; the engine ends with the last copy.
///
///     auto session = ember::SparkSession::Local();
///     if (!session.ok()) return Fail(session.error());
///     auto written = session->Read().Parquet("in").Write().Parquet("out");
class SparkSession {
 public:
  /// A session over DuckDB in this process. EMBER_INVALID_INPUT for an unknown version of Spark.
  static Result<SparkSession> Local(const LocalOptions& options = {});
  /// A new session at a Spark Connect server (Spark 3.5 or 4.x):
  /// "sc://host:15002/;use_ssl=true;token=…". Plans run there; paths are the server's. Errors:
  /// EMBER_INVALID_INPUT for a wrong address, EMBER_CONNECT.* when there is no server, it refuses,
  /// or it is of an unknown version.
  static Result<SparkSession> Remote(std::string_view address, const RemoteOptions& options = {});
  /// Over any engine (see session/session.h in the sources).
  explicit SparkSession(std::shared_ptr<Session> session);

  DataFrameReader Read() const;
  /// Runs a command now; a query when an action asks for it.
  Result<DataFrame> Sql(std::string_view text) const;
  /// A table or temporary view.
  DataFrame Table(std::string_view name) const;
  /// Column `id`, BIGINT: start, start + step, … below end.
  DataFrame Range(int64_t start, int64_t end, int64_t step = 1) const;
  Result<DataFrame> CreateDataFrame(const Schema& schema, const std::vector<Row>& rows) const;
  Result<std::string> GetConfig(std::string_view key) const;
  Status SetConfig(std::string_view key, std::string_view value) const;

  const std::shared_ptr<Session>& session() const { return session_; }

 private:
  std::shared_ptr<Session> session_;
};

}  // namespace ember
