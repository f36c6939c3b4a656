#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_sql.h"
#include "functions/result_types.h"
#include "functions/table_check.h"

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

// Lag and Lead: the default has the column's type; the offset is a constant integer. The frame is
// made of it first (_LEGACY_ERROR_TEMP_1035), and Lag's is negated even before.
Result<std::vector<DataType>> OffsetTypes(Arguments arguments, std::string_view name) {
  const bool is_lag = name == "lag";
  std::vector<DataType> types{arguments[0].type};
  if (arguments.size() > 1) {
    const ArgumentInfo& offset = arguments[1];
    const DataType& type = offset.type;
    const bool is_number = type.IsNumeric() || type.Is(TypeKind::kNull);
    if (is_lag && !is_number && !(type.IsStringLike() && !offset.constant)) {
      return MakeError("FAILED_FUNCTION_CALL", {{"funcName", "`lag`"}});
    }
    if (!is_number && !type.IsStringLike()) return UnexpectedInputType(arguments, 1, "\"INT\"");
    const bool is_int = type.Is(TypeKind::kInteger);
    if (!is_int || IsConstantNull(offset)) {
      return MakeError("_LEGACY_ERROR_TEMP_1035", {{"prettyName", std::string(name)}});
    }
    if (!offset.constant) {
      Error error = NonFoldableInput(offset, "offset");
      if (is_lag) error.parameters["inputExpr"] = QuoteExpression("(- " + offset.pretty + ")");
      return error;
    }
    types.push_back(IntegerType());
  }
  if (arguments.size() > 2) {
    const DataType& fallback = arguments[2].type;
    if (!fallback.IsAtomic() && !SameType(fallback, types[0]) && !fallback.Is(TypeKind::kNull)) {
      return UnexpectedInputType(arguments, 2, "(\"" + SqlText(types[0]) + "\" or \"VOID\")");
    }
    types.push_back(types[0]);
  }
  return types;
}
Result<std::vector<DataType>> CoerceLag(Arguments arguments, const TypeContext&) {
  return OffsetTypes(arguments, "lag");
}
Result<std::vector<DataType>> CoerceLead(Arguments arguments, const TypeContext&) {
  return OffsetTypes(arguments, "lead");
}

bool NullableOffset(Arguments arguments, const TypeContext&) {
  return arguments.size() < 3 || arguments[0].nullable || arguments[2].nullable;
}

Result<std::string> EmitOffset(const EmitContext& context, std::string_view name) {
  std::string sql(name);
  sql += "(" + context.sql[0];
  if (context.sql.size() > 1) sql += ", " + context.sql[1];
  if (context.sql.size() > 2) sql += ", " + context.sql[2];
  return sql + (context.ignore_nulls ? " IGNORE NULLS)" : ")") + std::string(context.tail);
}
Result<std::string> EmitLag(const EmitContext& context) { return EmitOffset(context, "lag"); }
Result<std::string> EmitLead(const EmitContext& context) { return EmitOffset(context, "lead"); }

bool IgnoresNulls(const EmitContext& context) {
  if (context.ignore_nulls) return true;
  if (context.arguments.size() < 3 || !context.arguments[2].constant) return false;
  const auto* flag = std::get_if<bool>(&context.arguments[2].constant->data);
  return flag != nullptr && *flag;
}

// A null offset counts as 0.
Result<DataType> ResultNthValue(Arguments arguments, const TypeContext&) {
  if (!arguments[1].constant) return NonFoldableInput(arguments[1], "offset");
  const int64_t offset =
      IsConstantNull(arguments[1]) ? 0 : ConstantInteger(arguments[1]).value_or(1);
  if (offset <= 0) {
    return ValueOutOfRange("offset", "(0, 9223372036854775807]", std::to_string(offset) + "L");
  }
  return arguments[0].type;
}

Result<std::string> EmitNthValue(const EmitContext& context) {
  return "nth_value(" + context.sql[0] + ", " + context.sql[1] +
         (IgnoresNulls(context) ? " IGNORE NULLS)" : ")") + std::string(context.tail);
}

std::string PrettyNthValue(std::span<const std::string> arguments) {
  std::string text = "nth_value(" + arguments[0] + ", " + arguments[1] + ")";
  return arguments.size() > 2 && arguments[2] == "true" ? text + " ignore nulls" : text;
}

