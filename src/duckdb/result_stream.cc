#include "duckdb/result_stream.h"

#include "duckdb/arrow_abi.h"

namespace ember {
namespace {

// A null column in Arrow's layout of its own: no buffers, every row null. What DuckDB allocated
// goes with it.
void MakeNullArray(ArrowArray* array) {
  auto original = std::make_unique<ArrowArray>(*array);
  *array = {};
  array->length = original->length;
  array->null_count = original->length;
  array->offset = original->offset;
  array->private_data = original.release();
  array->release = [](ArrowArray* self) {
    std::unique_ptr<ArrowArray> held(static_cast<ArrowArray*>(self->private_data));
    if (held->release != nullptr) held->release(held.get());
    self->release = nullptr;
  };
}

bool HoldsNullType(const DataType& type) {
  if (type.Is(TypeKind::kNull)) return true;
  if (type.children == nullptr) return false;
  for (const StructField& child : *type.children) {
    if (HoldsNullType(child.type)) return true;
  }
  return false;
}

// DuckDB stores Spark's void as another type; Arrow has one for it.
void FitNullColumns(const DataType& type, ArrowArray* array) {
  if (!HoldsNullType(type)) return;
  switch (type.kind) {
    case TypeKind::kNull:
      MakeNullArray(array);
      return;
    case TypeKind::kArray:
      FitNullColumns(type.element().type, array->children[0]);
      return;
    case TypeKind::kMap:
      FitNullColumns(type.key().type, array->children[0]->children[0]);
      FitNullColumns(type.value().type, array->children[0]->children[1]);
      return;
    case TypeKind::kStruct:
      for (size_t i = 0; i < type.fields().size(); ++i)
        FitNullColumns(type.fields()[i].type, array->children[i]);
      return;
    default:
      return;
  }
}

// The id DuckDB must give for what is stored flat; INVALID for nested types and void, which may be
// any.
duckdb_type StorageId(const DataType& type) {
  switch (type.kind) {
    case TypeKind::kBoolean:
      return DUCKDB_TYPE_BOOLEAN;
    case TypeKind::kByte:
      return DUCKDB_TYPE_TINYINT;
    case TypeKind::kShort:
      return DUCKDB_TYPE_SMALLINT;
    case TypeKind::kInteger:
    case TypeKind::kYearMonthInterval:
      return DUCKDB_TYPE_INTEGER;
    case TypeKind::kLong:
    case TypeKind::kDayTimeInterval:
      return DUCKDB_TYPE_BIGINT;
    case TypeKind::kFloat:
      return DUCKDB_TYPE_FLOAT;
    case TypeKind::kDouble:
      return DUCKDB_TYPE_DOUBLE;
    case TypeKind::kDecimal:
      return DUCKDB_TYPE_DECIMAL;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return DUCKDB_TYPE_VARCHAR;
    case TypeKind::kBinary:
      return DUCKDB_TYPE_BLOB;
    case TypeKind::kDate:
      return DUCKDB_TYPE_DATE;
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return DUCKDB_TYPE_TIMESTAMP;
    case TypeKind::kCalendarInterval:
      return DUCKDB_TYPE_INTERVAL;
    case TypeKind::kArray:
      return DUCKDB_TYPE_LIST;
    case TypeKind::kMap:
      return DUCKDB_TYPE_MAP;
    case TypeKind::kStruct:
      return DUCKDB_TYPE_STRUCT;
    case TypeKind::kNull:
      return DUCKDB_TYPE_INVALID;
  }
  return DUCKDB_TYPE_INVALID;
}

struct LogicalType {
  explicit LogicalType(duckdb_logical_type type) : handle(type) {}
  LogicalType(const LogicalType&) = delete;
  ~LogicalType() { duckdb_destroy_logical_type(&handle); }
  duckdb_logical_type handle;
};

// Whether what DuckDB gives has the layout that was analysed: the batch is read by the analysed
// type.
bool Fits(const DataType& type, duckdb_logical_type stored) {
  if (type.Is(TypeKind::kNull)) return true;
  if (duckdb_get_type_id(stored) != StorageId(type)) return false;
  switch (type.kind) {
    case TypeKind::kDecimal:
      return duckdb_decimal_width(stored) == type.precision &&
             duckdb_decimal_scale(stored) == type.scale;
    case TypeKind::kArray:
      return Fits(type.element().type, LogicalType(duckdb_list_type_child_type(stored)).handle);
    case TypeKind::kMap:
      return Fits(type.key().type, LogicalType(duckdb_map_type_key_type(stored)).handle) &&
             Fits(type.value().type, LogicalType(duckdb_map_type_value_type(stored)).handle);
    case TypeKind::kStruct:
      if (duckdb_struct_type_child_count(stored) != type.fields().size()) return false;
      for (size_t i = 0; i < type.fields().size(); ++i) {
        if (!Fits(type.fields()[i].type,
                  LogicalType(duckdb_struct_type_child_type(stored, i)).handle)) {
          return false;
        }
      }
      return true;
    default:
      return true;
  }
}

Status CheckTypes(QueryResult& query, const Schema& schema) {
  for (size_t i = 0; i < schema.size(); ++i) {
    const LogicalType stored(duckdb_column_logical_type(query.get(), i));
    if (Fits(schema[i].type, stored.handle)) continue;
    return InternalError("column " + schema[i].name + " is " + SimpleString(schema[i].type) +
                         ", but its SQL gives another type");
  }
  return {};
}

void ReleaseChildless(ArrowArray* array) {
  delete[] array->buffers;
  array->release = nullptr;
}

// Rows without columns: the one meaningless column is dropped, the number of rows stays.
void DropColumns(ArrowArray* array) {
  const int64_t length = array->length;
  array->release(array);
  *array = {};
  array->length = length;
  array->n_buffers = 1;
  array->buffers = new const void*[1]{nullptr};
  array->release = ReleaseChildless;
}

class ResultStream final : public BatchStream {
 public:
  ResultStream(Connection connection, QueryResult query, std::shared_ptr<const Schema> schema,
               std::stop_token stop)
      : connection_(std::move(connection)),
        query_(std::move(query)),
        schema_(std::move(schema)),
        arrow_options_(duckdb_result_get_arrow_options(query_.get())),
        stop_(std::move(stop)) {}
  ~ResultStream() override { duckdb_destroy_arrow_options(&arrow_options_); }

