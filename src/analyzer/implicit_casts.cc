#include "analyzer/implicit_casts.h"

#include <algorithm>
#include <cstdlib>

namespace ember {
namespace {

using enum TypeKind;

bool IsFloating(const DataType& type) { return type.Is(kFloat) || type.Is(kDouble); }

// The concrete types and abstract classes a TypeCollection holds, in Spark's order.
std::vector<TypeClass> Alternatives(TypeClass target) {
  switch (target) {
    case TypeClass::kStringOrBinary:
      return {TypeClass::kString, TypeClass::kBinary};
    case TypeClass::kDateOrTimestamp:
      return {TypeClass::kDate, TypeClass::kTimestamp};
    case TypeClass::kStringOrArray:
      return {TypeClass::kString, TypeClass::kArray};
    case TypeClass::kArrayOrMap:
      return {TypeClass::kArray, TypeClass::kMap};
    case TypeClass::kNumericOrInterval:
    case TypeClass::kNumericOrAnyInterval:
      return {TypeClass::kNumeric};
    case TypeClass::kDoubleOrDecimal:
      return {TypeClass::kDouble, TypeClass::kDecimal};
    case TypeClass::kLongDecimalOrInterval:
      return {TypeClass::kLong, TypeClass::kDecimal};
    case TypeClass::kSmallInteger:
      return {TypeClass::kInteger, TypeClass::kShort, TypeClass::kByte};
    case TypeClass::kStringBinaryOrArray:
      return {TypeClass::kString, TypeClass::kBinary, TypeClass::kArray};
    case TypeClass::kStringOrStringArray:
      return {TypeClass::kString};
    default:  // every other class is one type or one abstract class
      return {target};
  }
}

// AbstractDataType.defaultConcreteType.
DataType ConcreteType(TypeClass target) {
  switch (target) {
    case TypeClass::kAny:
    case TypeClass::kOrderable:
    case TypeClass::kLambda:
      return NullType();
    case TypeClass::kBoolean:
      return BooleanType();
    case TypeClass::kByte:
      return ByteType();
    case TypeClass::kShort:
      return ShortType();
    case TypeClass::kInteger:
    case TypeClass::kIntegral:
      return IntegerType();
    case TypeClass::kLong:
      return LongType();
    case TypeClass::kFloat:
      return FloatType();
    case TypeClass::kDouble:
    case TypeClass::kNumeric:
    case TypeClass::kFractional:
    case TypeClass::kNumericOrInterval:
    case TypeClass::kNumericOrAnyInterval:
    case TypeClass::kDoubleOrDecimal:
      return DoubleType();
    case TypeClass::kSmallInteger:
      return IntegerType();
    case TypeClass::kLongDecimalOrInterval:
      return LongType();
    case TypeClass::kDecimal:
      return DecimalType(38, 18);
    case TypeClass::kString:
    case TypeClass::kStringOrBinary:
    case TypeClass::kStringOrArray:
    case TypeClass::kStringBinaryOrArray:
    case TypeClass::kStringOrStringArray:
      return StringType();
    case TypeClass::kBinary:
      return BinaryType();
    case TypeClass::kDate:
    case TypeClass::kDateOrTimestamp:
      return DateType();
    case TypeClass::kTimestamp:
    case TypeClass::kAnyTimestamp:
      return TimestampType();
    case TypeClass::kInterval:
      return DayTimeIntervalType();
    case TypeClass::kArray:
    case TypeClass::kArrayOrMap:
      return ArrayType(NullType(), true);
    case TypeClass::kMap:
      return MapType(NullType(), NullType(), true);
    case TypeClass::kStruct:
      return StructType({});
  }
  return NullType();
}

bool IsConcreteNumeric(TypeClass target) {
  switch (target) {
    case TypeClass::kByte:
    case TypeClass::kShort:
    case TypeClass::kInteger:
    case TypeClass::kLong:
    case TypeClass::kFloat:
    case TypeClass::kDouble:
      return true;
    default:
      return false;
  }
}

bool IsDatetimeTarget(TypeClass target) {
  return target == TypeClass::kDate || target == TypeClass::kTimestamp ||
         target == TypeClass::kAnyTimestamp;
}

std::optional<DataType> LegacyCast(const DataType& type, TypeClass target) {
  if (type.IsStringLike()) {
    if (target == TypeClass::kNumeric || target == TypeClass::kDecimal ||
        target == TypeClass::kBinary || IsConcreteNumeric(target) || IsDatetimeTarget(target)) {
      return ConcreteType(target);
    }
    return std::nullopt;
  }
  if (type.IsNumeric() && target == TypeClass::kDecimal) return DecimalForType(type);
  if (type.IsNumeric() && IsConcreteNumeric(target)) return ConcreteType(target);
  if (type.IsDatetime() && IsDatetimeTarget(target)) return ConcreteType(target);
  const bool is_atomic = type.IsAtomic() && !type.Is(kCalendarInterval);
  if (is_atomic && target == TypeClass::kString) return StringType();
  return std::nullopt;
}

// Cast.canANSIStoreAssign for the atomic types that a class names.
std::optional<DataType> AnsiCast(const DataType& type, TypeClass target) {
  if (type.IsNumeric() && target == TypeClass::kDecimal) return DecimalForType(type);
  if (type.IsStringLike()) {
    if (target == TypeClass::kNumeric || target == TypeClass::kDecimal ||
        target == TypeClass::kBinary || target == TypeClass::kBoolean ||
        IsConcreteNumeric(target) || IsDatetimeTarget(target)) {
      return ConcreteType(target);
    }
    return std::nullopt;
  }
  if (type.IsNumeric() && IsConcreteNumeric(target)) return ConcreteType(target);
  if (type.IsDatetime() && IsDatetimeTarget(target)) return ConcreteType(target);
  if ((type.IsAtomic() || type.Is(kCalendarInterval)) && target == TypeClass::kString) {
    return StringType();
  }
  return std::nullopt;
}

// DataTypeUtils.fromLiteral: the digits the constant has.
std::optional<DataType> LiteralDecimal(const ArgumentInfo& info) {
  // A TINYINT literal keeps the digits of its type (DataTypeUtils.fromLiteral).
  if (!info.constant || !info.is_literal || !info.type.IsIntegral() || info.type.Is(kByte)) {
    return std::nullopt;
  }
  const auto* value = std::get_if<int64_t>(&info.constant->data);
  if (value == nullptr) return std::nullopt;
  int digits = 1;
  for (uint64_t rest = *value < 0 ? -static_cast<uint64_t>(*value) : static_cast<uint64_t>(*value);
       rest >= 10; rest /= 10) {
    ++digits;
  }
  return DecimalType(digits, 0);
}

// DecimalPrecision.nondecimalAndDecimal.
OperandTypes DecimalOperands(const ArgumentInfo& left, const ArgumentInfo& right,
                             bool literal_digits = true) {
  OperandTypes types{left.type, right.type};
  const auto adjust = [literal_digits](DataType& decimal, const ArgumentInfo& other_info,
                                       DataType& other) {
    if (!decimal.Is(kDecimal)) return;
    if (other.IsIntegral()) {
      const auto literal = literal_digits ? LiteralDecimal(other_info) : std::nullopt;
      other = literal.value_or(DecimalForType(other));
    } else if (IsFloating(other)) {
      decimal = DoubleType();
    }
  };
  adjust(types.left, right, types.right);
  adjust(types.right, left, types.left);
  return types;
}

// What a string operand and the other become (PromoteStrings of both coercions).
OperandTypes PromoteStringOperands(OperandTypes types, bool ansi) {
  const bool left_string = types.left.IsStringLike();
  const bool right_string = types.right.IsStringLike();
  if (!left_string && !right_string) return types;
  if (ansi) {
    if (left_string && right_string) return types;
    const std::vector<DataType> both = {types.left, types.right};
    const DataType& other = left_string ? types.right : types.left;
    if (other.Is(kNull)) return {StringType(), StringType()};
    if (!other.IsAtomic() || other.IsInterval()) return types;
    if (const auto wider = WiderType(both, true)) return {*wider, *wider};
    return types;
  }
  const DataType& other = left_string ? types.right : types.left;
  if (other.IsInterval()) return types;
  if (left_string) types.left = DoubleType();
  if (right_string) types.right = DoubleType();
  return types;
}

ArgumentInfo WithType(const ArgumentInfo& info, const DataType& type) {
  ArgumentInfo out = info;
  if (!SameType(info.type, type)) {
    out.type = type;
    out.is_literal = false;
  }
  return out;
}

// ImplicitTypeCasts of a BinaryOperator: both to the tightest common type, if the operator takes
// it.
OperandTypes TightestOperands(OperandTypes types, TypeClass accepted, bool ansi) {
  if (SameType(types.left, types.right)) return types;
  if (types.left.Is(kDecimal) && types.right.Is(kDecimal)) return types;
  const auto common = TightestCommonType(types.left, types.right, ansi);
  if (common && AcceptsType(accepted, *common)) return {*common, *common};
  return types;
}

// TypeCoercion.findCommonTypeForBinaryComparison.
std::optional<DataType> LegacyComparisonType(const DataType& a, const DataType& b) {
  if (b.IsStringLike() && !a.IsStringLike()) return LegacyComparisonType(b, a);
  if (!a.IsStringLike() || b.IsStringLike()) return std::nullopt;
  if (b.Is(kNull)) return StringType();
  if (b.Is(kDecimal)) return DoubleType();
  if (b.IsInterval() || !b.IsAtomic()) return std::nullopt;
  return b;
}

}  // namespace

std::optional<DataType> ImplicitCastType(const DataType& type, TypeClass target, bool ansi) {
  if (AcceptsType(target, type)) return type;
  if (type.Is(kNull)) return ConcreteType(target);
  // date_add and its kin check their days themselves: no fractions.
  if (target == TypeClass::kSmallInteger && type.IsFractional()) return std::nullopt;
  for (const TypeClass alternative : Alternatives(target)) {
    if (auto cast = ansi ? AnsiCast(type, alternative) : LegacyCast(type, alternative)) return cast;
  }
  return std::nullopt;
}

bool CastsImplicitly(const DataType& from, const DataType& to, bool ansi) {
  if (from.Is(kNull) || SameType(from, to)) return true;
  if (from.Is(kArray) || from.Is(kMap) || from.Is(kStruct)) {
    return from.kind == to.kind &&
           std::equal(from.children->begin(), from.children->end(), to.children->begin(),
                      to.children->end(), [ansi](const StructField& x, const StructField& y) {
                        return CastsImplicitly(x.type, y.type, ansi);
                      });
  }
  if (to.IsStringLike()) {
    return from.Is(kCalendarInterval) ? ansi : from.IsAtomic() || from.IsInterval();
  }
  if (from.IsStringLike()) {
    return to.IsNumeric() || to.IsDatetime() || to.Is(kBinary) || (ansi && to.Is(kBoolean));
  }
  if (from.IsNumeric() && to.IsNumeric()) return true;
  if (from.IsDatetime() && to.IsDatetime()) return true;
  if (from.Is(kTimestamp) && to.Is(kDouble)) return true;  // FunctionArgumentConversion: sum, avg
  return from.kind == to.kind;
}

OperandTypes ArithmeticOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right,
                                    TypeClass accepted, bool ansi) {
  const OperandTypes promoted = PromoteStringOperands({left.type, right.type}, ansi);
  const OperandTypes decimals =
      DecimalOperands(WithType(left, promoted.left), WithType(right, promoted.right));
  return TightestOperands(decimals, accepted, ansi);
}

