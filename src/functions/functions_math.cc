#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_arithmetic.h"
#include "functions/emit_random.h"
#include "functions/emit_round.h"
#include "functions/error_token.h"
#include "functions/registry.h"
#include "functions/result_types.h"
#include "functions/sql_build.h"
#include "functions/table_check.h"

namespace ember {
namespace {

using enum TypeClass;
using enum Nullability;
using Arguments = std::span<const ArgumentInfo>;

// A function of one double. Spark declares them all nullable (UnaryMathExpression).
constexpr FunctionRow Unary(std::string_view name, std::string_view shown, std::string_view duckdb,
                            std::string_view doc, std::string_view example) {
  return {.name = name,
          .min_arguments = 1,
          .max_arguments = 1,
          .arguments = kTypes<kDouble>,
          .result = ResultDouble,
          .nullability = kAlways,
          .duckdb = duckdb,
          .symbol = shown,
          .doc = doc,
          .example = example};
}

constexpr FunctionRow Binary(std::string_view name, std::string_view shown, std::string_view duckdb,
                             std::string_view doc, std::string_view example) {
  return {.name = name,
          .min_arguments = 2,
          .max_arguments = 2,
          .arguments = kTypes<kDouble>,
          .result = ResultDouble,
          .duckdb = duckdb,
          .symbol = shown,
          .doc = doc,
          .example = example};
}

// A try_ form of an arithmetic operator.
constexpr FunctionRow Try(std::string_view name, CoercionRule coercion, ResultTypeFunction result,
                          EmitFunction emit, std::string_view doc, std::string_view example) {
  return {.name = name,
          .min_arguments = 2,
          .max_arguments = 2,
          .arguments = kTypes<kNumericOrAnyInterval>,
          .coercion = coercion,
          .result = result,
          .nullability = kAlways,
          .emit = emit,
          .doc = doc,
          .example = example};
}

EmitContext AsTry(const EmitContext& context) {
  EmitContext copy = context;
  copy.is_try = true;
  return copy;
}
Result<std::string> EmitTryAdd(const EmitContext& context) { return EmitAdd(AsTry(context)); }
Result<std::string> EmitTrySubtract(const EmitContext& context) {
  return EmitSubtract(AsTry(context));
}
Result<std::string> EmitTryMultiply(const EmitContext& context) {
  return EmitMultiply(AsTry(context));
}
Result<std::string> EmitTryDivide(const EmitContext& context) { return EmitDivide(AsTry(context)); }
Result<std::string> EmitTryMod(const EmitContext& context) { return EmitRemainder(AsTry(context)); }

std::string PrettyLog(std::span<const std::string> text) {
  if (text.size() == 1) return fmt::format("LOG(E(), {})", text[0]);
  return fmt::format("LOG({}, {})", text[0], text[1]);
}
Result<std::string> EmitLog(const EmitContext& context) {
  if (context.sql.size() == 1) return fmt::format("ember_ln({})", context.sql[0]);
  return fmt::format("ember_log_base({}, {})", context.sql[0], context.sql[1]);
}

std::string PrettyFloor(std::span<const std::string> text) {
  if (text.size() == 1) return fmt::format("FLOOR({})", text[0]);
  return fmt::format("floor({}, {})", text[0], text[1]);
}
std::string PrettyCeil(std::span<const std::string> text) {
  if (text.size() == 1) return fmt::format("CEIL({})", text[0]);
  return fmt::format("ceil({}, {})", text[0], text[1]);
}

// Hex takes a bigint, a string or binary.
Result<std::vector<DataType>> CoerceHex(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (type.IsNumeric()) return std::vector<DataType>{LongType()};
  if (type.IsStringLike() || type.Is(TypeKind::kBinary)) return std::vector<DataType>{type};
  if (type.Is(TypeKind::kNull)) return std::vector<DataType>{LongType()};
  if (type.IsAtomic()) return std::vector<DataType>{StringType()};
  return UnexpectedInputType(arguments, 0, "(\"BIGINT\" or \"BINARY\" or \"STRING\")");
}
Result<std::string> EmitHex(const EmitContext& context) {
  if (context.arguments[0].type.Is(TypeKind::kLong))
    return fmt::format("to_hex({})", context.sql[0]);
  return fmt::format("hex({})", context.sql[0]);
}

Result<std::string> EmitConv(const EmitContext& context) {
  std::string arguments = fmt::format("{}, {}, {}", context.sql[0], context.sql[1], context.sql[2]);
  std::string call = fmt::format("ember_conv({})", arguments);
  if (!context.ansi) return call;
  return SqlCase(fmt::format("ember_conv_overflows({})", arguments),
                 RaiseOverflow("Overflow in function conv()", ""), call);
}

Result<std::string> EmitBitCount(const EmitContext& context) {
  return fmt::format("ember_bit_count(CAST({} AS BIGINT))", context.sql[0]);
}
Result<std::vector<DataType>> CoerceBitCount(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (type.IsIntegral() || type.Is(TypeKind::kBoolean)) return std::vector<DataType>{type};
  if (type.Is(TypeKind::kNull)) return std::vector<DataType>{IntegerType()};
  return UnexpectedInputType(arguments, 0, "(\"INTEGRAL\" or \"BOOLEAN\")");
}

Result<std::string> EmitBitGet(const EmitContext& context) {
  const DataType& type = context.arguments[0].type;
  const int bits = type.Is(TypeKind::kByte)      ? 8
                   : type.Is(TypeKind::kShort)   ? 16
                   : type.Is(TypeKind::kInteger) ? 32
                                                 : 64;
  return Bind(context.sql[0], context.sql[1], [&](const std::string& x, const std::string& at) {
    const TokenParameter parameters[] = {{"functionName", "`bit_get`"},
                                         {"parameter", "`pos`"},
                                         {"upper", std::to_string(bits)},
                                         {"invalidValue", at, true}};
    return SqlCase(fmt::format("{} NOT BETWEEN 0 AND {}", at, bits - 1),
                   RaiseSql("INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE", parameters),
                   fmt::format("CAST(ember_shift_right_long({}, {}) & 1 AS TINYINT)",
                               SqlCast(x, "BIGINT"), at));
  });
}

Result<std::vector<DataType>> CoerceSignum(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (type.Is(TypeKind::kYearMonthInterval) || type.Is(TypeKind::kDayTimeInterval)) {
    return std::vector<DataType>{type};
  }
  if (type.IsNumeric() || type.IsStringLike() || type.Is(TypeKind::kNull)) {
    return std::vector<DataType>{DoubleType()};
  }
  return UnexpectedInputType(
      arguments, 0, "(\"DOUBLE\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL DAY TO SECOND\")");
}

// Rows of intervals stay intervals of one kind, numbers become doubles.
Result<std::vector<DataType>> CoerceWidthBucket(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types;
  for (size_t i = 0; i < 3; ++i) {
    const DataType& type = arguments[i].type;
    if (!type.IsNumeric() && !type.IsStringLike() && !type.IsInterval() &&
        !type.Is(TypeKind::kNull)) {
      return UnexpectedInputType(
          arguments, i, "(\"DOUBLE\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL DAY TO SECOND\")");
    }
    types.push_back(type.IsInterval() ? type : DoubleType());
  }
  if (!SameType(types[0], types[1]) || !SameType(types[0], types[2])) {
    std::string list;
    for (const DataType& type : types) {
      list += (list.empty() ? "\"" : " or \"") + SqlText(type) + "\"";
    }
    return MakeError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                     {{"functionName", "`width_bucket`"}, {"dataType", "(" + list + ")"}});
  }
  types.push_back(LongType());
  return types;
}
Result<std::string> EmitWidthBucket(const EmitContext& context) {
  return fmt::format(
      "ember_width_bucket(CAST({} AS DOUBLE), CAST({} AS DOUBLE), CAST({} AS DOUBLE), {})",
      context.sql[0], context.sql[1], context.sql[2], context.sql[3]);
}

constexpr std::string_view kZero[] = {"0"};

constexpr FunctionRow Rounded(std::string_view name, EmitFunction emit, std::string_view doc,
                              std::string_view example) {
  return {.name = name,
          .min_arguments = 1,
          .max_arguments = 2,
          .arguments = kTypes<kNumeric, kInteger>,
          .result = ResultRound,
          .nullability = kAlways,
          .emit = emit,
          .defaults = kZero,
          .doc = doc,
          .example = example};
}

constexpr FunctionRow Truncated(std::string_view name, CoerceFunction coerce, EmitFunction emit,
                                PrettyFunction pretty, std::string_view doc,
                                std::string_view example) {
  return {.name = name,
          .min_arguments = 1,
          .max_arguments = 2,
          .arguments = kTypes<kAny, kInteger>,
          .coercion = CoercionRule::kCustom,
          .result = ResultFloor,
          .nullability = kAlways,
          .emit = emit,
          .coerce = coerce,
          .style = PrettyStyle::kCustom,
          .pretty = pretty,
          .doc = doc,
          .example = example};
}

constexpr FunctionRow Random(std::string_view name, ResultTypeFunction result, EmitFunction emit,
                             std::string_view doc, std::string_view example) {
  return {.name = name,
          .min_arguments = 0,
          .max_arguments = 1,
          .arguments = kTypes<kLong>,
          .coercion = CoercionRule::kCustom,
          .result = result,
          .nullability = kNever,
          .emit = emit,
          .coerce = CoerceSeed,
          .is_deterministic = false,
          .doc = doc,
          .example = example};
}

constexpr FunctionRow kRows[] = {
    {.name = "abs",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kNumericOrInterval>,
     .result = ResultSameAsFirst,
     .emit = EmitAbs,
     .doc = "The size of a number or interval.",
     .example = "SELECT abs(-1)"},
    Unary("acos", "ACOS", "ember_acos({0})", "The arc cosine.", "SELECT acos(1)"),
    Unary("acosh", "ACOSH", "ember_acosh({0})", "The inverse hyperbolic cosine.",
          "SELECT acosh(1)"),
    Unary("asin", "ASIN", "ember_asin({0})", "The arc sine.", "SELECT asin(1)"),
    Unary("asinh", "ASINH", "ember_asinh({0})", "The inverse hyperbolic sine.", "SELECT asinh(1)"),
    Unary("atan", "ATAN", "ember_atan({0})", "The arc tangent.", "SELECT atan(1)"),
    Binary("atan2", "ATAN2", "ember_atan2({0}, {1})", "The angle of the point (second, first).",
           "SELECT atan2(1, 2)"),
    Unary("atanh", "ATANH", "ember_atanh({0})", "The inverse hyperbolic tangent.",
          "SELECT atanh(0)"),
    {.name = "bin",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kLong>,
     .result = ResultString,
     .duckdb = "ember_bin({0})",
     .doc = "The bits of a bigint as text.",
     .example = "SELECT bin(13)"},
    {.name = "bit_count",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultInteger,
     .emit = EmitBitCount,
     .coerce = CoerceBitCount,
     .doc = "How many bits are set.",
     .example = "SELECT bit_count(5)"},
    {.name = "bit_get",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral, kInteger>,
     .result = ResultByte,
     .emit = EmitBitGet,
     .doc = "The bit at a position, counted from the right and 0.",
     .example = "SELECT bit_get(11, 0)"},
    Rounded("bround", EmitBround, "Rounds to a number of digits, halves to the even neighbour.",
            "SELECT bround(2.5)"),
    Unary("cbrt", "CBRT", "ember_cbrt({0})", "The cube root.", "SELECT cbrt(8)"),
    Truncated("ceil", CoerceCeil, EmitCeil, PrettyCeil,
              "The smallest whole number (or multiple of 10^-digits) that is not smaller.",
              "SELECT ceil(1.5)"),
    {.name = "conv",
     .min_arguments = 3,
     .max_arguments = 3,
     .arguments = kTypes<kString, kInteger>,
     .result = ResultString,
     .nullability = kAlways,
     .emit = EmitConv,
     .doc = "Writes a number's text of one base in another.",
     .example = "SELECT conv('100', 2, 10)"},
    Unary("cos", "COS", "ember_cos({0})", "The cosine.", "SELECT cos(1)"),
    Unary("cosh", "COSH", "ember_cosh({0})", "The hyperbolic cosine.", "SELECT cosh(1)"),
    Unary("cot", "COT", "ember_cot({0})", "The cotangent.", "SELECT cot(1)"),
    Unary("csc", "CSC", "ember_csc({0})", "The cosecant.", "SELECT csc(1)"),
    Unary("degrees", "DEGREES", "ember_degrees({0})", "Radians as degrees.", "SELECT degrees(1)"),
    {.name = "e",
     .result = ResultDouble,
     .nullability = kNever,
     .duckdb = "CAST('2.718281828459045' AS DOUBLE)",
     .symbol = "E",
     .doc = "Euler's number.",
     .example = "SELECT e()"},
    Unary("exp", "EXP", "ember_exp({0})", "Euler's number to a power.", "SELECT exp(1)"),
    Unary("expm1", "EXPM1", "ember_expm1({0})", "exp(x) - 1, exact near 0.", "SELECT expm1(1)"),
    {.name = "factorial",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kInteger>,
     .result = ResultLong,
     .nullability = kAlways,
     .duckdb = "ember_factorial({0})",
     .doc = "The factorial of 0 … 20, else NULL.",
     .example = "SELECT factorial(5)"},
    Truncated("floor", CoerceFloor, EmitFloor, PrettyFloor,
              "The largest whole number (or multiple of 10^-digits) that is not larger.",
              "SELECT floor(1.5)"),
    {.name = "hex",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultString,
     .emit = EmitHex,
     .coerce = CoerceHex,
     .doc = "A bigint, a string's or binary's bytes as hexadecimal digits.",
     .example = "SELECT hex(17)"},
    Binary("hypot", "HYPOT", "ember_hypot({0}, {1})", "The length of the vector (first, second).",
           "SELECT hypot(3, 4)"),
    Unary("ln", "ln", "ember_ln({0})", "The natural logarithm; NULL at and below 0.",
          "SELECT ln(1)"),
    {.name = "log",
     .min_arguments = 1,
     .max_arguments = 2,
     .arguments = kTypes<kDouble>,
     .result = ResultDouble,
     .nullability = kAlways,
     .emit = EmitLog,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyLog,
     .doc = "The logarithm to a base, or the natural one; NULL at and below 0.",
     .example = "SELECT log(2, 8)"},
    Unary("log10", "LOG10", "ember_log10({0})", "The logarithm to base 10.", "SELECT log10(100)"),
    Unary("log1p", "LOG1P", "ember_log1p({0})", "ln(1 + x), exact near 0.", "SELECT log1p(1)"),
    Unary("log2", "LOG2", "ember_log2({0})", "The logarithm to base 2.", "SELECT log2(8)"),
    {.name = "pi",
     .result = ResultDouble,
     .nullability = kNever,
     .duckdb = "CAST('3.141592653589793' AS DOUBLE)",
     .symbol = "PI",
     .doc = "The number pi.",
     .example = "SELECT pi()"},
    {.name = "pmod",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kNumeric>,
     .coercion = CoercionRule::kArithmetic,
     .result = ResultRemainder,
     .nullability = kAlways,
     .emit = EmitPmod,
     .doc = "The remainder of a division that is not negative for a positive divisor.",
     .example = "SELECT pmod(-7, 3)"},
    Binary("power", "POWER", "ember_pow({0}, {1})", "The first to the power of the second.",
           "SELECT power(2, 3)"),
    Unary("radians", "RADIANS", "ember_radians({0})", "Degrees as radians.", "SELECT radians(180)"),
    Random("rand", ResultRand, EmitRand,
           "A random number in [0, 1); with a seed the numbers that Spark draws.",
           "SELECT rand(42)"),
    Random("randn", ResultRandn, EmitRandn,
           "A random number of the standard normal distribution; with a seed those of Spark.",
           "SELECT randn(42)"),
    Unary("rint", "rint", "ember_rint({0})", "The nearest whole number, halves to even, a double.",
          "SELECT rint(2.5)"),
    Rounded("round", EmitRound, "Rounds to a number of digits, halves away from zero.",
            "SELECT round(2.5)"),
    Unary("sec", "SEC", "ember_sec({0})", "The secant.", "SELECT sec(1)"),
    {.name = "signum",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultDouble,
     .nullability = kAlways,
     .duckdb = "ember_signum(CAST({0} AS DOUBLE))",
     .coerce = CoerceSignum,
     .symbol = "SIGNUM",
     .doc = "-1.0, 0.0 or 1.0 by the sign.",
     .example = "SELECT signum(-5)"},
    Unary("sin", "SIN", "ember_sin({0})", "The sine.", "SELECT sin(1)"),
    Unary("sinh", "SINH", "ember_sinh({0})", "The hyperbolic sine.", "SELECT sinh(1)"),
    Unary("sqrt", "SQRT", "ember_sqrt({0})", "The square root; NaN below 0.", "SELECT sqrt(4)"),
    Unary("tan", "TAN", "ember_tan({0})", "The tangent.", "SELECT tan(1)"),
    Unary("tanh", "TANH", "ember_tanh({0})", "The hyperbolic tangent.", "SELECT tanh(1)"),
    Try("try_add", CoercionRule::kArithmetic, ResultAdd, EmitTryAdd, "The sum; NULL on overflow.",
        "SELECT try_add(2147483647, 1)"),
    Try("try_divide", CoercionRule::kDivision, ResultDivide, EmitTryDivide,
        "The quotient; NULL for a divisor of 0.", "SELECT try_divide(1, 0)"),
    Try("try_mod", CoercionRule::kArithmetic, ResultRemainder, EmitTryMod,
        "The remainder; NULL for a divisor of 0.", "SELECT try_mod(7, 0)"),
    Try("try_multiply", CoercionRule::kArithmetic, ResultMultiply, EmitTryMultiply,
        "The product; NULL on overflow.", "SELECT try_multiply(2147483647, 2)"),
    Try("try_subtract", CoercionRule::kArithmetic, ResultSubtract, EmitTrySubtract,
        "The difference; NULL on overflow.", "SELECT try_subtract(-2147483647, 2)"),
    {.name = "unhex",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultBinary,
     .nullability = kAlways,
     .duckdb = "ember_unhex({0})",
     .doc = "The bytes that hexadecimal digits say; NULL for other characters.",
     .example = "SELECT unhex('41')"},
    {.name = "width_bucket",
     .min_arguments = 4,
     .max_arguments = 4,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultLong,
     .nullability = kAlways,
     .emit = EmitWidthBucket,
     .coerce = CoerceWidthBucket,
     .doc = "The number of the equal-width bucket between two bounds that holds a value.",
     .example = "SELECT width_bucket(5.3, 0.2, 10.6, 5)"},
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> MathFunctions() { return kRows; }

}  // namespace ember