  const Schema& schema() const override { return *schema_; }

  Result<std::optional<Batch>> Next() override {
    if (stop_.stop_requested()) return MakeError("OPERATION_CANCELED");
    std::stop_callback interrupt(stop_, [this] { connection_.Interrupt(); });
    ASSIGN_OR_RETURN(duckdb_data_chunk chunk, query_.Next());
    if (chunk == nullptr) return std::optional<Batch>();
    ArrowArray array{};
    duckdb_error_data failure = duckdb_data_chunk_to_arrow(arrow_options_, chunk, &array);
    duckdb_destroy_data_chunk(&chunk);
    if (failure != nullptr && duckdb_error_data_has_error(failure)) {
      Error error =
          DuckDbError(duckdb_error_data_message(failure), duckdb_error_data_error_type(failure));
      duckdb_destroy_error_data(&failure);
      return error;
    }
    if (failure != nullptr) duckdb_destroy_error_data(&failure);
    if (schema_->empty()) {
      DropColumns(&array);
    } else {
      for (size_t i = 0; i < schema_->size(); ++i)
        FitNullColumns((*schema_)[i].type, array.children[i]);
    }
    return std::optional<Batch>(Batch(schema_, &array));
  }

 private:
  Connection connection_;
  QueryResult query_;
  std::shared_ptr<const Schema> schema_;
  duckdb_arrow_options arrow_options_;
  std::stop_token stop_;
};

}  // namespace

Result<std::unique_ptr<BatchStream>> StreamQuery(Connection connection, const std::string& sql,
                                                 std::shared_ptr<const Schema> schema,
                                                 ExecuteOptions options) {
  ASSIGN_OR_RETURN(QueryResult query, connection.Query(sql, options));
  const int expected = schema->empty() ? 1 : static_cast<int>(schema->size());
  if (query.column_count() != expected)
    return InternalError("a query gave another number of columns than analysed");
  RETURN_IF_ERROR(CheckTypes(query, *schema));
  return std::unique_ptr<BatchStream>(
      new ResultStream(std::move(connection), std::move(query), std::move(schema), options.stop));
}

}  // namespace ember
