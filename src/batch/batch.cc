#include "batch/batch.h"

#include <fmt/format.h>

#include <nanoarrow/nanoarrow.h>

namespace ember {

struct Batch::View {
  ArrowArrayView arrow;
  View() { ArrowArrayViewInitFromType(&arrow, NANOARROW_TYPE_UNINITIALIZED); }
  View(const View&) = delete;
  View& operator=(const View&) = delete;
  ~View() { ArrowArrayViewReset(&arrow); }
};

namespace {

void ReleaseArray(ArrowArray* array) {
  if (array != nullptr && array->release != nullptr) ArrowArrayRelease(array);
}

// Engines give a column of type void some storage; Arrow's null type has none.
void StripNullStorage(const DataType& type, ArrowArray* array) {
  if (type.kind == TypeKind::kNull) {
    array->n_buffers = 0;
    array->null_count = array->length;
    return;
  }
  if (!type.children) return;
  ArrowArray* parent = type.kind == TypeKind::kMap ? array->children[0] : array;
  for (size_t i = 0; i < type.children->size(); ++i) {
    StripNullStorage((*type.children)[i].type, parent->children[i]);
  }
}

// The unit of a time or duration as its format says it: tsu:UTC, tDn.
int64_t ScaledTime(const ArrowArrayView& view, const ArrowSchema* layout, int64_t row) {
  const int64_t value = ArrowArrayViewGetIntUnsafe(&view, row);
  const std::string_view format = layout == nullptr ? "" : layout->format;
  switch (format.size() > 2 ? format[2] : 'u') {
    case 's':
      return value * 1'000'000;
    case 'm':
      return value * 1'000;
    case 'n':
      return value >= 0 || value % 1'000 == 0 ? value / 1'000 : value / 1'000 - 1;
    default:
      return value;
  }
}

DecimalValue GetDecimal(const ArrowArrayView& view, const DataType& type, int64_t row) {
  ArrowDecimal decimal;
  ArrowDecimalInit(&decimal, 128, type.precision, type.scale);
  ArrowArrayViewGetDecimalUnsafe(&view, row, &decimal);
  const auto low = static_cast<unsigned __int128>(decimal.words[decimal.low_word_index]);
  const auto high = static_cast<unsigned __int128>(decimal.words[decimal.high_word_index]);
  return {static_cast<Int128>((high << 64) | low)};
}

const ArrowSchema* ChildLayout(const ArrowSchema* layout, int64_t child) {
  return layout == nullptr ? nullptr : layout->children[child];
}

Value GetCell(const ArrowArrayView& view, const DataType& type, const ArrowSchema* layout,
              int64_t row);

Value GetNested(const ArrowArrayView& view, const DataType& type, const ArrowSchema* layout,
                int64_t row) {
  std::vector<Value> items;
  const int64_t at = view.offset + row;
  if (type.kind == TypeKind::kStruct) {
    for (int64_t i = 0; i < view.n_children; ++i) {
      items.push_back(GetCell(*view.children[i], type.fields()[static_cast<size_t>(i)].type,
                              ChildLayout(layout, i), at));
    }
    return {std::move(items)};
  }
  int64_t begin = 0;
  int64_t end = 0;
  if (view.storage_type == NANOARROW_TYPE_FIXED_SIZE_LIST) {
    begin = at * view.layout.child_size_elements;
    end = begin + view.layout.child_size_elements;
  } else {
    begin = ArrowArrayViewListChildOffset(&view, at);
    end = ArrowArrayViewListChildOffset(&view, at + 1);
  }
  for (int64_t i = begin; i < end; ++i) {
    if (type.kind == TypeKind::kArray) {
      items.push_back(GetCell(*view.children[0], type.element().type, ChildLayout(layout, 0), i));
      continue;
    }
    const ArrowArrayView& entries = *view.children[0];
    const ArrowSchema* entry_layout = ChildLayout(layout, 0);
    items.push_back(GetCell(*entries.children[0], type.key().type, ChildLayout(entry_layout, 0),
                            entries.offset + i));
    items.push_back(GetCell(*entries.children[1], type.value().type, ChildLayout(entry_layout, 1),
                            entries.offset + i));
  }
  return {std::move(items)};
}

std::string GetBytes(const ArrowArrayView& view, int64_t row) {
  const ArrowBufferView bytes = ArrowArrayViewGetBytesUnsafe(&view, row);
  return {bytes.data.as_char, static_cast<size_t>(bytes.size_bytes)};
}

Value GetCell(const ArrowArrayView& view, const DataType& type, const ArrowSchema* layout,
              int64_t row) {
  if (type.kind == TypeKind::kNull || ArrowArrayViewIsNull(&view, row)) return {};
  switch (type.kind) {
    case TypeKind::kNull:
      return {};
    case TypeKind::kBoolean:
      return {ArrowArrayViewGetIntUnsafe(&view, row) != 0};
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kDate:
    case TypeKind::kYearMonthInterval:
      return {ArrowArrayViewGetIntUnsafe(&view, row)};
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
    case TypeKind::kDayTimeInterval:
      return {ScaledTime(view, layout, row)};
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return {ArrowArrayViewGetDoubleUnsafe(&view, row)};
    case TypeKind::kDecimal:
      return {GetDecimal(view, type, row)};
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kBinary:
      return {GetBytes(view, row)};
    case TypeKind::kCalendarInterval: {
      ArrowInterval interval;
      ArrowIntervalInit(&interval, NANOARROW_TYPE_INTERVAL_MONTH_DAY_NANO);
      ArrowArrayViewGetIntervalUnsafe(&view, row, &interval);
      return {CalendarIntervalValue{interval.months, interval.days, interval.ns / 1'000}};
    }
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      return GetNested(view, type, layout, row);
  }
  return {};
}

Status Append(ArrowArray* array, const DataType& type, const Value& value);

Status AppendNested(ArrowArray* array, const DataType& type, const std::vector<Value>& items) {
  for (size_t i = 0; i < items.size(); ++i) {
    switch (type.kind) {
      case TypeKind::kStruct:
        RETURN_IF_ERROR(Append(array->children[i], type.fields()[i].type, items[i]));
        break;
      case TypeKind::kMap: {
        ArrowArray* entries = array->children[0];
        RETURN_IF_ERROR(Append(entries->children[i % 2], (*type.children)[i % 2].type, items[i]));
        if (i % 2 == 1 && ArrowArrayFinishElement(entries) != NANOARROW_OK) {
          return InternalError("Arrow: cannot end a map entry");
        }
        break;
      }
      default:
        RETURN_IF_ERROR(Append(array->children[0], type.element().type, items[i]));
    }
  }
  if (ArrowArrayFinishElement(array) != NANOARROW_OK)
    return InternalError("Arrow: cannot end a nested value");
  return {};
}

ArrowErrorCode AppendScalar(ArrowArray* array, const DataType& type, const Value& value) {
  if (const auto* boolean = std::get_if<bool>(&value.data))
    return ArrowArrayAppendInt(array, *boolean ? 1 : 0);
  if (const auto* integer = std::get_if<int64_t>(&value.data)) {
    if (type.kind != TypeKind::kYearMonthInterval) return ArrowArrayAppendInt(array, *integer);
    ArrowInterval months;
    ArrowIntervalInit(&months, NANOARROW_TYPE_INTERVAL_MONTHS);
    months.months = static_cast<int32_t>(*integer);
    return ArrowArrayAppendInterval(array, &months);
  }
  if (const auto* number = std::get_if<double>(&value.data))
    return ArrowArrayAppendDouble(array, *number);
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    ArrowBufferView view;
    view.data.as_char = text->data();
    view.size_bytes = static_cast<int64_t>(text->size());
    return ArrowArrayAppendBytes(array, view);
  }
  if (const auto* decimal = std::get_if<DecimalValue>(&value.data)) {
    ArrowDecimal arrow;
    ArrowDecimalInit(&arrow, 128, type.precision, type.scale);
    arrow.words[arrow.low_word_index] = static_cast<uint64_t>(decimal->unscaled);
    arrow.words[arrow.high_word_index] = static_cast<uint64_t>(decimal->unscaled >> 64);
    return ArrowArrayAppendDecimal(array, &arrow);
  }
  if (const auto* interval = std::get_if<CalendarIntervalValue>(&value.data)) {
    ArrowInterval arrow;
    ArrowIntervalInit(&arrow, NANOARROW_TYPE_INTERVAL_MONTH_DAY_NANO);
    arrow.months = interval->months;
    arrow.days = interval->days;
    arrow.ns = interval->microseconds * 1'000;
    return ArrowArrayAppendInterval(array, &arrow);
  }
  return EINVAL;
}

Status Append(ArrowArray* array, const DataType& type, const Value& value) {
  if (value.is_null()) {
    if (ArrowArrayAppendNull(array, 1) != NANOARROW_OK)
      return InternalError("Arrow: cannot append null");
    return {};
  }
  if (const auto* items = std::get_if<std::vector<Value>>(&value.data))
    return AppendNested(array, type, *items);
  if (AppendScalar(array, type, value) != NANOARROW_OK) {
    return InternalError(
        fmt::format("a value does not fit a column of type {}", SimpleString(type)));
  }
  return {};
}

}  // namespace

Batch::Batch(std::shared_ptr<const Schema> schema, ArrowArray* array,
             std::shared_ptr<const ArrowSchema> layout)
    : schema_(std::move(schema)),
      array_(std::make_unique<ArrowArray>()),
      layout_(std::move(layout)) {
  ArrowArrayMove(array, array_.get());
  for (size_t i = 0; layout_ == nullptr && i < schema_->size(); ++i) {
    StripNullStorage((*schema_)[i].type, array_->children[i]);
  }
}

Batch::Batch(Batch&&) noexcept = default;

Batch& Batch::operator=(Batch&& other) noexcept {
  if (this != &other) {
    view_.reset();
    ReleaseArray(array_.get());
    schema_ = std::move(other.schema_);
    array_ = std::move(other.array_);
    layout_ = std::move(other.layout_);
    view_ = std::move(other.view_);
  }
  return *this;
}

Batch::~Batch() {
  view_.reset();
  ReleaseArray(array_.get());
}

int64_t Batch::row_count() const { return array_->length; }

const Batch::View& Batch::view() const {
  if (!view_) {
    view_ = std::make_unique<View>();
    ArrowArrayViewReset(&view_->arrow);
    if (layout_ != nullptr) {
      CHECK(ArrowArrayViewInitFromSchema(&view_->arrow, layout_.get(), nullptr) == NANOARROW_OK);
    } else {
      ArrowSchema arrow_schema;
      CHECK(ToArrowSchema(*schema_, "UTC", &arrow_schema).ok());
      CHECK(ArrowArrayViewInitFromSchema(&view_->arrow, &arrow_schema, nullptr) == NANOARROW_OK);
      ArrowSchemaRelease(&arrow_schema);
    }
    CHECK(ArrowArrayViewSetArray(&view_->arrow, array_.get(), nullptr) == NANOARROW_OK);
  }
  return *view_;
}

Value Batch::Get(int64_t row, int column) const {
  const ArrowArrayView& root = view().arrow;
  return GetCell(*root.children[column], (*schema_)[static_cast<size_t>(column)].type,
                 ChildLayout(layout_.get(), column), root.offset + row);
}

std::vector<Value> Batch::GetRow(int64_t row) const {
  std::vector<Value> cells;
  cells.reserve(schema_->size());
  for (size_t i = 0; i < schema_->size(); ++i) cells.push_back(Get(row, static_cast<int>(i)));
  return cells;
}

Result<Batch> BatchFromRows(std::shared_ptr<const Schema> schema,
                            const std::vector<std::vector<Value>>& rows) {
  ArrowSchema arrow_schema;
  RETURN_IF_ERROR(ToArrowSchema(*schema, "UTC", &arrow_schema));
  ArrowArray array;
  ArrowErrorCode code = ArrowArrayInitFromSchema(&array, &arrow_schema, nullptr);
  ArrowSchemaRelease(&arrow_schema);
  if (code == NANOARROW_OK) code = ArrowArrayStartAppending(&array);
  Status status =
      code == NANOARROW_OK ? Status() : Status(InternalError("Arrow: cannot start a batch"));
  const DataType row_type = StructType(*schema);
  for (size_t i = 0; status.ok() && i < rows.size(); ++i)
    status = AppendNested(&array, row_type, rows[i]);
  if (status.ok() && ArrowArrayFinishBuildingDefault(&array, nullptr) != NANOARROW_OK) {
    status = InternalError("Arrow: cannot finish a batch");
  }
  if (!status.ok()) {
    ReleaseArray(&array);
    return std::move(status).error();
  }
  return Batch(std::move(schema), &array);
}

Result<Batch> CopyRows(const Batch& batch, int64_t offset, int64_t rows) {
  std::vector<std::vector<Value>> copied;
  copied.reserve(static_cast<size_t>(rows));
  for (int64_t row = offset; row < offset + rows; ++row) copied.push_back(batch.GetRow(row));
  return BatchFromRows(std::make_shared<const Schema>(batch.schema()), copied);
}

}  // namespace ember
