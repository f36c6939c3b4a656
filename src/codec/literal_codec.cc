#include "codec/literal_codec.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "codec/type_codec.h"

// Clients of Spark 4.0 and before use fields that the newest protocol calls deprecated.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using ProtoLiteral = proto::Expression::Literal;
using Case = ProtoLiteral::LiteralTypeCase;

constexpr int kMaxDecimalPrecision = 38;

Error BadDecimal(std::string_view text) {
  return MakeErrorWithMessage("CANNOT_PARSE_DECIMAL", {},
                              "Cannot parse a decimal literal: \"" + std::string(text) + "\".");
}

struct DecimalParts {
  Int128 unscaled = 0;
  int precision = 1;
  int scale = 0;
};

Error PrecisionTooLarge(int precision) {
  return MakeError("DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                   {{"precision", std::to_string(precision)},
                    {"maxPrecision", std::to_string(kMaxDecimalPrecision)}});
}

// java.math.BigDecimal's text: digits, point, exponent; a negative scale becomes trailing zeros.
Result<DecimalParts> ParseDecimal(std::string_view text) {
  std::string digits;
  int scale = 0;
  bool negative = false;
  bool after_point = false;
  size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) negative = text[i++] == '-';
  for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
    if (text[i] == '.' && !after_point) {
      after_point = true;
    } else if (text[i] >= '0' && text[i] <= '9') {
      digits += text[i];
      if (after_point) ++scale;
    } else {
      return BadDecimal(text);
    }
  }
  if (digits.empty()) return BadDecimal(text);
  if (i < text.size()) {
    int exponent = 0;
    const char* first = text.data() + i + 1;
    const char* last = text.data() + text.size();
    if (first != last && *first == '+') ++first;
    const auto parsed = std::from_chars(first, last, exponent);
    if (parsed.ec != std::errc() || parsed.ptr != last) return BadDecimal(text);
    if (exponent < -1000 || exponent > 1000) return PrecisionTooLarge(std::abs(exponent));
    scale -= exponent;
  }
  if (scale < 0) {
    digits.append(static_cast<size_t>(-scale), '0');
    scale = 0;
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  const int precision = std::max(static_cast<int>(digits.size()), scale);
  if (precision > kMaxDecimalPrecision) return PrecisionTooLarge(precision);
  DecimalParts parts{.unscaled = 0, .precision = precision, .scale = scale};
  for (const char digit : digits) parts.unscaled = parts.unscaled * 10 + (digit - '0');
  if (negative) parts.unscaled = -parts.unscaled;
  return parts;
}

Int128 Rescale(Int128 unscaled, int from, int to) {
  for (; from < to; ++from) unscaled *= 10;
  return unscaled;
}

Result<Literal> DecodeDecimal(const ProtoLiteral::Decimal& decimal) {
  ASSIGN_OR_RETURN(DecimalParts parts, ParseDecimal(decimal.value()));
  int precision = parts.precision;
  int scale = parts.scale;
  if (decimal.has_precision()) precision = std::max(precision, decimal.precision());
  if (decimal.has_scale()) scale = std::max(scale, decimal.scale());
  precision = std::max(precision, scale);
  const int needed = parts.precision - parts.scale + scale;
  if (std::max(precision, needed) > kMaxDecimalPrecision) {
    return PrecisionTooLarge(std::max(precision, needed));
  }
  return Literal{DecimalType(precision, scale),
                 {DecimalValue{Rescale(parts.unscaled, parts.scale, scale)}}};
}

// Elements carry their own type; only decimals may differ in scale from the container's element
// type.
Value ValueAs(Literal literal, const DataType& type) {
  if (auto* decimal = std::get_if<DecimalValue>(&literal.value.data)) {
    decimal->unscaled = Rescale(decimal->unscaled, literal.type.scale, type.scale);
  }
  return std::move(literal.value);
}

Result<Literal> DecodeArray(const ProtoLiteral& literal) {
  const auto& array = literal.array();
  DataType element;
  if (literal.has_data_type() && literal.data_type().has_array()) {
    ASSIGN_OR_RETURN(element, DecodeType(literal.data_type().array().element_type()));
  } else if (array.has_element_type()) {
    ASSIGN_OR_RETURN(element, DecodeType(array.element_type()));
  } else if (array.elements_size() > 0) {
    ASSIGN_OR_RETURN(Literal first, DecodeLiteral(array.elements(0)));
    element = first.type;
  }
  std::vector<Value> values;
  for (const auto& item : array.elements()) {
    ASSIGN_OR_RETURN(Literal value, DecodeLiteral(item));
    values.push_back(ValueAs(std::move(value), element));
  }
  return Literal{ArrayType(std::move(element), true), {std::move(values)}};
}

