#include "types/coercion.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>

namespace ember {
namespace {

using enum TypeKind;

constexpr int kMaxPrecision = 38;
constexpr int kMinAdjustedScale = 6;

// TypeCoercion.numericPrecedence, without decimal.
constexpr std::array kNumericPrecedence = {kByte, kShort, kInteger, kLong, kFloat, kDouble};

int Precedence(const DataType& type) {
  const auto it = std::find(kNumericPrecedence.begin(), kNumericPrecedence.end(), type.kind);
  return it == kNumericPrecedence.end() ? -1 : static_cast<int>(it - kNumericPrecedence.begin());
}

bool EqualNames(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

using PairRule = std::function<std::optional<DataType>(const DataType&, const DataType&)>;

bool MayBecomeNull(bool nullable_a, const DataType& a, bool nullable_b, const DataType& b,
                   const DataType& to) {
  return nullable_a || nullable_b || CastForcesNull(a, to) || CastForcesNull(b, to);
}

// TypeCoercion.findTypeForComplex.
std::optional<DataType> ComplexType(const DataType& a, const DataType& b, const PairRule& rule) {
  if (a.Is(kArray) && b.Is(kArray)) {
    const auto element = rule(a.element().type, b.element().type);
    if (!element) return std::nullopt;
    return ArrayType(*element, MayBecomeNull(a.element().nullable, a.element().type,
                                             b.element().nullable, b.element().type, *element));
  }
  if (a.Is(kMap) && b.Is(kMap)) {
    const auto key = rule(a.key().type, b.key().type);
    if (!key || CastForcesNull(a.key().type, *key) || CastForcesNull(b.key().type, *key)) {
      return std::nullopt;
    }
    const auto value = rule(a.value().type, b.value().type);
    if (!value) return std::nullopt;
    return MapType(*key, *value,
                   MayBecomeNull(a.value().nullable, a.value().type, b.value().nullable,
                                 b.value().type, *value));
  }
  if (!a.Is(kStruct) || !b.Is(kStruct) || a.fields().size() != b.fields().size()) {
    return std::nullopt;
  }
  std::vector<StructField> fields;
  for (size_t i = 0; i < a.fields().size(); ++i) {
    const StructField& x = a.fields()[i];
    const StructField& y = b.fields()[i];
    if (!EqualNames(x.name, y.name)) return std::nullopt;
    const auto type = rule(x.type, y.type);
    if (!type) return std::nullopt;
    fields.push_back({.name = x.name,
                      .type = *type,
                      .nullable = MayBecomeNull(x.nullable, x.type, y.nullable, y.type, *type),
                      .metadata = {}});
  }
  return StructType(std::move(fields));
}

// TypeCoercion.findWiderDateTimeType.
DataType WiderDatetime(const DataType& a, const DataType& b) {
  if (a.Is(kTimestamp) || b.Is(kTimestamp)) return TimestampType();
  if (a.Is(kTimestampNtz) || b.Is(kTimestampNtz)) return TimestampNtzType();
  return DateType();
}

std::optional<DataType> NumericTightest(const DataType& a, const DataType& b, bool ansi) {
  if (a.Is(kDecimal) || b.Is(kDecimal)) {
    if (a.Is(kDecimal) && b.IsIntegral() && IsWiderDecimal(a, b)) return a;
    if (b.Is(kDecimal) && a.IsIntegral() && IsWiderDecimal(b, a)) return b;
    return std::nullopt;
  }
  const DataType& wider = Precedence(a) >= Precedence(b) ? a : b;
  // AnsiTypeCoercion takes double for an integer beside a float, so that no digit is lost.
  if (ansi && wider.Is(kFloat) && a.kind != b.kind) return DoubleType();
  return wider;
}

bool IsStringForPromotion(const DataType& type) { return type.IsStringLike(); }

// TypeCoercion.stringPromotion.
std::optional<DataType> LegacyStringPromotion(const DataType& a, const DataType& b) {
  const auto promotes = [](const DataType& s, const DataType& t) {
    return IsStringForPromotion(s) && t.IsAtomic() && !t.Is(kBinary) && !t.Is(kBoolean) &&
           !t.Is(kCalendarInterval);
  };
  if (promotes(a, b) || promotes(b, a)) return StringType();
  return std::nullopt;
}

// AnsiTypeCoercion.findWiderTypeForString.
std::optional<DataType> AnsiStringPromotion(const DataType& a, const DataType& b) {
  if (!a.IsStringLike()) {
    if (!b.IsStringLike()) return std::nullopt;
    return AnsiStringPromotion(b, a);
  }
  if (b.IsStringLike()) return StringType();
  if (b.IsIntegral()) return LongType();
  if (b.IsFractional()) return DoubleType();
  if (b.IsInterval() || !b.IsAtomic()) return std::nullopt;
  return b;
}

// TypeCoercion.findWiderTypeForDecimal.
std::optional<DataType> DecimalPair(const DataType& a, const DataType& b) {
  if (!a.Is(kDecimal) && !b.Is(kDecimal)) return std::nullopt;
  if (!a.IsNumeric() || !b.IsNumeric()) return std::nullopt;
  const auto exact = [](const DataType& t) { return t.Is(kDecimal) || t.IsIntegral(); };
  if (exact(a) && exact(b)) return WiderDecimalType(DecimalForType(a), DecimalForType(b));
  return DoubleType();
}

std::optional<DataType> WiderPair(const DataType& a, const DataType& b, bool ansi,
                                  bool with_string) {
  if (auto type = TightestCommonType(a, b, ansi)) return type;
  if (auto type = DecimalPair(a, b)) return type;
  if (with_string) {
    if (auto type = ansi ? AnsiStringPromotion(a, b) : LegacyStringPromotion(a, b)) return type;
  }
  return ComplexType(a, b, [ansi, with_string](const DataType& x, const DataType& y) {
    return WiderPair(x, y, ansi, with_string);
  });
}

bool HasString(const DataType& type) {
  if (type.IsStringLike()) return true;
  return type.Is(kArray) && HasString(type.element().type);
}

std::optional<DataType> WiderOfAll(std::span<const DataType> types, bool ansi, bool with_string) {
  std::vector<DataType> ordered(types.begin(), types.end());
  // TypeCoercion.findWiderCommonType: with strings first the legacy rules become associative.
  if (!ansi && with_string) std::stable_partition(ordered.begin(), ordered.end(), HasString);
  DataType wider = NullType();
  for (const DataType& type : ordered) {
    const auto next = WiderPair(wider, type, ansi, with_string);
    if (!next) return std::nullopt;
    wider = *next;
  }
  return wider;
}

// DecimalType.adjustPrecisionScale: digits before the point are kept at the cost of the scale, down
// to six.
DataType AdjustedDecimal(int precision, int scale) {
  if (precision <= kMaxPrecision) return DecimalType(precision, scale);
  if (scale < 0) return DecimalType(kMaxPrecision, scale);
  const int integer_digits = precision - scale;
  const int minimum = std::min(scale, kMinAdjustedScale);
  return DecimalType(kMaxPrecision, std::max(kMaxPrecision - integer_digits, minimum));
}

// The units of an interval of several fields are months or seconds.
bool IsNumberWithInterval(const DataType& number, const DataType& interval) {
  return (number.IsIntegral() || number.Is(kDecimal)) &&
         (interval.Is(kYearMonthInterval) || interval.Is(kDayTimeInterval));
}

// What Cast.canCast and Cast.canAnsiCast share for atomic types.
bool CanCastAtomic(const DataType& from, const DataType& to, CastMode mode) {
  const bool legacy = mode == CastMode::kLegacy;
  if (to.IsStringLike()) return true;
  if (to.Is(kBinary)) return from.IsStringLike() || (legacy && from.IsIntegral());
  if (to.Is(kBoolean)) {
    if (from.Is(kDate) || from.Is(kTimestamp)) return legacy;
    return from.IsStringLike() || from.IsNumeric();
  }
  if (to.Is(kTimestamp)) {
    if (from.Is(kBoolean)) return legacy;
    return from.IsStringLike() || from.IsNumeric() || from.IsDatetime();
  }
  if (to.Is(kTimestampNtz)) return from.IsStringLike() || from.IsDatetime();
  if (to.Is(kDate)) return from.IsStringLike() || from.IsDatetime();
  if (to.Is(kCalendarInterval)) return from.IsStringLike() || from.Is(kCalendarInterval);
  if (to.Is(kYearMonthInterval) || to.Is(kDayTimeInterval)) {
    return from.IsStringLike() || from.kind == to.kind || IsNumberWithInterval(from, to);
  }
  if (to.IsNumeric()) {
    if (from.Is(kDate)) return legacy;
    return from.IsStringLike() || from.Is(kBoolean) || from.Is(kTimestamp) || from.IsNumeric() ||
           IsNumberWithInterval(to, from);
  }
  return false;
}

// Cast.resolvableNullability.
bool Fits(bool nullable_from, bool nullable_to) { return !nullable_from || nullable_to; }

bool CanCastInside(const StructField& from, const StructField& to, CastMode mode) {
  if (!CanCast(from.type, to.type, mode)) return false;
  // A failing try_cast of an element makes it null; Cast.canTryCast asks for the same room.
  const bool may_be_null = from.nullable || CastForcesNull(from.type, to.type);
  return Fits(may_be_null, to.nullable);
}

// Cast.canNullSafeCastToDecimal.
bool NullSafeToDecimal(const DataType& from, const DataType& to) {
  if (from.Is(kBoolean)) return IsWiderDecimal(to, DecimalType(1, 0));
  if (!from.IsNumeric()) return false;
  if (IsWiderDecimal(to, from)) return true;
  return from.Is(kDecimal) && to.precision - to.scale > from.precision - from.scale;
}

}  // namespace

std::optional<DataType> TightestCommonType(const DataType& a, const DataType& b, bool ansi) {
  if (a == b) return a;
  if (a.Is(kNull)) return b;
  if (b.Is(kNull)) return a;
  if (a.IsStringLike() && b.IsStringLike()) return StringType();
  if (a.IsNumeric() && b.IsNumeric()) return NumericTightest(a, b, ansi);
  if (a.IsDatetime() && b.IsDatetime()) return WiderDatetime(a, b);
  if (a.kind == b.kind && (a.Is(kYearMonthInterval) || a.Is(kDayTimeInterval))) {
    DataType wider = a;
    wider.precision = std::min(a.precision, b.precision);
    wider.scale = std::max(a.scale, b.scale);
    return wider;
  }
  return ComplexType(a, b, [ansi](const DataType& x, const DataType& y) {
    return TightestCommonType(x, y, ansi);
  });
}

std::optional<DataType> WiderType(const DataType& a, const DataType& b, bool ansi) {
  return WiderPair(a, b, ansi, true);
}

std::optional<DataType> WiderType(std::span<const DataType> types, bool ansi) {
  return WiderOfAll(types, ansi, true);
}

std::optional<DataType> WiderTypeWithoutString(std::span<const DataType> types, bool ansi) {
  return WiderOfAll(types, ansi, false);
}

bool CanCast(const DataType& from, const DataType& to, CastMode mode) {
  if (from == to || from.Is(kNull)) return true;
  if (to.IsStringLike()) return true;
  if (from.Is(kArray) && to.Is(kArray)) return CanCastInside(from.element(), to.element(), mode);
  if (from.Is(kMap) && to.Is(kMap)) {
    // Cast.canAnsiCast: a key that cannot be converted raises.
    const bool keeps_key =
        mode == CastMode::kAnsi || !CastForcesNull(from.key().type, to.key().type);
    return CanCast(from.key().type, to.key().type, mode) && keeps_key &&
           CanCastInside(from.value(), to.value(), mode);
  }
  if (from.Is(kStruct) && to.Is(kStruct)) {
    return std::equal(
        from.fields().begin(), from.fields().end(), to.fields().begin(), to.fields().end(),
        [mode](const StructField& x, const StructField& y) { return CanCastInside(x, y, mode); });
  }
  return CanCastAtomic(from, to, mode);
}

bool CastForcesNull(const DataType& from, const DataType& to) {
  if (from.Is(kNull) || from == to) return false;
  if (from.IsStringLike()) return !to.IsStringLike() && !to.Is(kBinary);
  if (to.IsStringLike()) return false;
  if ((from.Is(kFloat) || from.Is(kDouble)) && to.Is(kTimestamp)) return true;
  if (from.Is(kTimestamp) && to.Is(kDate)) return false;
  if (from.Is(kTimestamp) && (to.Is(kByte) || to.Is(kShort) || to.Is(kInteger))) return true;
  if (to.Is(kDate)) return true;
  if (from.Is(kDate)) return !to.Is(kTimestamp);
  if (to.Is(kCalendarInterval)) return true;
  if (to.Is(kDecimal) && !NullSafeToDecimal(from, to)) return true;
  return from.IsFractional() && to.IsIntegral();
}

bool CanUpCast(const DataType& from, const DataType& to) {
  if (from == to || from.Is(kNull)) return true;
  if (from.IsNumeric() && to.Is(kDecimal)) return IsWiderDecimal(to, from);
  if (from.Is(kDecimal) && to.IsIntegral()) {
    return from.scale <= 0 && DecimalForType(to).precision > from.precision - from.scale;
  }
  if (from.IsNumeric() && to.IsNumeric()) {
    return Precedence(from) >= 0 && Precedence(to) >= 0 && Precedence(from) <= Precedence(to);
  }
  if (from.IsDatetime() && (to.Is(kTimestamp) || to.Is(kTimestampNtz))) return true;
  if (from.Is(kTimestamp) && to.Is(kLong)) return true;
  if (from.Is(kLong) && to.Is(kTimestamp)) return true;
  if (to.IsStringLike()) return from.IsAtomic() || from.Is(kCalendarInterval);
  if (from.kind == to.kind && (from.Is(kYearMonthInterval) || from.Is(kDayTimeInterval))) {
    return true;
  }
  const auto inside = [](const StructField& x, const StructField& y) {
    return Fits(x.nullable, y.nullable) && CanUpCast(x.type, y.type);
  };
  if (from.Is(kArray) && to.Is(kArray)) return inside(from.element(), to.element());
  if (from.Is(kMap) && to.Is(kMap)) {
    return CanUpCast(from.key().type, to.key().type) && inside(from.value(), to.value());
  }
  if (from.Is(kStruct) && to.Is(kStruct)) {
    return std::equal(from.fields().begin(), from.fields().end(), to.fields().begin(),
                      to.fields().end(), inside);
  }
  return false;
}

bool IsWiderDecimal(const DataType& decimal, const DataType& type) {
  if (!type.Is(kDecimal) && !type.IsIntegral()) return false;
  const DataType other = DecimalForType(type);
  return decimal.precision - decimal.scale >= other.precision - other.scale &&
         decimal.scale >= other.scale;
}

DataType DecimalForType(const DataType& type) {
  switch (type.kind) {
    case kByte:
      return DecimalType(3, 0);
    case kShort:
      return DecimalType(5, 0);
    case kInteger:
      return DecimalType(10, 0);
    case kLong:
      return DecimalType(20, 0);
    case kFloat:
      return DecimalType(14, 7);
    case kDouble:
      return DecimalType(30, 15);
    default:  // decimal itself; others have no decimal form and stay as they are
      return type;
  }
}

DataType DecimalResultType(DecimalOperation operation, const DataType& a, const DataType& b) {
  const int p1 = a.precision, s1 = a.scale, p2 = b.precision, s2 = b.scale;
  switch (operation) {
    case DecimalOperation::kAdd:
    case DecimalOperation::kSubtract: {
      const int scale = std::max(s1, s2);
      return AdjustedDecimal(std::max(p1 - s1, p2 - s2) + scale + 1, scale);
    }
    case DecimalOperation::kMultiply:
      return AdjustedDecimal(p1 + p2 + 1, s1 + s2);
    case DecimalOperation::kDivide: {
      const int scale = std::max(kMinAdjustedScale, s1 + p2 + 1);
      return AdjustedDecimal(p1 - s1 + s2 + scale, scale);
    }
    case DecimalOperation::kRemainder:
      return AdjustedDecimal(std::min(p1 - s1, p2 - s2) + std::max(s1, s2), std::max(s1, s2));
    case DecimalOperation::kIntegralDivide:
      return DecimalType(std::clamp(p1 - s1 + s2, 1, kMaxPrecision), 0);
  }
  return a;
}

DataType WiderDecimalType(const DataType& a, const DataType& b) {
  const int scale = std::max(a.scale, b.scale);
  const int precision = std::max(a.precision - a.scale, b.precision - b.scale) + scale;
  // DecimalType.boundedPreferIntegralDigits.
  if (precision <= kMaxPrecision) return DecimalType(precision, scale);
  return DecimalType(kMaxPrecision, std::max(0, scale - (precision - kMaxPrecision)));
}

}  // namespace ember