OperandTypes DivisionOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right, bool ansi) {
  OperandTypes types = ArithmeticOperandTypes(left, right, TypeClass::kNumeric, ansi);
  const auto numeric = [](const DataType& t) { return t.IsNumeric() || t.Is(kNull); };
  // TypeCoercion.Division: all but decimals divide as doubles.
  if (numeric(types.left) && numeric(types.right) && !types.left.Is(kDecimal) &&
      !types.right.Is(kDecimal)) {
    return {DoubleType(), DoubleType()};
  }
  return types;
}

OperandTypes IntegralDivisionOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right,
                                          bool ansi) {
  OperandTypes types = ArithmeticOperandTypes(left, right, TypeClass::kLongDecimalOrInterval, ansi);
  if (types.left.IsIntegral()) types.left = LongType();
  if (types.right.IsIntegral()) types.right = LongType();
  if (types.left.Is(kNull) && types.right.Is(kNull)) return {LongType(), LongType()};
  return TightestOperands(types, TypeClass::kLongDecimalOrInterval, ansi);
}

OperandTypes PromotedOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right, bool ansi) {
  return PromoteStringOperands({left.type, right.type}, ansi);
}

OperandTypes LogicalOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right, bool ansi) {
  OperandTypes types{left.type, right.type};
  if (types.left.Is(kNull) && types.right.Is(kNull)) return {BooleanType(), BooleanType()};
  if (ansi) types = PromoteStringOperands(types, true);
  types = DecimalOperands(WithType(left, types.left), WithType(right, types.right));
  return TightestOperands(types, TypeClass::kBoolean, ansi);
}

OperandTypes ComparisonOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right,
                                    bool is_equality, bool ansi) {
  OperandTypes types{left.type, right.type};
  if (ansi) {
    types = PromoteStringOperands(types, true);
  } else if (const auto common = LegacyComparisonType(types.left, types.right)) {
    types = {*common, *common};
  } else if (is_equality && types.left.Is(kBoolean) && types.right.IsNumeric()) {
    types.left = types.right;  // TypeCoercion.BooleanEquality
  } else if (is_equality && types.right.Is(kBoolean) && types.left.IsNumeric()) {
    types.right = types.left;
  }
  // An inequality with a decimal constant compares whole numbers (integralAndDecimalLiteral): no
  // conversion that could fail.
  types = DecimalOperands(WithType(left, types.left), WithType(right, types.right), is_equality);
  if (types.left.Is(kDecimal) && types.right.Is(kDecimal)) {
    const DataType wider = WiderDecimalType(types.left, types.right);
    return {wider, wider};
  }
  return TightestOperands(types, TypeClass::kAny, ansi);
}

}  // namespace ember
