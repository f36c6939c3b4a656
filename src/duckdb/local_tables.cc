#include "duckdb/local_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "duckdb/arrow_abi.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

constexpr int64_t kChunkRows = 2048;
constexpr size_t kMaxTables = 256;

// The type that DuckDB stores in the same bytes: instants without a zone, intervals as numbers.
DataType PhysicalType(const DataType& type) {
  switch (type.kind) {
    case TypeKind::kTimestamp:
      return TimestampNtzType();
    case TypeKind::kYearMonthInterval:
      return IntegerType();
    case TypeKind::kDayTimeInterval:
      return LongType();
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct: {
      auto children = std::make_shared<std::vector<StructField>>(*type.children);
      for (StructField& child : *children) child.type = PhysicalType(child.type);
      if (type.Is(TypeKind::kStruct)) {
        const std::vector<std::string> names = StorageFieldNames(type);
        for (size_t i = 0; i < names.size(); ++i) (*children)[i].name = names[i];
      }
      DataType physical = type;
      physical.children = std::move(children);
      return physical;
    }
    default:
      return type;
  }
}

Status Take(duckdb_error_data failure) {
  if (failure == nullptr) return {};
  Status status;
  if (duckdb_error_data_has_error(failure)) {
    status = DuckDbError(duckdb_error_data_message(failure), duckdb_error_data_error_type(failure));
  }
  duckdb_destroy_error_data(&failure);
  return status;
}

// Rows [first, first + count) of an array that somebody else owns.
class Slice {
 public:
  Slice(const ArrowArray& whole, int64_t first, int64_t count) : array_(whole) {
    for (int64_t i = 0; i < whole.n_children; ++i) {
      columns_.push_back(*whole.children[i]);
      columns_.back().offset += first + whole.offset;
      columns_.back().length = count;
      columns_.back().null_count = columns_.back().null_count == 0 ? 0 : -1;
      columns_.back().release = Nothing;
    }
    for (ArrowArray& column : columns_) pointers_.push_back(&column);
    array_.length = count;
    array_.offset = 0;
    array_.null_count = 0;
    array_.children = pointers_.data();
    array_.release = Nothing;
  }
  ArrowArray* get() { return &array_; }

 private:
  static void Nothing(ArrowArray* array) { array->release = nullptr; }
  ArrowArray array_;
  std::vector<ArrowArray> columns_;
  std::vector<ArrowArray*> pointers_;
};

Status AppendBatch(Connection& connection, duckdb_appender appender,
                   duckdb_arrow_converted_schema types, const Batch& batch) {
  for (int64_t first = 0; first < batch.row_count(); first += kChunkRows) {
    Slice slice(*batch.array(), first, std::min(kChunkRows, batch.row_count() - first));
    duckdb_data_chunk chunk = nullptr;
    RETURN_IF_ERROR(
        Take(duckdb_data_chunk_from_arrow(connection.get(), slice.get(), types, &chunk)));
    const bool appended = duckdb_append_data_chunk(appender, chunk) == DuckDBSuccess;
    duckdb_destroy_data_chunk(&chunk);
    if (!appended) return Take(duckdb_appender_error_data(appender));
  }
  return {};
}

Status Append(Connection& connection, const std::string& name, const Schema& schema,
              const std::vector<Batch>& batches) {
  Schema physical;
  for (size_t i = 0; i < schema.size(); ++i) {
    physical.push_back({fmt::format("c{}", i), PhysicalType(schema[i].type), true, ""});
  }
  ArrowSchema arrow{};
  RETURN_IF_ERROR(ToArrowSchema(physical, "UTC", &arrow));
  duckdb_arrow_converted_schema types = nullptr;
  Status status = Take(duckdb_schema_from_arrow(connection.get(), &arrow, &types));
  if (arrow.release != nullptr) arrow.release(&arrow);
  duckdb_appender appender = nullptr;
  const std::string schema_name(kLocalSchema);
  if (status.ok() && duckdb_appender_create(connection.get(), schema_name.c_str(), name.c_str(),
                                            &appender) != DuckDBSuccess) {
    status = InternalError("DuckDB takes no rows for " + name);
  }
  for (const Batch& batch : batches) {
    if (status.ok()) status = AppendBatch(connection, appender, types, batch);
  }
  if (status.ok() && duckdb_appender_close(appender) != DuckDBSuccess) {
    status = Take(duckdb_appender_error_data(appender));
  }
  if (appender != nullptr) duckdb_appender_destroy(&appender);
  if (types != nullptr) duckdb_destroy_arrow_converted_schema(&types);
  return status;
}

std::string QuotedTable(const std::string& name) {
  return SqlIdentifier(kLocalSchema) + "." + SqlIdentifier(name);
}

}  // namespace

LocalTables::~LocalTables() {
  if (tables_.empty()) return;
  Result<Connection> connection = engine_.Connect();
  if (!connection.ok()) return;
  for (const auto& [hash, table] : tables_)
    static_cast<void>(connection->Run("DROP TABLE IF EXISTS " + table));
}

Result<std::string> LocalTables::TableOf(const std::string& arrow_ipc, const Schema& schema) {
  size_t key = std::hash<std::string>()(arrow_ipc);
  for (const StructField& field : schema)
    key = key * 31 + std::hash<std::string>()(SqlText(field.type));
  std::lock_guard lock(mutex_);
  const auto found = tables_.find(key);
  if (found != tables_.end()) return found->second;
  ASSIGN_OR_RETURN(std::string table, Make(arrow_ipc, schema));
  tables_[key] = table;
  order_.push_back(key);
  if (order_.size() > kMaxTables) {
    ASSIGN_OR_RETURN(Connection connection, engine_.Connect());
    RETURN_IF_ERROR(connection.Run("DROP TABLE IF EXISTS " + tables_[order_.front()]));
    tables_.erase(order_.front());
    order_.pop_front();
  }
  return table;
}

Result<std::string> LocalTables::Make(const std::string& arrow_ipc, const Schema& schema) {
  ASSIGN_OR_RETURN(std::vector<Batch> batches, ReadIpcStream(arrow_ipc));
  ASSIGN_OR_RETURN(Connection connection, engine_.Connect());
  const std::string name = fmt::format("l{}", engine_.NextNumber());
  std::string columns;
  for (size_t i = 0; i < schema.size(); ++i) {
    ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(schema[i].type));
    columns += fmt::format("{}\"c{}\" {}", i > 0 ? ", " : "", i, type);
  }
  if (schema.empty()) {
    int64_t rows = 0;
    for (const Batch& batch : batches) rows += batch.row_count();
    RETURN_IF_ERROR(connection.Run(fmt::format(
        "CREATE TABLE {} AS SELECT 1 AS \"nothing\" FROM range({})", QuotedTable(name), rows)));
    return QuotedTable(name);
  }
  RETURN_IF_ERROR(connection.Run(fmt::format("CREATE TABLE {} ({})", QuotedTable(name), columns)));
  RETURN_IF_ERROR(Append(connection, name, schema, batches));
  return QuotedTable(name);
}

}  // namespace ember
