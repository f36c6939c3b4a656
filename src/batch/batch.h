#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "types/data_type.h"
#include "types/value.h"

struct ArrowArray;
struct ArrowSchema;

namespace ember {

/// A columnar batch: Arrow's C data under a Spark schema. Owns the array; immutable; movable.
class Batch {
 public:
  /// Takes over `array` (released when the batch ends), a struct array with a child per field. The
  /// children must have the physical layout of ToArrowSchema(schema, …).
  Batch(std::shared_ptr<const Schema> schema, ArrowArray* array);
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;
  ~Batch();

  const Schema& schema() const { return *schema_; }
  int64_t row_count() const;
  const ArrowArray* array() const { return array_.get(); }
  /// One cell as a value; O(1) but slow: for tests, show and small results.
  Value Get(int64_t row, int column) const;

 private:
  std::shared_ptr<const Schema> schema_;
  std::unique_ptr<ArrowArray> array_;
};

/// Fills `out` with Arrow's schema for Spark's, as Spark's ArrowUtils does: timestamps in
/// microseconds with `zone`, NTZ without, strings utf8, decimals 128, day-time intervals
/// duration[us], year-month months, null type null.
Status ToArrowSchema(const Schema& schema, std::string_view zone, ArrowSchema* out);
/// Spark's schema for Arrow's (what createDataFrame sends).
Result<Schema> FromArrowSchema(const ArrowSchema& schema);

/// One complete Arrow IPC stream with exactly one record batch (what Spark Connect sends). A batch
/// of no rows too.
Result<std::string> WriteIpcStream(const Batch& batch, std::string_view zone);
/// The IPC stream of `schema` with an empty record batch.
Result<std::string> WriteEmptyIpcStream(const Schema& schema, std::string_view zone);
/// All batches of an IPC stream.
Result<std::vector<Batch>> ReadIpcStream(std::string_view bytes);
Result<Schema> ReadIpcSchema(std::string_view bytes);
/// A batch of rows given as values; each row has a value per field.
Result<Batch> BatchFromRows(std::shared_ptr<const Schema> schema,
                            const std::vector<std::vector<Value>>& rows);

/// A result that arrives in pieces. Next gives nothing at the end; an error ends it.
class BatchStream {
 public:
  virtual ~BatchStream() = default;
  virtual const Schema& schema() const = 0;
  virtual Result<std::optional<Batch>> Next() = 0;
};

}  // namespace ember
