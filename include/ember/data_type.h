#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <ember/result.h>

namespace ember {

enum class TypeKind {
  kNull,  // Spark's VOID
  kBoolean,
  kByte,
  kShort,
  kInteger,
  kLong,
  kFloat,
  kDouble,
  kDecimal,
  kString,
  kChar,
  kVarchar,
  kBinary,
  kDate,
  kTimestamp,     // an instant (LTZ)
  kTimestampNtz,  // a wall clock without a zone
  kCalendarInterval,
  kYearMonthInterval,
  kDayTimeInterval,
  kArray,
  kMap,
  kStruct,
};

struct StructField;

/// Bounds of an interval type, in Spark's order. Year-month uses kYear, kMonth; day-time the
/// others.
enum class IntervalField { kYear = 0, kMonth = 1, kDay = 0, kHour = 1, kMinute = 2, kSecond = 3 };

/// A Spark SQL data type: a value, cheap to copy (nested types share their children).
/// Children: array = [element], map = [key, value], struct = its fields; a child's `nullable` is
/// Spark's containsNull / valueContainsNull.
struct DataType {
  TypeKind kind = TypeKind::kNull;
  int precision = 0;  // decimal precision; char/varchar length; first field of an interval
  int scale = 0;      // decimal scale; last field of an interval
  std::shared_ptr<const std::vector<StructField>> children;

  const StructField& element() const;
  const StructField& key() const;
  const StructField& value() const;
  const std::vector<StructField>& fields() const;

  bool Is(TypeKind k) const { return kind == k; }
  bool IsNumeric() const;     // byte … decimal
  bool IsIntegral() const;    // byte … long
  bool IsFractional() const;  // float, double, decimal
  bool IsStringLike() const;  // string, char, varchar
  bool IsDatetime() const;    // date, timestamp, timestamp_ntz
  bool IsInterval() const;
  bool IsAtomic() const;  // neither nested nor null
  /// Equal in everything, nullability of children and field metadata included.
  bool operator==(const DataType& other) const;
};

struct StructField {
  std::string name;
  DataType type;
  bool nullable = true;
  std::string metadata;  // JSON object text, empty for none
  bool operator==(const StructField& other) const;
};

using Schema = std::vector<StructField>;

DataType NullType();
DataType BooleanType();
DataType ByteType();
DataType ShortType();
DataType IntegerType();
DataType LongType();
DataType FloatType();
DataType DoubleType();
DataType DecimalType(int precision, int scale);
DataType StringType();
DataType CharType(int length);
DataType VarcharType(int length);
DataType BinaryType();
DataType DateType();
DataType TimestampType();
DataType TimestampNtzType();
DataType CalendarIntervalType();
DataType YearMonthIntervalType(IntervalField first = IntervalField::kYear,
                               IntervalField last = IntervalField::kMonth);
DataType DayTimeIntervalType(IntervalField first = IntervalField::kDay,
                             IntervalField last = IntervalField::kSecond);
DataType ArrayType(DataType element, bool contains_null);
DataType MapType(DataType key, DataType value, bool value_contains_null);
DataType StructType(std::vector<StructField> fields);

/// Equal but for nullability, at any depth (and field metadata). Field names compare
/// case-sensitively.
bool SameType(const DataType& a, const DataType& b);
/// The same type with every child nullable (what file sources give).
DataType AsNullable(const DataType& type);

/// "bigint", "decimal(10,2)", "struct<a:int,b:array<string>>": DataType.simpleString.
std::string SimpleString(const DataType& type);
/// "BIGINT", "DECIMAL(10,2)", "STRUCT<a: INT NOT NULL>": DataType.sql, as in error messages.
std::string SqlText(const DataType& type);
/// DataType.json, e.g. "\"long\"" or the object of a struct.
std::string TypeJson(const DataType& type);
std::string SchemaJson(const Schema& schema);
/// The inverse of TypeJson.
Result<DataType> ParseTypeJson(std::string_view json);
/// Spark's DDL: "a INT, b STRING NOT NULL" (also one bare type gives a struct of `value`); and one
/// data type.
Result<Schema> ParseDdlSchema(std::string_view ddl);
Result<DataType> ParseDataType(std::string_view ddl);
/// StructType.toDDL.
std::string SchemaDdl(const Schema& schema);
/// df.printSchema's text; `level` < 0 means all levels.
std::string TreeString(const Schema& schema, int level = -1);

}  // namespace ember
