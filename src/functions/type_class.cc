#include "functions/registry.h"

namespace ember {

bool AcceptsType(TypeClass type_class, const DataType& type) {
  const TypeKind kind = type.kind;
  const bool is_timestamp = kind == TypeKind::kTimestamp || kind == TypeKind::kTimestampNtz;
  const bool is_map = kind == TypeKind::kMap;
  const bool is_array = kind == TypeKind::kArray;
  switch (type_class) {
    case TypeClass::kAny:
      return true;
    case TypeClass::kBoolean:
      return kind == TypeKind::kBoolean;
    case TypeClass::kByte:
      return kind == TypeKind::kByte;
    case TypeClass::kShort:
      return kind == TypeKind::kShort;
    case TypeClass::kInteger:
      return kind == TypeKind::kInteger;
    case TypeClass::kLong:
      return kind == TypeKind::kLong;
    case TypeClass::kFloat:
      return kind == TypeKind::kFloat;
    case TypeClass::kDouble:
      return kind == TypeKind::kDouble;
    case TypeClass::kDecimal:
      return kind == TypeKind::kDecimal;
    case TypeClass::kNumeric:
      return type.IsNumeric();
    case TypeClass::kIntegral:
      return type.IsIntegral();
    case TypeClass::kFractional:
      return type.IsFractional();
    case TypeClass::kString:
      return type.IsStringLike();
    case TypeClass::kBinary:
      return kind == TypeKind::kBinary;
    case TypeClass::kStringOrBinary:
      return type.IsStringLike() || kind == TypeKind::kBinary;
    case TypeClass::kDate:
      return kind == TypeKind::kDate;
    case TypeClass::kTimestamp:
      return kind == TypeKind::kTimestamp;
    case TypeClass::kAnyTimestamp:
      return is_timestamp;
    case TypeClass::kDateOrTimestamp:
      return is_timestamp || kind == TypeKind::kDate;
    case TypeClass::kInterval:
      return type.IsInterval();
    case TypeClass::kNumericOrInterval:
      return type.IsNumeric() || (type.IsInterval() && kind != TypeKind::kCalendarInterval);
    case TypeClass::kNumericOrAnyInterval:
      return type.IsNumeric() || type.IsInterval();
    case TypeClass::kDoubleOrDecimal:
      return kind == TypeKind::kDouble || kind == TypeKind::kDecimal;
    case TypeClass::kLongDecimalOrInterval:
      return kind == TypeKind::kLong || kind == TypeKind::kDecimal ||
             (type.IsInterval() && kind != TypeKind::kCalendarInterval);
    case TypeClass::kSmallInteger:
      return type.IsIntegral() && kind != TypeKind::kLong;
    case TypeClass::kStringBinaryOrArray:
      return type.IsStringLike() || kind == TypeKind::kBinary || is_array;
    case TypeClass::kStringOrStringArray:
      return type.IsStringLike() || (is_array && type.element().type.IsStringLike());
    case TypeClass::kArray:
      return is_array;
    case TypeClass::kMap:
      return is_map;
    case TypeClass::kStruct:
      return kind == TypeKind::kStruct;
    case TypeClass::kArrayOrMap:
      return is_array || is_map;
    case TypeClass::kStringOrArray:
      return type.IsStringLike() || is_array;
    // RowOrdering.isOrderable: all but maps and calendar intervals, at any depth.
    case TypeClass::kOrderable:
      if (is_map || kind == TypeKind::kCalendarInterval) return false;
      if (is_array) return AcceptsType(type_class, type.element().type);
      if (kind != TypeKind::kStruct) return true;
      for (const StructField& field : type.fields()) {
        if (!AcceptsType(type_class, field.type)) return false;
      }
      return true;
    case TypeClass::kLambda:
      return false;  // a lambda is no value
  }
  return false;
}

std::string TypeClassText(TypeClass type_class) {
  switch (type_class) {
    case TypeClass::kAny:
      return "\"ANY\"";
    case TypeClass::kBoolean:
      return "\"BOOLEAN\"";
    case TypeClass::kByte:
      return "\"TINYINT\"";
    case TypeClass::kShort:
      return "\"SMALLINT\"";
    case TypeClass::kInteger:
      return "\"INT\"";
    case TypeClass::kLong:
      return "\"BIGINT\"";
    case TypeClass::kFloat:
      return "\"FLOAT\"";
    case TypeClass::kDouble:
      return "\"DOUBLE\"";
    case TypeClass::kDecimal:
      return "\"DECIMAL\"";
    case TypeClass::kNumeric:
      return "\"NUMERIC\"";
    case TypeClass::kIntegral:
      return "\"INTEGRAL\"";
    case TypeClass::kFractional:
      return "\"FRACTIONAL\"";
    case TypeClass::kString:
      return "\"STRING\"";
    case TypeClass::kBinary:
      return "\"BINARY\"";
    case TypeClass::kStringOrBinary:
      return "(\"STRING\" or \"BINARY\")";
    case TypeClass::kDate:
      return "\"DATE\"";
    case TypeClass::kTimestamp:
      return "\"TIMESTAMP\"";
    case TypeClass::kAnyTimestamp:
      return "\"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)\"";
    case TypeClass::kDateOrTimestamp:
      return "(\"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\")";
    case TypeClass::kInterval:
      return "(\"INTERVAL\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")";
    case TypeClass::kNumericOrInterval:
      return "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")";
    case TypeClass::kNumericOrAnyInterval:
      return "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or "
             "\"INTERVAL\")";
    case TypeClass::kDoubleOrDecimal:
      return "(\"DOUBLE\" or \"DECIMAL\")";
    case TypeClass::kLongDecimalOrInterval:
      return "(\"BIGINT\" or \"DECIMAL\" or \"INTERVAL YEAR TO MONTH\" or "
             "\"INTERVAL DAY TO SECOND\")";
    case TypeClass::kSmallInteger:
      return "(\"INT\" or \"SMALLINT\" or \"TINYINT\")";
    case TypeClass::kStringBinaryOrArray:
      return "(\"STRING\" or \"BINARY\" or \"ARRAY\")";
    case TypeClass::kStringOrStringArray:
      return "(\"ARRAY<STRING>\" or \"STRING\")";
    case TypeClass::kArray:
      return "\"ARRAY\"";
    case TypeClass::kMap:
      return "\"MAP\"";
    case TypeClass::kStruct:
      return "\"STRUCT\"";
    case TypeClass::kArrayOrMap:
      return "(\"ARRAY\" or \"MAP\")";
    case TypeClass::kStringOrArray:
      return "(\"STRING\" or \"ARRAY\")";
    case TypeClass::kOrderable:
      return "\"ORDERABLE\"";
    case TypeClass::kLambda:
      return "\"LAMBDA\"";
  }
  return "\"ANY\"";
}

}  // namespace ember
