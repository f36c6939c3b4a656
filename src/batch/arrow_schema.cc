// Spark types ↔ Arrow types, as Spark's ArrowUtils has them.
#include <fmt/format.h>

#include <nanoarrow/nanoarrow.h>

#include "batch/batch.h"

namespace ember {
namespace {

Status Check(ArrowErrorCode code, std::string_view what) {
  if (code == NANOARROW_OK) return {};
  return InternalError(fmt::format("Arrow: {} failed with code {}", what, code));
}

Result<ArrowType> PrimitiveArrowType(const DataType& type) {
  switch (type.kind) {
    case TypeKind::kNull:
      return NANOARROW_TYPE_NA;
    case TypeKind::kBoolean:
      return NANOARROW_TYPE_BOOL;
    case TypeKind::kByte:
      return NANOARROW_TYPE_INT8;
    case TypeKind::kShort:
      return NANOARROW_TYPE_INT16;
    case TypeKind::kInteger:
      return NANOARROW_TYPE_INT32;
    case TypeKind::kLong:
      return NANOARROW_TYPE_INT64;
    case TypeKind::kFloat:
      return NANOARROW_TYPE_FLOAT;
    case TypeKind::kDouble:
      return NANOARROW_TYPE_DOUBLE;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return NANOARROW_TYPE_STRING;
    case TypeKind::kBinary:
      return NANOARROW_TYPE_BINARY;
    case TypeKind::kDate:
      return NANOARROW_TYPE_DATE32;
    case TypeKind::kYearMonthInterval:
      return NANOARROW_TYPE_INTERVAL_MONTHS;
    case TypeKind::kCalendarInterval:
      return NANOARROW_TYPE_INTERVAL_MONTH_DAY_NANO;
    case TypeKind::kDecimal:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
    case TypeKind::kDayTimeInterval:
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      break;
  }
  return InternalError(fmt::format("no plain Arrow type for {}", SimpleString(type)));
}

Status SetField(const StructField& field, std::string_view zone, ArrowSchema* out);

Status SetNested(const DataType& type, std::string_view zone, ArrowSchema* out) {
  switch (type.kind) {
    case TypeKind::kArray:
      RETURN_IF_ERROR(Check(ArrowSchemaSetType(out, NANOARROW_TYPE_LIST), "list type"));
      return SetField(type.element(), zone, out->children[0]);
    case TypeKind::kMap: {
      RETURN_IF_ERROR(Check(ArrowSchemaSetType(out, NANOARROW_TYPE_MAP), "map type"));
      RETURN_IF_ERROR(SetField(type.key(), zone, out->children[0]->children[0]));
      return SetField(type.value(), zone, out->children[0]->children[1]);
    }
    default: {
      const auto count = static_cast<int64_t>(type.fields().size());
      RETURN_IF_ERROR(Check(ArrowSchemaSetTypeStruct(out, count), "struct type"));
      for (int64_t i = 0; i < count; ++i) {
        RETURN_IF_ERROR(SetField(type.fields()[static_cast<size_t>(i)], zone, out->children[i]));
      }
      return {};
    }
  }
}

Status SetType(const DataType& type, std::string_view zone, ArrowSchema* out) {
  switch (type.kind) {
    case TypeKind::kDecimal:
      return Check(
          ArrowSchemaSetTypeDecimal(out, NANOARROW_TYPE_DECIMAL128, type.precision, type.scale),
          "decimal type");
    case TypeKind::kTimestamp:
      return Check(ArrowSchemaSetTypeDateTime(out, NANOARROW_TYPE_TIMESTAMP,
                                              NANOARROW_TIME_UNIT_MICRO, std::string(zone).c_str()),
                   "timestamp type");
    case TypeKind::kTimestampNtz:
      return Check(ArrowSchemaSetTypeDateTime(out, NANOARROW_TYPE_TIMESTAMP,
                                              NANOARROW_TIME_UNIT_MICRO, nullptr),
                   "timestamp type");
    case TypeKind::kDayTimeInterval:
      return Check(ArrowSchemaSetTypeDateTime(out, NANOARROW_TYPE_DURATION,
                                              NANOARROW_TIME_UNIT_MICRO, nullptr),
                   "duration type");
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      return SetNested(type, zone, out);
    default: {
      ASSIGN_OR_RETURN(const ArrowType arrow, PrimitiveArrowType(type));
      return Check(ArrowSchemaSetType(out, arrow), "type");
    }
  }
}

Status SetField(const StructField& field, std::string_view zone, ArrowSchema* out) {
  RETURN_IF_ERROR(SetType(field.type, zone, out));
  RETURN_IF_ERROR(Check(ArrowSchemaSetName(out, field.name.c_str()), "field name"));
  if (field.nullable) {
    out->flags |= ARROW_FLAG_NULLABLE;
  } else {
    out->flags &= ~ARROW_FLAG_NULLABLE;
  }
  return {};
}

Result<StructField> FieldFromArrow(const ArrowSchema& schema);

Result<DataType> NestedFromArrow(const ArrowSchema& schema, ArrowType type) {
  if (type == NANOARROW_TYPE_STRUCT) {
    std::vector<StructField> fields;
    for (int64_t i = 0; i < schema.n_children; ++i) {
      ASSIGN_OR_RETURN(StructField field, FieldFromArrow(*schema.children[i]));
      fields.push_back(std::move(field));
    }
    return StructType(std::move(fields));
  }
  if (type == NANOARROW_TYPE_MAP) {
    ASSIGN_OR_RETURN(StructField key, FieldFromArrow(*schema.children[0]->children[0]));
    ASSIGN_OR_RETURN(StructField value, FieldFromArrow(*schema.children[0]->children[1]));
    return MapType(std::move(key.type), std::move(value.type), value.nullable);
  }
  ASSIGN_OR_RETURN(StructField element, FieldFromArrow(*schema.children[0]));
  return ArrayType(std::move(element.type), element.nullable);
}

Result<DataType> TypeFromArrow(const ArrowSchema& schema) {
  ArrowSchemaView view;
  ArrowError error;
  if (ArrowSchemaViewInit(&view, &schema, &error) != NANOARROW_OK) {
    return InvalidInput(fmt::format("Arrow schema cannot be read: {}", ArrowErrorMessage(&error)));
  }
  switch (view.type) {
    case NANOARROW_TYPE_NA:
      return NullType();
    case NANOARROW_TYPE_BOOL:
      return BooleanType();
    case NANOARROW_TYPE_INT8:
      return ByteType();
    case NANOARROW_TYPE_INT16:
      return ShortType();
    case NANOARROW_TYPE_INT32:
      return IntegerType();
    case NANOARROW_TYPE_INT64:
      return LongType();
    case NANOARROW_TYPE_FLOAT:
      return FloatType();
    case NANOARROW_TYPE_DOUBLE:
      return DoubleType();
    case NANOARROW_TYPE_DECIMAL128:
      return DecimalType(view.decimal_precision, view.decimal_scale);
    case NANOARROW_TYPE_STRING:
    case NANOARROW_TYPE_LARGE_STRING:
      return StringType();
    case NANOARROW_TYPE_BINARY:
    case NANOARROW_TYPE_LARGE_BINARY:
    case NANOARROW_TYPE_FIXED_SIZE_BINARY:
      return BinaryType();
    case NANOARROW_TYPE_DATE32:
      return DateType();
    case NANOARROW_TYPE_TIMESTAMP:
      return view.timezone != nullptr && view.timezone[0] != '\0' ? TimestampType()
                                                                  : TimestampNtzType();
    case NANOARROW_TYPE_DURATION:
      return DayTimeIntervalType();
    case NANOARROW_TYPE_INTERVAL_MONTHS:
      return YearMonthIntervalType();
    case NANOARROW_TYPE_INTERVAL_MONTH_DAY_NANO:
      return CalendarIntervalType();
    case NANOARROW_TYPE_LIST:
    case NANOARROW_TYPE_LARGE_LIST:
    case NANOARROW_TYPE_FIXED_SIZE_LIST:
    case NANOARROW_TYPE_MAP:
    case NANOARROW_TYPE_STRUCT:
      return NestedFromArrow(schema, view.type);
    default:
      return Unsupported(fmt::format("Arrow type {}", ArrowTypeString(view.type)));
  }
}

Result<StructField> FieldFromArrow(const ArrowSchema& schema) {
  StructField field;
  field.name = schema.name == nullptr ? "" : schema.name;
  ASSIGN_OR_RETURN(field.type, TypeFromArrow(schema));
  field.nullable = (schema.flags & ARROW_FLAG_NULLABLE) != 0;
  return field;
}

}  // namespace

Status ToArrowSchema(const Schema& schema, std::string_view zone, ArrowSchema* out) {
  ArrowSchemaInit(out);
  auto status = SetNested(StructType(schema), zone, out);
  if (!status.ok()) ArrowSchemaRelease(out);
  return status;
}

Result<Schema> FromArrowSchema(const ArrowSchema& schema) {
  ASSIGN_OR_RETURN(DataType type, TypeFromArrow(schema));
  if (type.kind != TypeKind::kStruct) return InvalidInput("Arrow schema is not a struct");
  return type.fields();
}

}  // namespace ember