Result<Literal> DecodeMap(const ProtoLiteral& literal) {
  const auto& map = literal.map();
  if (map.keys_size() != map.values_size()) {
    return Unsupported("a map literal whose keys and values differ in number");
  }
  DataType key;
  DataType value;
  if (literal.has_data_type() && literal.data_type().has_map()) {
    ASSIGN_OR_RETURN(key, DecodeType(literal.data_type().map().key_type()));
    ASSIGN_OR_RETURN(value, DecodeType(literal.data_type().map().value_type()));
  } else {
    ASSIGN_OR_RETURN(key, DecodeType(map.key_type()));
    ASSIGN_OR_RETURN(value, DecodeType(map.value_type()));
  }
  std::vector<Value> entries;
  for (int i = 0; i < map.keys_size(); ++i) {
    ASSIGN_OR_RETURN(Literal k, DecodeLiteral(map.keys(i)));
    ASSIGN_OR_RETURN(Literal v, DecodeLiteral(map.values(i)));
    entries.push_back(ValueAs(std::move(k), key));
    entries.push_back(ValueAs(std::move(v), value));
  }
  return Literal{MapType(std::move(key), std::move(value), true), {std::move(entries)}};
}

Result<Literal> DecodeStruct(const ProtoLiteral& literal) {
  const auto& type_proto =
      literal.has_data_type() ? literal.data_type() : literal.struct_().struct_type();
  ASSIGN_OR_RETURN(DataType type, DecodeType(type_proto));
  const auto& elements = literal.struct_().elements();
  if (!type.Is(TypeKind::kStruct) ||
      static_cast<int>(type.fields().size()) != literal.struct_().elements_size()) {
    return Unsupported("a struct literal whose values do not fit its type");
  }
  std::vector<Value> values;
  for (int i = 0; i < elements.size(); ++i) {
    ASSIGN_OR_RETURN(Literal value, DecodeLiteral(elements.Get(i)));
    values.push_back(ValueAs(std::move(value), type.fields()[i].type));
  }
  return Literal{std::move(type), {std::move(values)}};
}

template <typename Wire, typename Values>
std::vector<Value> ListOf(const Values& values) {
  std::vector<Value> out;
  out.reserve(values.size());
  for (const auto& value : values) out.push_back({static_cast<Wire>(value)});
  return out;
}

Result<Literal> DecodeSpecializedArray(const ProtoLiteral::SpecializedArray& array) {
  using List = ProtoLiteral::SpecializedArray;
  switch (array.value_type_case()) {
    case List::kBools:
      return Literal{ArrayType(BooleanType(), true), {ListOf<bool>(array.bools().values())}};
    case List::kInts:
      return Literal{ArrayType(IntegerType(), true), {ListOf<int64_t>(array.ints().values())}};
    case List::kLongs:
      return Literal{ArrayType(LongType(), true), {ListOf<int64_t>(array.longs().values())}};
    case List::kFloats:
      return Literal{ArrayType(FloatType(), true), {ListOf<double>(array.floats().values())}};
    case List::kDoubles:
      return Literal{ArrayType(DoubleType(), true), {ListOf<double>(array.doubles().values())}};
    case List::kStrings:
      return Literal{ArrayType(StringType(), true),
                     {ListOf<std::string>(array.strings().values())}};
    case List::VALUE_TYPE_NOT_SET:
      break;
  }
  return Unsupported("a specialized array literal without a value type");
}

Status EncodeValue(const DataType& type, const Value& value, ProtoLiteral* out);

Status EncodeNested(const DataType& type, const std::vector<Value>& items, ProtoLiteral* out) {
  if (type.Is(TypeKind::kArray)) {
    EncodeType(type.element().type, out->mutable_array()->mutable_element_type());
    for (const Value& item : items) {
      RETURN_IF_ERROR(EncodeValue(type.element().type, item, out->mutable_array()->add_elements()));
    }
  } else if (type.Is(TypeKind::kMap)) {
    EncodeType(type.key().type, out->mutable_map()->mutable_key_type());
    EncodeType(type.value().type, out->mutable_map()->mutable_value_type());
    for (size_t i = 0; i + 1 < items.size(); i += 2) {
      RETURN_IF_ERROR(EncodeValue(type.key().type, items[i], out->mutable_map()->add_keys()));
      RETURN_IF_ERROR(
          EncodeValue(type.value().type, items[i + 1], out->mutable_map()->add_values()));
    }
  } else if (type.Is(TypeKind::kStruct)) {
    EncodeType(type, out->mutable_struct_()->mutable_struct_type());
    for (size_t i = 0; i < items.size(); ++i) {
      RETURN_IF_ERROR(
          EncodeValue(type.fields()[i].type, items[i], out->mutable_struct_()->add_elements()));
    }
  } else {
    return InternalError("a nested value of type " + SimpleString(type));
  }
  return {};
}

void EncodeInteger(TypeKind kind, int64_t value, ProtoLiteral* out) {
  const auto narrow = static_cast<int32_t>(value);
  if (kind == TypeKind::kByte) return out->set_byte(narrow);
  if (kind == TypeKind::kShort) return out->set_short_(narrow);
  if (kind == TypeKind::kInteger) return out->set_integer(narrow);
  if (kind == TypeKind::kDate) return out->set_date(narrow);
  if (kind == TypeKind::kTimestamp) return out->set_timestamp(value);
  if (kind == TypeKind::kTimestampNtz) return out->set_timestamp_ntz(value);
  if (kind == TypeKind::kYearMonthInterval) return out->set_year_month_interval(narrow);
  if (kind == TypeKind::kDayTimeInterval) return out->set_day_time_interval(value);
  out->set_long_(value);
}

