#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/emit_mask.h"
#include "functions/emit_regex.h"
#include "functions/emit_string.h"
#include "functions/emit_trim.h"
#include "functions/error_token.h"
#include "functions/registry.h"
#include "functions/result_types.h"
#include "functions/sql_build.h"
#include "functions/table_check.h"
#include "types/coercion.h"

namespace ember {
namespace {

using enum TypeClass;
using enum Nullability;
using Arguments = std::span<const ArgumentInfo>;

constexpr std::string_view kOne[] = {"1"};
constexpr std::string_view kZero[] = {"0"};
constexpr std::string_view kMinusOne[] = {"-1"};
constexpr std::string_view kMaxInt[] = {"2147483647"};
constexpr std::string_view kBlank[] = {" "};
constexpr std::string_view kZeroByte[] = {"X'00'"};
constexpr std::string_view kEmpty[] = {""};
constexpr std::string_view kMaskDefaults[] = {"X", "x", "n", "NULL"};

bool FirstIsNullable(Arguments arguments, const TypeContext&) { return arguments[0].nullable; }

// StringLocate is 0 for a NULL position.
bool LocateIsNullable(Arguments arguments, const TypeContext&) {
  return arguments[0].nullable || arguments[1].nullable;
}
Result<std::string> EmitLocate(const EmitContext& context) {
  if (context.sql.size() == 2) {
    return fmt::format("CAST(instr({}, {}) AS INTEGER)", context.sql[1], context.sql[0]);
  }
  return fmt::format("ember_locate({}, {}, coalesce({}, 0))", context.sql[0], context.sql[1],
                     context.sql[2]);
}

Result<DataType> ResultConcat(Arguments arguments, const TypeContext&) {
  if (arguments.empty()) return StringType();
  const DataType& type = arguments[0].type;
  if (!type.Is(TypeKind::kArray)) return type;
  bool contains_null = false;
  for (const ArgumentInfo& argument : arguments) {
    contains_null = contains_null || argument.type.element().nullable;
  }
  return ArrayType(type.element().type, contains_null);
}

bool IsBinary(const EmitContext& context) {
  return context.arguments[0].type.Is(TypeKind::kBinary);
}
Result<std::string> EmitLength(const EmitContext& context) {
  return fmt::format("CAST({}({}) AS INTEGER)", IsBinary(context) ? "octet_length" : "length",
                     context.sql[0]);
}
Result<std::string> EmitOctetLength(const EmitContext& context) {
  return fmt::format("CAST({}({}) AS INTEGER)", IsBinary(context) ? "octet_length" : "strlen",
                     context.sql[0]);
}
Result<std::string> EmitBitLength(const EmitContext& context) {
  return fmt::format("CAST({}({}) * 8 AS INTEGER)", IsBinary(context) ? "octet_length" : "strlen",
                     context.sql[0]);
}

// Both binary, or both text.
Result<std::vector<DataType>> CoerceTextOrBinaryPair(Arguments arguments, const TypeContext&) {
  bool is_binary = true;
  for (size_t i = 0; i < 2; ++i) {
    const DataType& type = arguments[i].type;
    is_binary = is_binary && type.Is(TypeKind::kBinary);
    if (!type.IsAtomic() && !type.Is(TypeKind::kNull)) {
      return UnexpectedInputType(arguments, i, "\"STRING\"");
    }
  }
  const DataType type = is_binary ? BinaryType() : StringType();
  return std::vector<DataType>{type, type};
}
std::string EmitSearch(const EmitContext& context, std::string_view text, std::string_view blob) {
  return fmt::format("{}({}, {})", IsBinary(context) ? blob : text, context.sql[0], context.sql[1]);
}
Result<std::string> EmitStartsWith(const EmitContext& context) {
  return EmitSearch(context, "starts_with", "ember_starts_with_blob");
}
Result<std::string> EmitEndsWith(const EmitContext& context) {
  return EmitSearch(context, "ends_with", "ember_ends_with_blob");
}
Result<std::string> EmitContains(const EmitContext& context) {
  return EmitSearch(context, "contains", "ember_contains_blob");
}

// Overlay: text by text or binary by binary; nothing becomes the other.
Result<std::vector<DataType>> CoerceOverlay(Arguments arguments, const TypeContext& context) {
  for (size_t i = 0; i < 2; ++i) {
    const DataType& type = arguments[i].type;
    if (type.IsAtomic() || type.IsInterval() || type.Is(TypeKind::kNull)) continue;
    return UnexpectedInputType(arguments, i, "(\"STRING\" or \"BINARY\")");
  }
  const bool is_binary = arguments[0].type.Is(TypeKind::kBinary);
  if (is_binary != arguments[1].type.Is(TypeKind::kBinary)) {
    return MakeError(
        "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
        {{"functionName", "`overlay`"},
         {"dataType", is_binary ? "(\"BINARY\" or \"STRING\")" : "(\"STRING\" or \"BINARY\")"}});
  }
  ASSIGN_OR_RETURN(std::vector<DataType> types, CoerceTextOrBinaryPair(arguments, context));
  for (size_t i = 2; i < arguments.size(); ++i) types.push_back(IntegerType());
  return types;
}
Result<std::string> EmitOverlay(const EmitContext& context) {
  return fmt::format("{}({}, {}, {}, {})",
                     IsBinary(context) ? "ember_overlay_blob" : "ember_overlay", context.sql[0],
                     context.sql[1], context.sql[2],
                     context.sql.size() > 3 ? context.sql[3] : "-1");
}

// decode(bytes, charset), or decode(value, search, result, …[, default]).
Result<std::vector<DataType>> CoerceDecode(Arguments arguments, const TypeContext& context) {
  if (arguments.size() == 2) return std::vector<DataType>{BinaryType(), StringType()};
  std::vector<DataType> keys = {arguments[0].type}, values;
  for (size_t i = 1; i < arguments.size(); ++i) {
    const bool is_key = i % 2 == 1 && i + 1 < arguments.size();
    (is_key ? keys : values).push_back(arguments[i].type);
  }
  auto key = WiderType(keys, context.ansi), value = WiderType(values, context.ansi);
  if (!key || !value) return Unsupported("decode of arguments without a common type");
  std::vector<DataType> types = {*key};
  for (size_t i = 1; i < arguments.size(); ++i) {
    types.push_back(i % 2 == 1 && i + 1 < arguments.size() ? *key : *value);
  }
  return types;
}
Result<DataType> ResultDecode(Arguments arguments, const TypeContext&) {
  return arguments.size() == 2 ? StringType() : arguments[2].type;
}
bool DecodeIsNullable(Arguments arguments, const TypeContext&) {
  if (arguments.size() % 2 != 0 || arguments.size() == 2) return true;
  for (size_t i = 2; i < arguments.size(); i += 2) {
    if (arguments[i].nullable) return true;
  }
  return arguments.back().nullable;
}

// elt(n, text, …): all binary stays binary in Spark; text otherwise.
Result<std::vector<DataType>> CoerceElt(Arguments arguments, const TypeContext&) {
  bool is_binary = true;
  for (const ArgumentInfo& argument : arguments.subspan(1)) {
    is_binary = is_binary && argument.type.Is(TypeKind::kBinary);
  }
  for (size_t i = 1; i < arguments.size(); ++i) {
    const DataType& type = arguments[i].type;
    if (type.IsAtomic() || type.IsInterval() || type.Is(TypeKind::kNull)) continue;
    Error error = UnexpectedInputType(arguments, i, "\"STRING\" or \"BINARY\"");
    std::string texts, types;
    for (const ArgumentInfo& argument : arguments.subspan(1)) {
      texts += (texts.empty() ? "" : ",") + QuoteExpression(argument.pretty);
      types += (types.empty() ? "\"" : ",\"") + SqlText(argument.type) + "\"";
    }
    error.parameters["paramIndex"] = "second...";
    error.parameters["inputSql"] = texts;
    error.parameters["inputType"] = types;
    return error;
  }
  std::vector<DataType> types(arguments.size(), is_binary ? BinaryType() : StringType());
  types[0] = IntegerType();
  return types;
}

Result<std::vector<DataType>> CoerceFormatNumber(Arguments arguments, const TypeContext&) {
  const DataType& number = arguments[0].type;
  if (!number.IsNumeric() && !number.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 0, "\"NUMERIC\"");
  }
  const DataType& digits = arguments[1].type;
  const bool is_count = digits.IsIntegral() && !digits.Is(TypeKind::kLong);
  if (!is_count && !digits.IsStringLike() && !digits.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 1, "(\"INT\" or \"STRING\")");
  }
  return std::vector<DataType>{number.Is(TypeKind::kNull) ? DoubleType() : number,
                               digits.IsStringLike() ? digits : IntegerType()};
}
Result<std::vector<DataType>> CoerceFormatString(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types = {StringType()};
  for (size_t i = 1; i < arguments.size(); ++i) types.push_back(arguments[i].type);
  return types;
}

