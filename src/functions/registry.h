#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "types/data_type.h"
#include "types/value.h"

namespace ember {

/// What an argument may be before implicit conversion: Spark's AbstractDataType.
enum class TypeClass {
  kAny,
  kBoolean,
  kByte,
  kShort,
  kInteger,
  kLong,
  kFloat,
  kDouble,
  kDecimal,
  kNumeric,
  kIntegral,
  kFractional,
  kString,
  kBinary,
  kStringOrBinary,
  kDate,
  kTimestamp,        // LTZ; NTZ and date convert
  kAnyTimestamp,     // LTZ or NTZ
  kDateOrTimestamp,  // date, LTZ, NTZ
  kInterval,         // year-month or day-time
  kNumericOrInterval,
  kNumericOrAnyInterval,  // calendar intervals too
  kDoubleOrDecimal,
  kLongDecimalOrInterval,
  kSmallInteger,  // byte, short, int
  kArray,
  kMap,
  kStruct,
  kArrayOrMap,
  kStringOrArray,
  kStringBinaryOrArray,
  kStringOrStringArray,
  kOrderable,
  kLambda,
};

enum class FunctionKind { kScalar, kAggregate, kWindow, kGenerator, kHigherOrder };

/// How arguments are converted to one another before `result` is asked.
enum class CoercionRule {
  kNone,        // each argument by its TypeClass alone
  kSameType,    // all to the wider common type (CASE, coalesce, greatest, array …)
  kArithmetic,  // + - * %: BinaryArithmetic with decimals and strings
  kDivision,    // /: double, or decimal
  kComparison,  // = < …: binary comparison rules
  kBoolean,     // AND OR NOT
  kCustom,      // `coerce` decides
};

enum class Nullability {
  kAnyArgument,  // null when an argument may be null
  kNever,
  kAlways,
  kCustom,  // `nullable` decides
};

/// How the analyzer prints the call as a column name.
enum class PrettyStyle {
  kCall,    // name(a, b)
  kInfix,   // (a symbol b)
  kPrefix,  // (symbol a)
  kCustom,  // `pretty` decides
};

/// What a row's functions may look at.
struct TypeContext {
  bool ansi = true;
  std::string_view zone = "UTC";
};

/// One argument after analysis, as rows see it.
struct ArgumentInfo {
  DataType type;
  bool nullable = true;
  std::optional<Value> constant;  // foldable arguments; Value of `type`
  std::string pretty;             // Spark's text of the expression
  bool is_literal = false;        // a constant as written, not one that was computed
};

/// What a row needs to write DuckDB SQL. Instants are TIMESTAMP in UTC microseconds; year-month
/// intervals INTEGER months; day-time intervals BIGINT microseconds; calendar intervals INTERVAL;
/// binary BLOB.
struct EmitContext {
  std::span<const ArgumentInfo> arguments;
  std::span<const std::string> sql;  // DuckDB SQL of each argument, self-contained (parenthesised)
  DataType result;
  bool ansi = true;
  bool is_try = false;
  std::string_view zone = "UTC";
  // Aggregates: "DISTINCT " or "", and the text after the call: " FILTER (…)" and/or " OVER (…)".
  std::string_view distinct;
  std::string_view tail;
  bool ignore_nulls = false;
  // WITHIN GROUP: "ORDER BY …" for use inside the call, empty without one; and its first direction.
  std::string_view order;
  bool is_descending = false;
};

using ResultTypeFunction = Result<DataType> (*)(std::span<const ArgumentInfo>, const TypeContext&);
using CoerceFunction = Result<std::vector<DataType>> (*)(std::span<const ArgumentInfo>,
                                                         const TypeContext&);
using NullableFunction = bool (*)(std::span<const ArgumentInfo>, const TypeContext&);
/// The row that stands in for a call with these arguments, where Spark's analyzer replaces an
/// operator by another expression before it converts types (BinaryArithmeticWithDatetimeResolver:
/// `1 + date` is date_add(date, 1)).
struct Replacement {
  std::string_view name;    // of a row; internal ones have a space in their names
  bool is_swapped = false;  // the two arguments change places
};
using ReplaceFunction = std::optional<Replacement> (*)(std::span<const ArgumentInfo>);
using PrettyFunction = std::string (*)(std::span<const std::string>);
using EmitFunction = Result<std::string> (*)(const EmitContext&);
/// Parameters of the lambda at argument `index` that declares `declared` names: as many as the
/// function passes (another number is INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH). Lambdas
/// among the arguments that are not yet analyzed have the type VOID; an analyzed one has its
/// body's.
using LambdaFunctionTypes = std::vector<StructField> (*)(std::span<const ArgumentInfo> arguments,
                                                         size_t index, size_t declared);

/// One Spark function. Spark's name, what it takes, what it gives, how DuckDB computes it.
///
/// `duckdb` is a template: {0} {1} … are the arguments' SQL, {1=sql} one with a default when it is
/// not given, {*} all of them separated by commas, {d} DISTINCT and {t} the FILTER/OVER tail of an
/// aggregate (after each aggregate call). `emit` replaces the template where text alone does not
/// do. A guard raises by RaiseSql(). Errors of `result` and `coerce` with a condition
/// DATATYPE_MISMATCH.… leave the parameter sqlExpr to the analyzer. WITHIN GROUP's first expression
/// is an aggregate's first argument (listagg's apart, which has it as an argument already).
struct FunctionRow {
  std::string_view name;
  FunctionKind kind = FunctionKind::kScalar;
  int min_arguments = 0;
  int max_arguments = 0;                   // -1: any number
  std::span<const TypeClass> arguments{};  // the last one repeats
  CoercionRule coercion = CoercionRule::kNone;
  ResultTypeFunction result = nullptr;
  Nullability nullability = Nullability::kAnyArgument;
  std::string_view duckdb{};
  EmitFunction emit = nullptr;
  CoerceFunction coerce = nullptr;
  NullableFunction nullable = nullptr;
  ReplaceFunction replace = nullptr;  // asked first, with the arguments as written
  PrettyStyle style = PrettyStyle::kCall;
  std::string_view
      symbol{};  // infix or prefix operator; or the canonical name that pretty text uses
  PrettyFunction pretty = nullptr;
  // kCall: text of the arguments from min_arguments on where they are left out; and how many
  // arguments are shown at all (-1: all).
  std::span<const std::string_view> defaults{};
  int shown_arguments = -1;
  LambdaFunctionTypes lambda = nullptr;
  bool is_deterministic = true;
  std::string_view doc{};
  std::string_view example{};  // one SQL query
};

/// Another name of a row. With `keeps_name` (FunctionRegistry's setAlias) pretty text shows the
/// alias, else the row's own name.
struct FunctionAlias {
  std::string_view alias;
  std::string_view name;
  bool keeps_name = true;
};

/// Rows by group, each in its own file (functions_math.cc, functions_string.cc …).
std::span<const FunctionRow> OperatorFunctions();
std::span<const FunctionRow> MathFunctions();
std::span<const FunctionRow> StringFunctions();
std::span<const FunctionRow> DatetimeFunctions();
std::span<const FunctionRow> ConditionalFunctions();
std::span<const FunctionRow> CollectionFunctions();
std::span<const FunctionRow> JsonFunctions();
std::span<const FunctionRow> HashFunctions();
std::span<const FunctionRow> AggregateFunctions();
std::span<const FunctionRow> WindowFunctions();
std::span<const FunctionRow> GeneratorFunctions();
std::span<const FunctionRow> MiscFunctions();
std::span<const FunctionAlias> FunctionAliases();

/// Every row; and by name or alias, case-insensitively (null when there is none). An alias that
/// keeps its name is found as a row of that name.
std::span<const FunctionRow* const> AllFunctions();
const FunctionRow* FindFunction(std::string_view name);
bool AcceptsType(TypeClass type_class, const DataType& type);
/// Spark's text of a TypeClass in error parameters: "NUMERIC", ("STRING" or "BINARY") …
std::string TypeClassText(TypeClass type_class);

/// Spark's text of a call of the row: "round(a, 0)", "(a + b)", "count(DISTINCT a)".
std::string PrettyCall(const FunctionRow& row, std::span<const std::string> arguments,
                       std::string_view distinct = {});

/// DuckDB SQL of the row's call: `emit` or the filled-in template.
Result<std::string> EmitCall(const FunctionRow& row, const EmitContext& context);
/// The filled-in template; for `emit` functions that choose among templates.
Result<std::string> FillTemplate(std::string_view duckdb, const EmitContext& context);

}  // namespace ember
