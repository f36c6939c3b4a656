#include "codec/type_codec.h"

#include <utility>

#include "spark/connect/types.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using Kind = proto::DataType::KindCase;

Result<DataType> DecodeString(const proto::DataType::String& type) {
  const std::string& collation = type.collation();
  if (!collation.empty() && collation != "UTF8_BINARY") {
    return Unsupported("string collation " + collation);
  }
  return StringType();
}

Result<DataType> DecodeStruct(const proto::DataType::Struct& type) {
  std::vector<StructField> fields;
  fields.reserve(type.fields_size());
  for (const auto& field : type.fields()) {
    ASSIGN_OR_RETURN(DataType field_type, DecodeType(field.data_type()));
    std::string metadata = field.metadata();
    if (metadata == "{}") metadata.clear();
    fields.push_back({.name = field.name(),
                      .type = std::move(field_type),
                      .nullable = field.nullable(),
                      .metadata = std::move(metadata)});
  }
  return StructType(std::move(fields));
}

Result<DataType> DecodeMap(const proto::DataType::Map& type) {
  ASSIGN_OR_RETURN(DataType key, DecodeType(type.key_type()));
  ASSIGN_OR_RETURN(DataType value, DecodeType(type.value_type()));
  return MapType(std::move(key), std::move(value), type.value_contains_null());
}

// DecimalType's user default where a client leaves precision and scale out.
DataType DecodeDecimal(const proto::DataType::Decimal& type) {
  return DecimalType(type.has_precision() ? type.precision() : 10,
                     type.has_scale() ? type.scale() : 0);
}

template <typename Interval>
std::pair<IntervalField, IntervalField> Bounds(const Interval& type, IntervalField first,
                                               IntervalField last) {
  if (type.has_start_field()) {
    first = last = static_cast<IntervalField>(type.start_field());
  }
  if (type.has_end_field()) last = static_cast<IntervalField>(type.end_field());
  return {first, last};
}

}  // namespace

Result<DataType> DecodeType(const proto::DataType& type) {
  switch (type.kind_case()) {
    case Kind::kNull:
      return NullType();
    case Kind::kBinary:
      return BinaryType();
    case Kind::kBoolean:
      return BooleanType();
    case Kind::kByte:
      return ByteType();
    case Kind::kShort:
      return ShortType();
    case Kind::kInteger:
      return IntegerType();
    case Kind::kLong:
      return LongType();
    case Kind::kFloat:
      return FloatType();
    case Kind::kDouble:
      return DoubleType();
    case Kind::kDecimal:
      return DecodeDecimal(type.decimal());
    case Kind::kString:
      return DecodeString(type.string());
    case Kind::kChar:
      return CharType(type.char_().length());
    case Kind::kVarChar:
      return VarcharType(type.var_char().length());
    case Kind::kDate:
      return DateType();
    case Kind::kTimestamp:
      return TimestampType();
    case Kind::kTimestampNtz:
      return TimestampNtzType();
    case Kind::kCalendarInterval:
      return CalendarIntervalType();
    case Kind::kYearMonthInterval: {
      const auto [first, last] =
          Bounds(type.year_month_interval(), IntervalField::kYear, IntervalField::kMonth);
      return YearMonthIntervalType(first, last);
    }
    case Kind::kDayTimeInterval: {
      const auto [first, last] =
          Bounds(type.day_time_interval(), IntervalField::kDay, IntervalField::kSecond);
      return DayTimeIntervalType(first, last);
    }
    case Kind::kArray: {
      ASSIGN_OR_RETURN(DataType element, DecodeType(type.array().element_type()));
      return ArrayType(std::move(element), type.array().contains_null());
    }
    case Kind::kStruct:
      return DecodeStruct(type.struct_());
    case Kind::kMap:
      return DecodeMap(type.map());
    case Kind::kUnparsed:
      return ParseDataType(type.unparsed().data_type_string());
    case Kind::kVariant:
      return Unsupported("type VARIANT");
    case Kind::kUdt:
      return Unsupported("user-defined types");
    case Kind::kGeometry:
      return Unsupported("type GEOMETRY");
    case Kind::kGeography:
      return Unsupported("type GEOGRAPHY");
    case Kind::kTime:
      return Unsupported("type TIME");
    case Kind::KIND_NOT_SET:
      return Unsupported("a Spark Connect data type that this version does not know");
  }
  return Unsupported("a Spark Connect data type that this version does not know");
}

