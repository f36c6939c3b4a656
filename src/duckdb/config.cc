#include "duckdb/config.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "duckdb/spark_release.h"

namespace ember {
namespace {

using enum ConfigType;

// Spark's keys and defaults. An empty default of a zone means the machine's.
constexpr auto kRows = std::to_array<ConfigRow>({
    {"spark.app.id", "local-ember", kText, true},
    {"spark.app.name", "Ember", kText},
    {"spark.connect.grpc.arrow.maxBatchSize", "4194304", kText, true},
    {"spark.connect.session.planCompression.defaultAlgorithm", "NONE", kText},
    {"spark.connect.session.planCompression.threshold", "10485760", kInteger},
    {"spark.default.parallelism", "2", kText, true},
    {"spark.driver.host", "localhost", kText, true},
    {"spark.executor.id", "driver", kText, true},
    {"spark.master", "local[*]", kText, true},
    {"spark.plugins", "", kText, true},
    {"spark.serializer", "org.apache.spark.serializer.JavaSerializer", kText, true},
    {"spark.sql.adaptive.autoBroadcastJoinThreshold", "10485760", kText},
    {"spark.sql.adaptive.coalescePartitions.enabled", "true", kBoolean},
    {"spark.sql.adaptive.enabled", "true", kBoolean},
    {"spark.sql.adaptive.skewJoin.enabled", "true", kBoolean},
    {"spark.sql.ansi.doubleQuotedIdentifiers", "false", kBoolean},
    {"spark.sql.ansi.enabled", "true", kBoolean},
    {"spark.sql.ansi.enforceReservedKeywords", "false", kBoolean},
    {"spark.sql.autoBroadcastJoinThreshold", "10485760", kText},
    {"spark.sql.broadcastTimeout", "300", kText},
    {"spark.sql.caseSensitive", "false", kBoolean},
    {"spark.sql.catalog.spark_catalog.defaultDatabase", "default", kText, true},
    {"spark.sql.catalogImplementation", "in-memory", kText, true},
    {"spark.sql.cbo.enabled", "false", kBoolean},
    {"spark.sql.columnNameOfCorruptRecord", "_corrupt_record", kText},
    {"spark.sql.crossJoin.enabled", "true", kBoolean},
    {"spark.sql.csv.filterPushdown.enabled", "true", kBoolean},
    {"spark.sql.dataFrameQueryContext.enabled", "true", kBoolean},
    {"spark.sql.datetime.java8API.enabled", "false", kBoolean},
    {"spark.sql.debug.maxToStringFields", "25", kInteger},
    {"spark.sql.decimalOperations.allowPrecisionLoss", "true", kBoolean},
    {"spark.sql.execution.arrow.enabled", "false", kBoolean},
    {"spark.sql.execution.arrow.fallback.enabled", "true", kBoolean},
    {"spark.sql.execution.arrow.maxRecordsPerBatch", "10000", kInteger},
    {"spark.sql.execution.arrow.pyspark.enabled", "false", kBoolean},
    {"spark.sql.execution.arrow.pyspark.fallback.enabled", "true", kBoolean},
    {"spark.sql.execution.arrow.pyspark.selfDestruct.enabled", "false", kBoolean},
    {"spark.sql.execution.arrow.useLargeVarTypes", "false", kBoolean},
    {"spark.sql.execution.pandas.convertToArrowArraySafely", "false", kBoolean},
    {"spark.sql.execution.pandas.structHandlingMode", "legacy", kText},
    {"spark.sql.execution.pandas.inferPandasDictAsMap", "false", kBoolean},
    {"spark.sql.execution.pythonUDF.arrow.enabled", "false", kBoolean},
    {"spark.sql.execution.rangeExchange.sampleSizePerPartition", "100", kInteger},
    {"spark.sql.extensions", "", kText, true},
    {"spark.sql.files.ignoreCorruptFiles", "false", kBoolean},
    {"spark.sql.files.ignoreMissingFiles", "false", kBoolean},
    {"spark.sql.files.maxPartitionBytes", "134217728b", kText},
    {"spark.sql.files.maxRecordsPerFile", "0", kInteger},
    {"spark.sql.globalTempDatabase", "global_temp", kText, true},
    {"spark.sql.groupByAliases", "true", kBoolean},
    {"spark.sql.groupByOrdinal", "true", kBoolean},
    {"spark.sql.inMemoryColumnarStorage.compressed", "true", kBoolean},
    {"spark.sql.jsonGenerator.ignoreNullFields", "true", kBoolean},
    {"spark.sql.legacy.timeParserPolicy", "CORRECTED", kText},
    {"spark.sql.mapKeyDedupPolicy", "EXCEPTION", kText},
    {"spark.sql.maxPlanStringLength", "2147483632", kText},
    {"spark.sql.optimizer.excludedRules", "", kText},
    {"spark.sql.orderByOrdinal", "true", kBoolean},
    {"spark.sql.parquet.compression.codec", "snappy", kText},
    {"spark.sql.parquet.filterPushdown", "true", kBoolean},
    {"spark.sql.parquet.int96RebaseModeInRead", "CORRECTED", kText},
    {"spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED", kText},
    {"spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED", kText},
    {"spark.sql.parquet.mergeSchema", "false", kBoolean},
    {"spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS", kText},
    {"spark.sql.parquet.writeLegacyFormat", "false", kBoolean},
    {"spark.sql.pivotMaxValues", "10000", kInteger},
    {"spark.sql.pyspark.jvmStacktrace.enabled", "false", kBoolean},
    {"spark.sql.pyspark.inferNestedDictAsStruct.enabled", "false", kBoolean},
    {"spark.sql.pyspark.legacy.inferArrayTypeFromFirstElement.enabled", "false", kBoolean},
    {"spark.sql.pyspark.legacy.inferMapTypeFromFirstPair.enabled", "false", kBoolean},
    {"spark.sql.pyspark.plotting.max_rows", "1000", kInteger},
    {"spark.sql.pyspark.plotting.sample_ratio", "", kText},
    {"spark.sql.pyspark.udf.profiler", "", kText},
    {"spark.sql.readSideCharPadding", "true", kBoolean},
    {"spark.sql.repl.eagerEval.enabled", "false", kBoolean},
    {"spark.sql.repl.eagerEval.maxNumRows", "20", kInteger},
    {"spark.sql.repl.eagerEval.truncate", "20", kInteger},
    {"spark.sql.session.localRelationBatchOfChunksSizeBytes", "1073741824", kInteger},
    {"spark.sql.session.localRelationCacheThreshold", "1048576", kInteger},
    {"spark.sql.session.localRelationChunkSizeBytes", "16777216", kInteger},
    {"spark.sql.session.localRelationChunkSizeRows", "10000", kInteger},
    {"spark.sql.session.localRelationSizeLimit", "3221225472", kInteger},
    {"spark.sql.session.timeZone", "", kTimeZone},
    {"spark.sql.shuffle.partitions", "200", kInteger},
    {"spark.sql.sources.bucketing.enabled", "true", kBoolean},
    {"spark.sql.sources.bucketing.maxBuckets", "100000", kInteger},
    {"spark.sql.sources.commitProtocolClass",
     "org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol", kText},
    {"spark.sql.sources.default", "parquet", kText},
    {"spark.sql.sources.partitionColumnTypeInference.enabled", "true", kBoolean},
    {"spark.sql.sources.partitionOverwriteMode", "STATIC", kText},
    {"spark.sql.statistics.size.autoUpdate.enabled", "false", kBoolean},
    {"spark.sql.storeAssignmentPolicy", "ANSI", kText},
    {"spark.sql.streaming.schemaInference", "false", kBoolean},
    {"spark.sql.timestampType", "TIMESTAMP_LTZ", kText},
    {"spark.sql.timeTravelTimestampKey", "timestampAsOf", kText},
    {"spark.sql.timeTravelVersionKey", "versionAsOf", kText},
    {"spark.sql.ui.retainedExecutions", "1000", kText, true},
    {"spark.sql.variable.substitute", "true", kBoolean},
    {"spark.sql.warehouse.dir", "spark-warehouse", kText, true},
    {"spark.submit.deployMode", "client", kText, true},
});

const ConfigRow* FindRow(std::string_view key) {
  const auto it =
      std::lower_bound(kRows.begin(), kRows.end(), key,
                       [](const ConfigRow& row, std::string_view k) { return row.key < k; });
  if (it != kRows.end() && it->key == key) return it;
  // The table is written by topic in places: look at every row before saying no.
  const auto any = std::find_if(kRows.begin(), kRows.end(),
                                [&](const ConfigRow& row) { return row.key == key; });
  return any == kRows.end() ? nullptr : any;
}

bool IsZone(const std::string& zone) {
  if (zone == "UTC" || zone == "GMT" || zone == "Z" || zone == "UT") return true;
  std::string offset = zone;
  for (const std::string_view prefix : {"UTC", "GMT", "UT"}) {
    if (offset.starts_with(prefix)) {
      offset = offset.substr(prefix.size());
      break;
    }
  }
  if (offset.size() >= 2 && (offset[0] == '+' || offset[0] == '-')) {
    return offset.find_first_not_of("0123456789:", 1) == std::string::npos;
  }
  if (zone.empty() || zone[0] == '/' || zone.find("..") != std::string::npos) return false;
  std::error_code error;
  return std::filesystem::is_regular_file("/usr/share/zoneinfo/" + zone, error);
}

Status Check(const ConfigRow& row, const std::string& value) {
  // Spark raises these without a condition (ConfigHelpers).
  const auto mismatch = [&](const char* type) {
    Error error;
    error.error_class = ErrorClass::kIllegalArgument;
    error.message = std::string(row.key) + " should be " + type + ", but was " + value;
    return error;
  };
  switch (row.type) {
    case kText:
      return {};
    case kBoolean: {
      std::string lower = value;
      std::transform(lower.begin(), lower.end(), lower.begin(),
                     [](unsigned char c) { return std::tolower(c); });
      if (lower != "true" && lower != "false") return mismatch("boolean");
      return {};
    }
    case kInteger: {
      int64_t number = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (error != std::errc() || end != value.data() + value.size()) return mismatch("int");
      return {};
    }
    case kTimeZone:
      if (IsZone(value)) return {};
      return MakeError("INVALID_CONF_VALUE.TIME_ZONE",
                       {{"confName", std::string(row.key)}, {"confValue", value}});
  }
  return {};
}

}  // namespace

std::span<const ConfigRow> KnownConfig() { return kRows; }

std::string SystemTimeZone() {
  if (const char* zone = std::getenv("TZ"); zone != nullptr && *zone != '\0') {
    return *zone == ':' ? zone + 1 : zone;
  }
  std::ifstream file("/etc/timezone");
  std::string zone;
  if (file >> zone && IsZone(zone)) return zone == "Etc/UTC" ? "Etc/UTC" : zone;
  std::error_code error;
  const std::string link = std::filesystem::read_symlink("/etc/localtime", error);
  const size_t at = link.find("zoneinfo/");
  return at == std::string::npos ? "UTC" : link.substr(at + 9);
}

Config::Config(std::map<std::string, std::string> initial)
    : initial_(std::move(initial)), values_(initial_) {
  // Found once: every analysis asks for it, and it is in files.
  values_.try_emplace("spark.sql.session.timeZone", SystemTimeZone());
}

std::optional<std::string> Config::Find(const std::string& key) const {
  {
    std::lock_guard lock(mutex_);
    const auto found = values_.find(key);
    if (found != values_.end()) return found->second;
  }
  const ConfigRow* row = FindRow(key);
  if (row == nullptr) return {};
  if (row->type == kTimeZone) return SystemTimeZone();
  return std::string(row->default_value);
}

Result<std::string> Config::Get(const std::string& key) const {
  if (auto value = Find(key)) return *std::move(value);
  return MakeError("SQL_CONF_NOT_FOUND", {{"sqlConf", "\"" + key + "\""}});
}

bool Config::IsModifiable(const std::string& key) {
  const ConfigRow* row = FindRow(key);
  return row != nullptr && !row->is_static;
}

Status Config::Set(const std::string& key, const std::string& value) {
  if (const ConfigRow* row = FindRow(key)) {
    if (row->is_static) {
      return MakeError(
          "CANNOT_MODIFY_CONFIG",
          {{"key", "\"" + key + "\""}, {"docroot", "https://spark.apache.org/docs/latest"}});
    }
    RETURN_IF_ERROR(Check(*row, value));
  }
  std::lock_guard lock(mutex_);
  values_[key] = value;
  return {};
}

Status Config::Unset(const std::string& key) {
  const ConfigRow* row = FindRow(key);
  if (row != nullptr && row->is_static) {
    return MakeError("CANNOT_MODIFY_CONFIG", {{"key", "\"" + key + "\""},
                                              {"docroot", "https://spark.apache.org/docs/latest"}});
  }
  std::lock_guard lock(mutex_);
  values_.erase(key);
  // The default is that of the release whose defaults the session began with.
  const auto initial = initial_.find(key);
  if (initial != initial_.end() && IsChangedDefault(key)) values_[key] = initial->second;
  return {};
}

void Config::Reset() {
  std::lock_guard lock(mutex_);
  values_ = initial_;
}

std::map<std::string, std::string> Config::All() const {
  std::map<std::string, std::string> all;
  for (const ConfigRow& row : kRows) all.emplace(row.key, row.default_value);
  all["spark.sql.session.timeZone"] = SystemTimeZone();
  std::lock_guard lock(mutex_);
  for (const auto& [key, value] : values_) all[key] = value;
  return all;
}

bool Config::GetBoolean(const std::string& key) const {
  const std::string value = GetText(key);
  return value.size() == 4 && (value[0] == 't' || value[0] == 'T');
}

int64_t Config::GetInteger(const std::string& key) const {
  const std::string value = GetText(key);
  int64_t number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return number;
}

}  // namespace ember