Status EncodeValue(const DataType& type, const Value& value, ProtoLiteral* out) {
  if (value.is_null()) {
    EncodeType(type, out->mutable_null());
  } else if (const auto* boolean = std::get_if<bool>(&value.data)) {
    out->set_boolean(*boolean);
  } else if (const auto* integer = std::get_if<int64_t>(&value.data)) {
    EncodeInteger(type.kind, *integer, out);
  } else if (const auto* number = std::get_if<double>(&value.data)) {
    if (type.Is(TypeKind::kFloat)) {
      out->set_float_(static_cast<float>(*number));
    } else {
      out->set_double_(*number);
    }
  } else if (const auto* decimal = std::get_if<DecimalValue>(&value.data)) {
    out->mutable_decimal()->set_value(DecimalText(decimal->unscaled, type.scale));
    out->mutable_decimal()->set_precision(type.precision);
    out->mutable_decimal()->set_scale(type.scale);
  } else if (const auto* text = std::get_if<std::string>(&value.data)) {
    if (type.Is(TypeKind::kBinary)) {
      out->set_binary(*text);
    } else {
      out->set_string(*text);
    }
  } else if (const auto* interval = std::get_if<CalendarIntervalValue>(&value.data)) {
    out->mutable_calendar_interval()->set_months(interval->months);
    out->mutable_calendar_interval()->set_days(interval->days);
    out->mutable_calendar_interval()->set_microseconds(interval->microseconds);
  } else {
    return EncodeNested(type, std::get<std::vector<Value>>(value.data), out);
  }
  return {};
}

Literal Integral(DataType type, int64_t value) { return {std::move(type), {value}}; }

Literal DecodeCalendarInterval(const ProtoLiteral::CalendarInterval& interval) {
  return {CalendarIntervalType(),
          {CalendarIntervalValue{interval.months(), interval.days(), interval.microseconds()}}};
}

// The interval's own bounds where the client states them (4.1 and later).
Result<DataType> IntervalTypeOf(const ProtoLiteral& literal, DataType otherwise) {
  if (!literal.has_data_type()) return otherwise;
  return DecodeType(literal.data_type());
}

}  // namespace

Result<Literal> DecodeLiteral(const ProtoLiteral& literal) {
  switch (literal.literal_type_case()) {
    case Case::kNull: {
      ASSIGN_OR_RETURN(DataType type, DecodeType(literal.null()));
      return Literal{std::move(type), {}};
    }
    case Case::kBinary:
      return Literal{BinaryType(), {literal.binary()}};
    case Case::kBoolean:
      return Literal{BooleanType(), {literal.boolean()}};
    case Case::kByte:
      return Integral(ByteType(), literal.byte());
    case Case::kShort:
      return Integral(ShortType(), literal.short_());
    case Case::kInteger:
      return Integral(IntegerType(), literal.integer());
    case Case::kLong:
      return Integral(LongType(), literal.long_());
    case Case::kFloat:
      return Literal{FloatType(), {static_cast<double>(literal.float_())}};
    case Case::kDouble:
      return Literal{DoubleType(), {literal.double_()}};
    case Case::kDecimal:
      return DecodeDecimal(literal.decimal());
    case Case::kString:
      return Literal{StringType(), {literal.string()}};
    case Case::kDate:
      return Integral(DateType(), literal.date());
    case Case::kTimestamp:
      return Integral(TimestampType(), literal.timestamp());
    case Case::kTimestampNtz:
      return Integral(TimestampNtzType(), literal.timestamp_ntz());
    case Case::kCalendarInterval:
      return DecodeCalendarInterval(literal.calendar_interval());
    case Case::kYearMonthInterval: {
      ASSIGN_OR_RETURN(DataType type, IntervalTypeOf(literal, YearMonthIntervalType()));
      return Integral(std::move(type), literal.year_month_interval());
    }
    case Case::kDayTimeInterval: {
      ASSIGN_OR_RETURN(DataType type, IntervalTypeOf(literal, DayTimeIntervalType()));
      return Integral(std::move(type), literal.day_time_interval());
    }
    case Case::kArray:
      return DecodeArray(literal);
    case Case::kMap:
      return DecodeMap(literal);
    case Case::kStruct:
      return DecodeStruct(literal);
    case Case::kSpecializedArray:
      return DecodeSpecializedArray(literal.specialized_array());
    case Case::kTime:
      return Unsupported("type TIME");
    case Case::LITERAL_TYPE_NOT_SET:
      break;
  }
  return Unsupported("a Spark Connect literal that this version does not know");
}

Status EncodeLiteral(const Literal& literal, ProtoLiteral* out) {
  return EncodeValue(literal.type, literal.value, out);
}

}  // namespace ember
