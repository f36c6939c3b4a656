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
  /// children must have the physical layout of ToArrowSchema(schema, …), or of `layout` where that
  /// is given (what a client sent: large strings, nanoseconds …).
  Batch(std::shared_ptr<const Schema> schema, ArrowArray* array,
        std::shared_ptr<const ArrowSchema> layout = nullptr);
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;
  ~Batch();

  const Schema& schema() const { return *schema_; }
  int64_t row_count() const;
  const ArrowArray* array() const { return array_.get(); }
  /// One cell as a value; O(1) but slow: for tests, show and small results.
  Value Get(int64_t row, int column) const;
  /// All cells of a row.
  std::vector<Value> GetRow(int64_t row) const;
  /// The physical layout; null when it is that of ToArrowSchema.
  const ArrowSchema* layout() const { return layout_.get(); }

 private:
  struct View;
  const View& view() const;

  std::shared_ptr<const Schema> schema_;
  std::unique_ptr<ArrowArray> array_;
  std::shared_ptr<const ArrowSchema> layout_;
  mutable std::unique_ptr<View> view_;  // made at the first Get; a batch has one user at a time
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
/// All batches of an IPC stream, in the layout they were sent in (Batch::layout). `schema`: what
/// the sender says the columns are in Spark's types, where it knows more than Arrow does; null:
/// FromArrowSchema.
Result<std::vector<Batch>> ReadIpcStream(std::string_view bytes,
                                         std::shared_ptr<const Schema> schema = nullptr);
Result<Schema> ReadIpcSchema(std::string_view bytes);
/// A batch of rows given as values; each row has a value per field.
Result<Batch> BatchFromRows(std::shared_ptr<const Schema> schema,
                            const std::vector<std::vector<Value>>& rows);
/// Rows [offset, offset + rows) as a batch of their own: cell by cell, for the rare batch that is
/// too large to send.
Result<Batch> CopyRows(const Batch& batch, int64_t offset, int64_t rows);

/// A result that arrives in pieces. Next gives nothing at the end; an error ends it.
class BatchStream {
 public:
  virtual ~BatchStream() = default;
  virtual const Schema& schema() const = 0;
  virtual Result<std::optional<Batch>> Next() = 0;
};

}  // namespace ember
