#include "functions/emit_text.h"

#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/error_token.h"
#include "functions/sql_build.h"
#include "types/coercion.h"

namespace ember {
namespace {

using Arguments = std::span<const ArgumentInfo>;

bool IsBinary(const EmitContext& context) {
  return context.arguments[0].type.Is(TypeKind::kBinary);
}

std::string EmitSearch(const EmitContext& context, std::string_view text, std::string_view blob) {
  return fmt::format("{}({}, {})", IsBinary(context) ? blob : text, context.sql[0], context.sql[1]);
}

// A binary first argument, with a binary or no pad, is padded with bytes (BinaryPad).
std::optional<Replacement> ReplacePad(Arguments arguments, std::string_view name) {
  const bool is_binary = arguments[0].type.Is(TypeKind::kBinary) &&
                         (arguments.size() < 3 || arguments[2].type.Is(TypeKind::kBinary));
  if (!is_binary) return std::nullopt;
  return Replacement{name};
}

std::string EmitPadded(const EmitContext& context, std::string_view native, std::string_view pad) {
  return fmt::format("{}({}, {}, {})", native, context.sql[0], context.sql[1],
                     context.sql.size() > 2 ? std::string_view(context.sql[2]) : pad);
}

// Java writes İ as two characters, and Σ at the end of a word as ς; DuckDB maps letter by letter.
std::string LowerSql(const std::string& text) {
  return Bind(text, [](const std::string& x) {
    return fmt::format(
        "(CASE WHEN contains({0}, 'Σ') OR contains({0}, 'İ') THEN lower(ember_final_sigma({0})) "
        "ELSE lower({0}) END)",
        x);
  });
}

}  // namespace

bool FirstIsNullable(Arguments arguments, const TypeContext&) { return arguments[0].nullable; }

// StringLocate is 0 for a NULL position.
bool LocateIsNullable(Arguments arguments, const TypeContext&) {
  return arguments[0].nullable || arguments[1].nullable;
}

Result<std::string> EmitLocate(const EmitContext& context) {
  if (context.sql.size() == 2) {
    return fmt::format("CAST(instr({}, {}) AS INTEGER)", context.sql[1], context.sql[0]);
  }
  std::string located =
      fmt::format("ember_locate({}, {}, {})", context.sql[0], context.sql[1], context.sql[2]);
  if (!context.arguments[2].nullable) return located;
  return fmt::format("(CASE WHEN {} IS NULL THEN 0 ELSE {} END)", context.sql[2], located);
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

bool SearchIsNullable(Arguments arguments, const TypeContext&) {
  return arguments[0].nullable || arguments[1].nullable || arguments[0].type.Is(TypeKind::kBinary);
}

Result<std::string> EmitStartsWith(const EmitContext& context) {
  return EmitSearch(context, "starts_with", "ember_starts_with_blob");
}

Result<std::string> EmitEndsWith(const EmitContext& context) {
  return EmitSearch(context, "ends_with", "ember_ends_with_blob");
}

Result<std::string> EmitTextContains(const EmitContext& context) {
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

std::optional<Replacement> ReplaceLpad(Arguments arguments) {
  return ReplacePad(arguments, "lpad binary");
}

std::optional<Replacement> ReplaceRpad(Arguments arguments) {
  return ReplacePad(arguments, "rpad binary");
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

Result<std::string> EmitLower(const EmitContext& context) { return LowerSql(context.sql[0]); }

Result<std::string> EmitInitcap(const EmitContext& context) {
  return fmt::format("ember_initcap({})", LowerSql(context.sql[0]));
}

Result<std::string> EmitUnbase64(const EmitContext& context) {
  const TokenParameter message[] = {{"message", "Last unit does not have enough valid bits"}};
  return fmt::format("coalesce(ember_unbase64({0}), CASE WHEN {0} IS NULL THEN NULL ELSE {1} END)",
                     context.sql[0], RaiseSql("java.lang.IllegalArgumentException", message));
}

Result<std::string> EmitUrlDecode(const EmitContext& context) {
  const TokenParameter parameters[] = {{"url", context.sql[0], true}};
  return fmt::format(
      "coalesce(ember_url_decode({0}), CASE WHEN {0} IS NULL THEN NULL ELSE {1} END)",
      context.sql[0], RaiseSql("CANNOT_DECODE_URL", parameters));
}

}  // namespace ember