Result<std::string> EmitLevenshtein(const EmitContext& context) {
  std::string distance = fmt::format("ember_levenshtein({}, {})", context.sql[0], context.sql[1]);
  if (context.sql.size() == 2) return distance;
  return Bind(distance, [&](const std::string& d) {
    return fmt::format("(CASE WHEN {0} IS NULL THEN NULL WHEN {1} > {0} THEN -1 ELSE {1} END)",
                       context.sql[2], d);
  });
}

// A binary first argument, with a binary or no pad, is padded with bytes (BinaryPad).
std::optional<Replacement> ReplacePad(Arguments arguments, std::string_view name) {
  const bool is_binary = arguments[0].type.Is(TypeKind::kBinary) &&
                         (arguments.size() < 3 || arguments[2].type.Is(TypeKind::kBinary));
  if (!is_binary) return std::nullopt;
  return Replacement{name};
}
std::optional<Replacement> ReplaceLpad(Arguments arguments) {
  return ReplacePad(arguments, "lpad binary");
}
std::optional<Replacement> ReplaceRpad(Arguments arguments) {
  return ReplacePad(arguments, "rpad binary");
}
std::string EmitPadded(const EmitContext& context, std::string_view native, std::string_view pad) {
  return fmt::format("{}({}, {}, {})", native, context.sql[0], context.sql[1],
                     context.sql.size() > 2 ? std::string_view(context.sql[2]) : pad);
}
Result<std::string> EmitLpad(const EmitContext& context) {
  return EmitPadded(context, "ember_lpad", "' '");
}
Result<std::string> EmitRpad(const EmitContext& context) {
  return EmitPadded(context, "ember_rpad", "' '");
}
Result<std::string> EmitLpadBinary(const EmitContext& context) {
  return EmitPadded(context, "ember_lpad_blob", "CAST('\\x00' AS BLOB)");
}
Result<std::string> EmitRpadBinary(const EmitContext& context) {
  return EmitPadded(context, "ember_rpad_blob", "CAST('\\x00' AS BLOB)");
}