void EncodeType(const DataType& type, proto::DataType* out) {
  switch (type.kind) {
    case TypeKind::kNull:
      out->mutable_null();
      return;
    case TypeKind::kBoolean:
      out->mutable_boolean();
      return;
    case TypeKind::kByte:
      out->mutable_byte();
      return;
    case TypeKind::kShort:
      out->mutable_short_();
      return;
    case TypeKind::kInteger:
      out->mutable_integer();
      return;
    case TypeKind::kLong:
      out->mutable_long_();
      return;
    case TypeKind::kFloat:
      out->mutable_float_();
      return;
    case TypeKind::kDouble:
      out->mutable_double_();
      return;
    case TypeKind::kDecimal:
      out->mutable_decimal()->set_precision(type.precision);
      out->mutable_decimal()->set_scale(type.scale);
      return;
    case TypeKind::kString:
      out->mutable_string()->set_collation("UTF8_BINARY");
      return;
    case TypeKind::kChar:
      out->mutable_char_()->set_length(type.precision);
      return;
    case TypeKind::kVarchar:
      out->mutable_var_char()->set_length(type.precision);
      return;
    case TypeKind::kBinary:
      out->mutable_binary();
      return;
    case TypeKind::kDate:
      out->mutable_date();
      return;
    case TypeKind::kTimestamp:
      out->mutable_timestamp();
      return;
    case TypeKind::kTimestampNtz:
      out->mutable_timestamp_ntz();
      return;
    case TypeKind::kCalendarInterval:
      out->mutable_calendar_interval();
      return;
    case TypeKind::kYearMonthInterval:
      out->mutable_year_month_interval()->set_start_field(type.precision);
      out->mutable_year_month_interval()->set_end_field(type.scale);
      return;
    case TypeKind::kDayTimeInterval:
      out->mutable_day_time_interval()->set_start_field(type.precision);
      out->mutable_day_time_interval()->set_end_field(type.scale);
      return;
    case TypeKind::kArray:
      EncodeType(type.element().type, out->mutable_array()->mutable_element_type());
      out->mutable_array()->set_contains_null(type.element().nullable);
      return;
    case TypeKind::kMap:
      EncodeType(type.key().type, out->mutable_map()->mutable_key_type());
      EncodeType(type.value().type, out->mutable_map()->mutable_value_type());
      out->mutable_map()->set_value_contains_null(type.value().nullable);
      return;
    case TypeKind::kStruct:
      EncodeSchema(type.fields(), out);
      return;
  }
}

Result<Schema> DecodeSchema(const proto::DataType& type) {
  ASSIGN_OR_RETURN(DataType decoded, DecodeType(type));
  if (!decoded.Is(TypeKind::kStruct)) {
    return MakeError("INVALID_SCHEMA.NON_STRUCT_TYPE",
                     {{"inputSchema", QuoteExpression(SqlText(decoded))},
                      {"dataType", "\"" + SqlText(decoded) + "\""}});
  }
  return decoded.fields();
}

void EncodeSchema(const Schema& schema, proto::DataType* out) {
  auto* fields = out->mutable_struct_();
  for (const StructField& field : schema) {
    auto* encoded = fields->add_fields();
    encoded->set_name(field.name);
    encoded->set_nullable(field.nullable);
    if (!field.metadata.empty()) encoded->set_metadata(field.metadata);
    EncodeType(field.type, encoded->mutable_data_type());
  }
}

Result<Schema> ParseSchemaText(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{') return ParseDdlSchema(text);
  ASSIGN_OR_RETURN(DataType type, ParseTypeJson(text));
  if (!type.Is(TypeKind::kStruct)) {
    return MakeError("INVALID_SCHEMA.NON_STRUCT_TYPE", {{"inputSchema", QuoteExpression(text)},
                                                        {"dataType", "\"" + SqlText(type) + "\""}});
  }
  return type.fields();
}

}  // namespace ember
