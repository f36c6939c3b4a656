#include "types/data_type.h"

#include <algorithm>

namespace ember {
namespace {

DataType Simple(TypeKind kind) { return DataType{.kind = kind}; }

DataType Nested(TypeKind kind, std::vector<StructField> children) {
  return DataType{
      .kind = kind,
      .children = std::make_shared<const std::vector<StructField>>(std::move(children))};
}

}  // namespace

const StructField& DataType::element() const { return (*children)[0]; }
const StructField& DataType::key() const { return (*children)[0]; }
const StructField& DataType::value() const { return (*children)[1]; }
const std::vector<StructField>& DataType::fields() const { return *children; }

bool DataType::IsIntegral() const { return kind >= TypeKind::kByte && kind <= TypeKind::kLong; }
bool DataType::IsFractional() const {
  return kind >= TypeKind::kFloat && kind <= TypeKind::kDecimal;
}
bool DataType::IsNumeric() const { return kind >= TypeKind::kByte && kind <= TypeKind::kDecimal; }
bool DataType::IsStringLike() const {
  return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kVarchar;
}
bool DataType::IsDatetime() const {
  return kind == TypeKind::kDate || kind == TypeKind::kTimestamp || kind == TypeKind::kTimestampNtz;
}
bool DataType::IsInterval() const {
  return kind == TypeKind::kCalendarInterval || kind == TypeKind::kYearMonthInterval ||
         kind == TypeKind::kDayTimeInterval;
}
bool DataType::IsAtomic() const { return kind != TypeKind::kNull && kind < TypeKind::kArray; }

bool DataType::operator==(const DataType& other) const {
  if (kind != other.kind || precision != other.precision || scale != other.scale) return false;
  if (children == other.children) return true;
  return children && other.children && *children == *other.children;
}

bool StructField::operator==(const StructField& other) const {
  return name == other.name && nullable == other.nullable && metadata == other.metadata &&
         type == other.type;
}

DataType NullType() { return Simple(TypeKind::kNull); }
DataType BooleanType() { return Simple(TypeKind::kBoolean); }
DataType ByteType() { return Simple(TypeKind::kByte); }
DataType ShortType() { return Simple(TypeKind::kShort); }
DataType IntegerType() { return Simple(TypeKind::kInteger); }
DataType LongType() { return Simple(TypeKind::kLong); }
DataType FloatType() { return Simple(TypeKind::kFloat); }
DataType DoubleType() { return Simple(TypeKind::kDouble); }
DataType DecimalType(int precision, int scale) {
  return DataType{
      .kind = TypeKind::kDecimal, .precision = precision, .scale = scale, .children = nullptr};
}
DataType StringType() { return Simple(TypeKind::kString); }
DataType CharType(int length) {
  return DataType{.kind = TypeKind::kChar, .precision = length, .children = nullptr};
}
DataType VarcharType(int length) {
  return DataType{.kind = TypeKind::kVarchar, .precision = length, .children = nullptr};
}
DataType BinaryType() { return Simple(TypeKind::kBinary); }
DataType DateType() { return Simple(TypeKind::kDate); }
DataType TimestampType() { return Simple(TypeKind::kTimestamp); }
DataType TimestampNtzType() { return Simple(TypeKind::kTimestampNtz); }
DataType CalendarIntervalType() { return Simple(TypeKind::kCalendarInterval); }
DataType YearMonthIntervalType(IntervalField first, IntervalField last) {
  return DataType{.kind = TypeKind::kYearMonthInterval,
                  .precision = static_cast<int>(first),
                  .scale = static_cast<int>(last),
                  .children = nullptr};
}
DataType DayTimeIntervalType(IntervalField first, IntervalField last) {
  return DataType{.kind = TypeKind::kDayTimeInterval,
                  .precision = static_cast<int>(first),
                  .scale = static_cast<int>(last),
                  .children = nullptr};
}
DataType ArrayType(DataType element, bool contains_null) {
  return Nested(
      TypeKind::kArray,
      {{.name = "element", .type = std::move(element), .nullable = contains_null, .metadata = {}}});
}
DataType MapType(DataType key, DataType value, bool value_contains_null) {
  return Nested(TypeKind::kMap,
                {{.name = "key", .type = std::move(key), .nullable = false, .metadata = {}},
                 {.name = "value",
                  .type = std::move(value),
                  .nullable = value_contains_null,
                  .metadata = {}}});
}
DataType StructType(std::vector<StructField> fields) {
  return Nested(TypeKind::kStruct, std::move(fields));
}

bool SameType(const DataType& a, const DataType& b) {
  if (a.kind != b.kind || a.precision != b.precision || a.scale != b.scale) return false;
  if (a.children == b.children) return true;
  if (!a.children || !b.children || a.children->size() != b.children->size()) return false;
  for (size_t i = 0; i < a.children->size(); ++i) {
    if (a.kind == TypeKind::kStruct && (*a.children)[i].name != (*b.children)[i].name) return false;
    if (!SameType((*a.children)[i].type, (*b.children)[i].type)) return false;
  }
  return true;
}

DataType AsNullable(const DataType& type) {
  if (!type.children) return type;
  std::vector<StructField> children = *type.children;
  for (size_t i = 0; i < children.size(); ++i) {
    children[i].type = AsNullable(children[i].type);
    // Map keys are never null in Spark.
    children[i].nullable = !(type.kind == TypeKind::kMap && i == 0);
  }
  return Nested(type.kind, std::move(children));
}

}  // namespace ember