Result<DataType> ResultRegexpReplace(Arguments arguments, const TypeContext&) {
  if (arguments.size() == 4) {
    if (!arguments[3].constant) return NonFoldableInput(arguments[3], "position");
    auto position = ConstantInteger(arguments[3]);
    if (position && *position < 1) {
      return ValueOutOfRange("position", "(0, 2147483647]", std::to_string(*position));
    }
  }
  return StringType();
}

Result<std::string> EmitReverse(const EmitContext& context) {
  return fmt::format("{}({})",
                     context.result.Is(TypeKind::kArray) ? "list_reverse" : "ember_reverse",
                     context.sql[0]);
}

Result<std::string> EmitSplitPart(const EmitContext& context) {
  std::string call =
      fmt::format("ember_split_part({}, {}, {})", context.sql[0], context.sql[1], context.sql[2]);
  if (auto part = ConstantInteger(context.arguments[2]); part && *part != 0) return call;
  return SqlCase(context.sql[2] + " = 0", RaiseSql("INVALID_INDEX_OF_ZERO", {}), call);
}

// Java's capitals of ß and the ligatures are two letters; DuckDB maps letter by letter.
Result<std::string> EmitUpper(const EmitContext& context) {
  return fmt::format("upper(replace(replace(replace({}, 'ß', 'SS'), 'ﬁ', 'FI'), 'ﬂ', 'FL'))",
                     context.sql[0]);
}