Result<DataType> ResultBuckets(Arguments arguments, const TypeContext&) {
  if (arguments.empty()) return IntegerType();
  if (!arguments[0].constant) return NonFoldableInput(arguments[0], "buckets");
  if (!arguments[0].type.Is(TypeKind::kInteger)) {
    return UnexpectedInputType(arguments, 0, "\"INT\"");
  }
  int64_t buckets = ConstantInteger(arguments[0]).value_or(0);
  if (buckets <= 0) return ValueOutOfRange("buckets", "(0, 2147483647]", std::to_string(buckets));
  return IntegerType();
}

constexpr std::string_view kOffsetDefaults[] = {"NULL", "1", "NULL"};
constexpr std::string_view kOneBucket[] = {"1"};

constexpr FunctionRow Ranking(std::string_view name, std::string_view symbol, int maximum,
                              ResultTypeFunction result, std::string_view duckdb,
                              std::string_view doc, std::string_view example) {
  return {.name = name,
          .kind = FunctionKind::kWindow,
          .min_arguments = 0,
          .max_arguments = maximum,
          .arguments = kTypes<kAny>,
          .result = result,
          .nullability = Nullability::kNever,
          .duckdb = duckdb,
          .symbol = symbol,
          .shown_arguments = maximum == -1 ? 0 : -1,
          .doc = doc,
          .example = example};
}

constexpr FunctionRow Offset(std::string_view name, CoerceFunction coerce, EmitFunction emit,
                             std::string_view doc, std::string_view example) {
  return {.name = name,
          .kind = FunctionKind::kWindow,
          .min_arguments = 0,
          .max_arguments = 4,
          .arguments = kTypes<kAny, kInteger, kAny>,
          .coercion = CoercionRule::kCustom,
          .result = ResultSameAsFirst,
          .nullability = Nullability::kCustom,
          .emit = emit,
          .coerce = coerce,
          .nullable = NullableOffset,
          .defaults = kOffsetDefaults,
          .doc = doc,
          .example = example};
}

constexpr FunctionRow kRows[] = {
    Ranking("cume_dist", "", 0, ResultDouble, "cume_dist(){t}",
            "The share of rows at or before the current one.",
            "SELECT cume_dist() OVER (ORDER BY a) FROM VALUES (1), (2) AS t(a)"),
    Ranking("dense_rank", "DENSE_RANK", -1, ResultInteger, "CAST(dense_rank(){t} AS INTEGER)",
            "The rank of the row, ties counting once.",
            "SELECT dense_rank() OVER (ORDER BY a) FROM VALUES (1), (1), (2) AS t(a)"),
    Offset("lag", CoerceLag, EmitLag, "The value some rows before the current one.",
           "SELECT lag(a) OVER (ORDER BY a) FROM VALUES (1), (2) AS t(a)"),
    Offset("lead", CoerceLead, EmitLead, "The value some rows after the current one.",
           "SELECT lead(a) OVER (ORDER BY a) FROM VALUES (1), (2) AS t(a)"),
    {.name = "nth_value",
     .kind = FunctionKind::kWindow,
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kAny, kInteger, kBoolean>,
     .result = ResultNthValue,
     .nullability = Nullability::kAlways,
     .emit = EmitNthValue,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyNthValue,
     .doc = "The value of the n-th row of the frame.",
     .example = "SELECT nth_value(a, 2) OVER (ORDER BY a) FROM VALUES (1), (2) AS t(a)"},
    {.name = "ntile",
     .kind = FunctionKind::kWindow,
     .min_arguments = 0,
     .max_arguments = 1,
     .arguments = kTypes<kAny>,
     .result = ResultBuckets,
     .nullability = Nullability::kNever,
     .duckdb = "CAST(ntile({0=1}){t} AS INTEGER)",
     .defaults = kOneBucket,
     .doc = "The number of the row's bucket among n of equal size.",
     .example = "SELECT ntile(2) OVER (ORDER BY a) FROM VALUES (1), (2) AS t(a)"},
    Ranking("percent_rank", "PERCENT_RANK", -1, ResultDouble, "percent_rank(){t}",
            "The rank of the row as a share of the rows.",
            "SELECT percent_rank() OVER (ORDER BY a) FROM VALUES (1), (2) AS t(a)"),
    Ranking("rank", "RANK", -1, ResultInteger, "CAST(rank(){t} AS INTEGER)",
            "The rank of the row, with gaps after ties.",
            "SELECT rank() OVER (ORDER BY a) FROM VALUES (1), (1), (2) AS t(a)"),
    Ranking("row_number", "", 0, ResultInteger, "CAST(row_number(){t} AS INTEGER)",
            "The number of the row in its window.",
            "SELECT row_number() OVER (ORDER BY a) FROM VALUES (1), (2) AS t(a)"),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> WindowFunctions() { return kRows; }

}  // namespace ember