Result<std::string> EmitUrlDecode(const EmitContext& context) {
  const TokenParameter parameters[] = {{"url", context.sql[0], true}};
  return fmt::format(
      "coalesce(ember_url_decode({0}), CASE WHEN {0} IS NULL THEN NULL ELSE {1} END)",
      context.sql[0], RaiseSql("CANNOT_DECODE_URL", parameters));
}

constexpr FunctionRow kRows[] = {
    {.name = "ascii",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultInteger,
     .duckdb = "ascii({0})",
     .doc = "The code of the first character, 0 for the empty text.",
     .example = "SELECT ascii('A')"},
    {.name = "base64",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kBinary>,
     .result = ResultString,
     .duckdb = "ember_base64({0})",
     .doc = "Bytes as Base64 text.",
     .example = "SELECT base64('Spark')"},
    {.name = "bit_length",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kStringOrBinary>,
     .result = ResultInteger,
     .emit = EmitBitLength,
     .doc = "The number of bits of a text or binary.",
     .example = "SELECT bit_length('abc')"},
    {.name = "btrim",
     .min_arguments = 1,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .duckdb = "trim({0}, {1=' '})",
     .doc = "The text without the given characters (blanks) at both ends.",
     .example = "SELECT btrim(' a ')"},
    {.name = "chr",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kLong>,
     .result = ResultString,
     .duckdb = "ember_chr({0})",
     .doc = "The character of a code (modulo 256).",
     .example = "SELECT chr(65)"},
    {.name = "concat",
     .min_arguments = 0,
     .max_arguments = -1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultConcat,
     .emit = EmitConcat,
     .coerce = CoerceConcat,
     .doc = "Joins texts, binaries or arrays; NULL when one is NULL.",
     .example = "SELECT concat('a', 'b')"},
    {.name = "concat_ws",
     .min_arguments = 1,
     .max_arguments = -1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultString,
     .nullability = Nullability::kCustom,
     .emit = EmitConcatWs,
     .coerce = CoerceConcatWs,
     .nullable = FirstIsNullable,
     .doc = "Joins texts and arrays of texts by a separator; NULLs are skipped.",
     .example = "SELECT concat_ws('-', 'a', 'b')"},
    {.name = "contains",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kStringOrBinary>,
     .coercion = CoercionRule::kCustom,
     .result = ResultBoolean,
     .emit = EmitContains,
     .coerce = CoerceTextOrBinaryPair,
     .doc = "Whether the first holds the second.",
     .example = "SELECT contains('Spark', 'ar')"},
    {.name = "decode",
     .min_arguments = 2,
     .max_arguments = -1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultDecode,
     .nullability = Nullability::kCustom,
     .emit = EmitDecode,
     .coerce = CoerceDecode,
     .nullable = DecodeIsNullable,
     .doc =
         "Text of bytes in a charset; with more arguments the result after the equal search value.",
     .example = "SELECT decode(encode('abc', 'utf-8'), 'utf-8')"},
    {.name = "elt",
     .min_arguments = 2,
     .max_arguments = -1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsSecond,
     .nullability = kAlways,
     .emit = EmitElt,
     .coerce = CoerceElt,
     .doc = "The argument with the given number.",
     .example = "SELECT elt(1, 'a', 'b')"},
    {.name = "encode",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .result = ResultBinary,
     .nullability = kAlways,
     .emit = EmitEncode,
     .doc = "The bytes of a text in a charset.",
     .example = "SELECT encode('abc', 'utf-8')"},
    {.name = "endswith",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kStringOrBinary>,
     .coercion = CoercionRule::kCustom,
     .result = ResultBoolean,
     .emit = EmitEndsWith,
     .coerce = CoerceTextOrBinaryPair,
     .doc = "Whether the first ends with the second.",
     .example = "SELECT endswith('Spark', 'rk')"},
    {.name = "find_in_set",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .result = ResultInteger,
     .duckdb = "ember_find_in_set({0}, {1})",
     .doc = "The number of a word in a comma-separated list, 0 for none.",
     .example = "SELECT find_in_set('ab', 'abc,b,ab,c')"},
    {.name = "format_number",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kNumeric, kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultString,
     .nullability = kAlways,
     .emit = EmitFormatNumber,
     .coerce = CoerceFormatNumber,
     .doc = "A number with commas and as many digits after the point, or by a pattern.",
     .example = "SELECT format_number(12332.123456, 4)"},
    {.name = "format_string",
     .min_arguments = 1,
     .max_arguments = -1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultString,
     .nullability = Nullability::kCustom,
     .emit = EmitFormatString,
     .coerce = CoerceFormatString,
     .nullable = FirstIsNullable,
     .doc = "Text by a format as of C's printf.",
     .example = "SELECT format_string('%s %d', 'a', 1)"},
    {.name = "initcap",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .duckdb = "ember_initcap(lower({0}))",
     .doc = "Each word with a capital first letter.",
     .example = "SELECT initcap('sPark sql')"},
    {.name = "instr",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .result = ResultInteger,
     .duckdb = "CAST(instr({0}, {1}) AS INTEGER)",
     .doc = "Where the second is first found in the first, from 1; 0 for nowhere.",
     .example = "SELECT instr('SparkSQL', 'SQL')"},
    {.name = "left",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kStringOrBinary, kInteger>,
     .result = ResultSameAsFirst,
     .emit = EmitLeft,
     .doc = "The first characters.",
     .example = "SELECT left('Spark', 2)"},
    {.name = "length",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kStringOrBinary>,
     .result = ResultInteger,
     .emit = EmitLength,
     .doc = "The number of characters of a text or bytes of a binary.",
     .example = "SELECT length('abc')"},
    {.name = "levenshtein",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kInteger>,
     .result = ResultInteger,
     .emit = EmitLevenshtein,
     .doc = "How many edits part two texts; -1 above a threshold.",
     .example = "SELECT levenshtein('kitten', 'sitting')"},
    {.name = "locate",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kInteger>,
     .result = ResultInteger,
     .nullability = Nullability::kCustom,
     .emit = EmitLocate,
     .nullable = LocateIsNullable,
     .defaults = kOne,
     .doc = "Where the first is found in the second, from a position on.",
     .example = "SELECT locate('bar', 'foobarbar')"},
    {.name = "lower",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .duckdb = "lower({0})",
     .doc = "The text in small letters.",
     .example = "SELECT lower('A')"},
    {.name = "lpad",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kInteger, kString>,
     .result = ResultString,
     .emit = EmitLpad,
     .replace = ReplaceLpad,
     .defaults = kBlank,
     .doc = "The text filled up at its start, or cut, to a length.",
     .example = "SELECT lpad('hi', 5, '?')"},
    {.name = "lpad binary",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kBinary, kInteger, kBinary>,
     .result = ResultBinary,
     .emit = EmitLpadBinary,
     .symbol = "lpad",
     .defaults = kZeroByte,
     .doc = "Bytes filled up at their start, or cut, to a length (internal: lpad).",
     .example = "SELECT lpad(x'1020', 5)"},
    {.name = "ltrim",
     .min_arguments = 1,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .coercion = CoercionRule::kCustom,
     .result = ResultString,
     .emit = EmitLtrim,
     .coerce = CoerceTrimmed,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyLtrim,
     .doc = "The text without blanks (or the characters of the first argument) at its start.",
     .example = "SELECT ltrim(' a')"},
    {.name = "luhn_check",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultBoolean,
     .nullability = kAlways,
     .duckdb = "ember_luhn_check({0})",
     .doc = "Whether digits pass Luhn's check.",
     .example = "SELECT luhn_check('8112189876')"},
    {.name = "mask",
     .min_arguments = 1,
     .max_arguments = 5,
     .arguments = kTypes<kString>,
     .coercion = CoercionRule::kCustom,
     .result = ResultString,
     .nullability = kAlways,
     .emit = EmitMask,
     .coerce = CoerceMask,
     .defaults = kMaskDefaults,
     .doc = "Letters and digits replaced by x, X and n.",
     .example = "SELECT mask('AbCD123')"},
    {.name = "octet_length",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kStringOrBinary>,
     .result = ResultInteger,
     .emit = EmitOctetLength,
     .doc = "The number of bytes of a text or binary.",
     .example = "SELECT octet_length('abc')"},
    {.name = "overlay",
     .min_arguments = 3,
     .max_arguments = 4,
     .arguments = kTypes<kStringOrBinary, kStringOrBinary, kInteger>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .emit = EmitOverlay,
     .coerce = CoerceOverlay,
     .defaults = kMinusOne,
     .doc = "The first with the part at a position replaced by the second.",
     .example = "SELECT overlay('Spark SQL' PLACING '_' FROM 6)"},
    {.name = "regexp_count",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .result = ResultInteger,
     .emit = EmitRegexpCount,
     .doc = "How often a regular expression matches.",
     .example = "SELECT regexp_count('aba', 'a')"},
    {.name = "regexp_extract",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kInteger>,
     .result = ResultString,
     .emit = EmitRegexpExtract,
     .defaults = kOne,
     .doc = "A group of the first match of a regular expression, empty without a match.",
     .example = "SELECT regexp_extract('100-200', '(\\\\d+)-(\\\\d+)', 1)"},
    {.name = "regexp_extract_all",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kInteger>,
     .result = ResultStringArray,
     .emit = EmitRegexpExtractAll,
     .defaults = kOne,
     .doc = "A group of every match of a regular expression.",
     .example = "SELECT regexp_extract_all('100-200, 300-400', '(\\\\d+)-(\\\\d+)', 1)"},
    {.name = "regexp_instr",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kInteger>,
     .result = ResultInteger,
     .emit = EmitRegexpInstr,
     .defaults = kZero,
     .doc = "Where a regular expression first matches, from 1; 0 for nowhere.",
     .example = "SELECT regexp_instr('aba', 'b')"},
    {.name = "regexp_replace",
     .min_arguments = 3,
     .max_arguments = 4,
     .arguments = kTypes<kString, kString, kString, kInteger>,
     .result = ResultRegexpReplace,
     .emit = EmitRegexpReplace,
     .defaults = kOne,
     .doc = "The text with every match of a regular expression replaced.",
     .example = "SELECT regexp_replace('100-200', '(\\\\d+)', 'num')"},
    {.name = "regexp_substr",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .nullability = kAlways,
     .emit = EmitRegexpSubstr,
     .doc = "The first match of a regular expression, NULL for none.",
     .example = "SELECT regexp_substr('aba', 'b')"},
    {.name = "repeat",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString, kInteger>,
     .result = ResultString,
     .duckdb = "repeat({0}, {1})",
     .doc = "The text as often as said.",
     .example = "SELECT repeat('123', 2)"},
    {.name = "replace",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .duckdb = "replace({0}, {1}, {2=''})",
     .defaults = kEmpty,
     .doc = "The text with every occurrence of the second replaced by the third.",
     .example = "SELECT replace('ABCabc', 'abc', 'DEF')"},
    {.name = "reverse",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kStringOrArray>,
     .result = ResultSameAsFirst,
     .emit = EmitReverse,
     .doc = "The text or array from its end.",
     .example = "SELECT reverse('Spark')"},
    {.name = "right",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString, kInteger>,
     .result = ResultString,
     .nullability = kAlways,
     .duckdb = "(CASE WHEN {1} <= 0 THEN '' ELSE ember_substring({0}, - {1}, 2147483647) END)",
     .doc = "The last characters.",
     .example = "SELECT right('Spark', 2)"},
    {.name = "rpad",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kInteger, kString>,
     .result = ResultString,
     .emit = EmitRpad,
     .replace = ReplaceRpad,
     .defaults = kBlank,
     .doc = "The text filled up at its end, or cut, to a length.",
     .example = "SELECT rpad('hi', 5, '?')"},
    {.name = "rpad binary",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kBinary, kInteger, kBinary>,
     .result = ResultBinary,
     .emit = EmitRpadBinary,
     .symbol = "rpad",
     .defaults = kZeroByte,
     .doc = "Bytes filled up at their end, or cut, to a length (internal: rpad).",
     .example = "SELECT rpad(x'1020', 5)"},
    {.name = "rtrim",
     .min_arguments = 1,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .coercion = CoercionRule::kCustom,
     .result = ResultString,
     .emit = EmitRtrim,
     .coerce = CoerceTrimmed,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyRtrim,
     .doc = "The text without blanks (or the characters of the first argument) at its end.",
     .example = "SELECT rtrim('a ')"},
    {.name = "soundex",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .coercion = CoercionRule::kCustom,
     .result = ResultString,
     .duckdb = "ember_soundex({0})",
     .coerce = ExactTexts,
     .doc = "The Soundex code of a word.",
     .example = "SELECT soundex('Miller')"},
    {.name = "space",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kInteger>,
     .result = ResultString,
     .duckdb = "repeat(' ', {0})",
     .doc = "That many blanks.",
     .example = "SELECT space(2)"},
    {.name = "split",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kInteger>,
     .result = ResultStringArrayNoNulls,
     .emit = EmitSplit,
     .defaults = kMinusOne,
     .doc = "The parts of a text between the matches of a regular expression.",
     .example = "SELECT split('oneAtwoBthree', '[AB]')"},
    {.name = "split_part",
     .min_arguments = 3,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kInteger>,
     .result = ResultString,
     .nullability = kAlways,
     .emit = EmitSplitPart,
     .doc = "One of the parts of a text between delimiters.",
     .example = "SELECT split_part('11.12.13', '.', 3)"},
    {.name = "startswith",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kStringOrBinary>,
     .coercion = CoercionRule::kCustom,
     .result = ResultBoolean,
     .emit = EmitStartsWith,
     .coerce = CoerceTextOrBinaryPair,
     .doc = "Whether the first starts with the second.",
     .example = "SELECT startswith('Spark', 'Sp')"},
    {.name = "substring",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kStringOrBinary, kInteger, kInteger>,
     .result = ResultSameAsFirst,
     .emit = EmitSubstring,
     .defaults = kMaxInt,
     .doc = "The characters (bytes) from a position on; negative positions count from the end.",
     .example = "SELECT substring('Spark SQL', 5, 2)"},
    {.name = "substring_index",
     .min_arguments = 3,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kInteger>,
     .result = ResultString,
     .duckdb = "ember_substring_index({0}, {1}, {2})",
     .doc = "The text before the given occurrence of a delimiter.",
     .example = "SELECT substring_index('a.b.c', '.', 2)"},
    {.name = "translate",
     .min_arguments = 3,
     .max_arguments = 3,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .duckdb = "translate({0}, {1}, {2})",
     .doc = "Characters of the second replaced by those of the third.",
     .example = "SELECT translate('AaBbCc', 'abc', '123')"},
    {.name = "trim",
     .min_arguments = 1,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .coercion = CoercionRule::kCustom,
     .result = ResultString,
     .emit = EmitTrim,
     .coerce = CoerceTrimmed,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyTrim,
     .doc = "The text without blanks (or the characters of the first argument) at both ends.",
     .example = "SELECT trim('  a ')"},
    {.name = "try_url_decode",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .nullability = kAlways,
     .duckdb = "ember_url_decode({0})",
     .doc = "The text behind percent escapes; NULL for broken ones.",
     .example = "SELECT try_url_decode('a%20b')"},
    {.name = "unbase64",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultBinary,
     .duckdb = "ember_unbase64({0})",
     .doc = "The bytes of Base64 text.",
     .example = "SELECT unbase64('U3Bhcms=')"},
    {.name = "upper",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .emit = EmitUpper,
     .doc = "The text in capital letters.",
     .example = "SELECT upper('a')"},
    {.name = "url_decode",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .nullability = kAlways,
     .emit = EmitUrlDecode,
     .doc = "The text behind percent escapes.",
     .example = "SELECT url_decode('a%20b')"},
    {.name = "url_encode",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kString>,
     .result = ResultString,
     .nullability = kAlways,
     .duckdb = "ember_url_encode({0})",
     .doc = "The text with percent escapes.",
     .example = "SELECT url_encode('a b')"},
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> StringFunctions() { return kRows; }

}  // namespace ember
