#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_regex.h"
#include "functions/registry.h"
#include "functions/result_types.h"
#include "functions/sql_build.h"
#include "functions/table_check.h"

namespace ember {
namespace {

using enum TypeClass;
using enum Nullability;
using Arguments = std::span<const ArgumentInfo>;

bool IsConstantTrue(const ArgumentInfo& argument) {
  if (!argument.constant) return false;
  const bool* value = std::get_if<bool>(&argument.constant->data);
  return value != nullptr && *value;
}

Error DifferentTypes(Arguments arguments, const std::vector<size_t>& positions,
                     std::string_view name) {
  std::string list;
  for (size_t i : positions) {
    list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", SqlText(arguments[i].type));
  }
  return MakeError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                   {{"functionName", fmt::format("`{}`", name)}, {"dataType", "[" + list + "]"}});
}

// The common type of the arguments at the given positions: DATA_DIFF_TYPES when they have none.
Result<DataType> CommonType(Arguments arguments, const std::vector<size_t>& positions,
                            std::string_view name, const TypeContext& context) {
  std::vector<DataType> types;
  for (size_t i : positions) types.push_back(arguments[i].type);
  if (auto common = WiderType(types, context.ansi)) return *common;
  return DifferentTypes(arguments, positions, name);
}

// when: condition, value, condition, value, …[, otherwise].
std::vector<size_t> ValuePositions(size_t count) {
  std::vector<size_t> positions;
  for (size_t i = 1; i < count; i += 2) positions.push_back(i);
  if (count % 2 == 1) positions.push_back(count - 1);
  return positions;
}

Result<std::vector<DataType>> CoerceWhen(Arguments arguments, const TypeContext& context) {
  const std::vector<size_t> positions = ValuePositions(arguments.size());
  ASSIGN_OR_RETURN(DataType common, CommonType(arguments, positions, "casewhen", context));
  std::vector<DataType> types;
  for (const ArgumentInfo& argument : arguments) {
    types.push_back(argument.type);
  }
  for (size_t i : positions) types[i] = common;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    if (types[i].Is(TypeKind::kBoolean)) continue;
    return UnexpectedInputType(arguments, i, "\"BOOLEAN\"");
  }
  return types;
}

Result<DataType> ResultWhen(Arguments arguments, const TypeContext&) { return arguments[1].type; }

// CaseWhen.nullable: branches after a literal TRUE do not count.
bool WhenIsNullable(Arguments arguments, const TypeContext&) {
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    if (arguments[i + 1].nullable) return true;
    if (IsConstantTrue(arguments[i])) return false;
  }
  return arguments.size() % 2 == 0 || arguments.back().nullable;
}

std::string PrettyWhen(std::span<const std::string> text) {
  std::string out = "CASE";
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    out += fmt::format(" WHEN {} THEN {}", text[i], text[i + 1]);
  }
  if (text.size() % 2 == 1) out += " ELSE " + text.back();
  return out + " END";
}

Result<std::string> EmitWhen(const EmitContext& context) {
  return "(" + PrettyWhen(context.sql) + ")";
}

Result<std::vector<DataType>> CoerceIf(Arguments arguments, const TypeContext& context) {
  const DataType& condition = arguments[0].type;
  if (!condition.Is(TypeKind::kBoolean) && !condition.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 0, "\"BOOLEAN\"");
  }
  ASSIGN_OR_RETURN(DataType common, CommonType(arguments, {1, 2}, "if", context));
  return std::vector<DataType>{condition.Is(TypeKind::kNull) ? BooleanType() : condition, common,
                               common};
}
std::string PrettyIf(std::span<const std::string> text) {
  return fmt::format("(IF({}, {}, {}))", text[0], text[1], text[2]);
}
bool BranchIsNullable(Arguments arguments, const TypeContext&) {
  return arguments[1].nullable || arguments[2].nullable;
}

Result<std::vector<DataType>> CoerceNvl2(Arguments arguments, const TypeContext& context) {
  ASSIGN_OR_RETURN(DataType common, CommonType(arguments, {1, 2}, "if", context));
  return std::vector<DataType>{arguments[0].type, common, common};
}

bool AllAreNullable(Arguments arguments, const TypeContext&) {
  for (const ArgumentInfo& argument : arguments) {
    if (!argument.nullable) return false;
  }
  return true;
}

// NullIf(a, b) is if(a = b, null, a): the comparison converts, the result does not.
Result<std::string> EmitNullIf(const EmitContext& context) {
  const DataType& a = context.arguments[0].type;
  const DataType& b = context.arguments[1].type;
  std::string left = context.sql[0], right = context.sql[1];
  if (!SameType(a, b)) {
    auto common = WiderType(a, b, context.ansi);
    // With ANSI mode off a string is compared as the other side's type.
    if (!context.ansi && a.IsStringLike() && b.IsAtomic()) common = b;
    if (!context.ansi && b.IsStringLike() && a.IsAtomic()) common = a;
    if (!common) return Unsupported("nullif of " + SimpleString(a) + " and " + SimpleString(b));
    const CastMode mode = context.ansi ? CastMode::kAnsi : CastMode::kLegacy;
    ASSIGN_OR_RETURN(left, EmitCast(left, a, *common, mode, context.zone));
    ASSIGN_OR_RETURN(right, EmitCast(right, b, *common, mode, context.zone));
  }
  return fmt::format("(CASE WHEN {} = {} THEN NULL ELSE {} END)", left, right, context.sql[0]);
}

Result<std::vector<DataType>> CoerceNanvl(Arguments arguments, const TypeContext&) {
  bool is_float = true;
  for (size_t i = 0; i < 2; ++i) {
    const DataType& type = arguments[i].type;
    if (type.IsNumeric() || type.IsStringLike() || type.Is(TypeKind::kNull)) continue;
    return UnexpectedInputType(arguments, i, "(\"DOUBLE\" or \"FLOAT\")");
  }
  for (const ArgumentInfo& argument : arguments) {
    is_float = is_float && argument.type.Is(TypeKind::kFloat);
  }
  const DataType type = is_float ? FloatType() : DoubleType();
  return std::vector<DataType>{type, type};
}

Result<std::vector<DataType>> CoerceIsNan(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (!type.IsNumeric() && !type.IsStringLike() && !type.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 0, "(\"DOUBLE\" or \"FLOAT\")");
  }
  return std::vector<DataType>{DoubleType()};
}

// Greatest and Least: the wider type without string promotion.
Result<std::vector<DataType>> CoerceExtreme(Arguments arguments, const TypeContext& context,
                                            std::string_view name) {
  std::vector<size_t> positions;
  bool has_text = false, has_other = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    positions.push_back(i);
    const DataType& type = arguments[i].type;
    has_text = has_text || type.IsStringLike();
    has_other = has_other || (!type.IsStringLike() && !type.Is(TypeKind::kNull));
  }
  if (has_text && has_other) return DifferentTypes(arguments, positions, name);
  ASSIGN_OR_RETURN(DataType common, CommonType(arguments, positions, name, context));
  return std::vector<DataType>(arguments.size(), common);
}
Result<std::vector<DataType>> CoerceGreatest(Arguments arguments, const TypeContext& context) {
  return CoerceExtreme(arguments, context, "greatest");
}
Result<std::vector<DataType>> CoerceLeast(Arguments arguments, const TypeContext& context) {
  return CoerceExtreme(arguments, context, "least");
}

// likeany(text, pattern, …) and its kin: what the parser makes of LIKE ANY (…) of constants.
std::string EmitLikeEach(const EmitContext& context, std::string_view prefix,
                         std::string_view separator) {
  std::string sql;
  for (size_t i = 1; i < context.sql.size(); ++i) {
    if (i > 1) sql += separator;
    sql += fmt::format("{}({} LIKE {} ESCAPE '\\')", prefix, context.sql[0], context.sql[i]);
  }
  return "(" + sql + ")";
}
Result<std::string> EmitLikeAll(const EmitContext& context) {
  return EmitLikeEach(context, "", " AND ");
}
Result<std::string> EmitLikeAny(const EmitContext& context) {
  return EmitLikeEach(context, "", " OR ");
}
Result<std::string> EmitNotLikeAll(const EmitContext& context) {
  return EmitLikeEach(context, "NOT ", " AND ");
}
Result<std::string> EmitNotLikeAny(const EmitContext& context) {
  return EmitLikeEach(context, "NOT ", " OR ");
}
constexpr FunctionRow LikeEach(std::string_view name, EmitFunction emit, std::string_view doc,
                               std::string_view example) {
  return {.name = name,
          .min_arguments = 2,
          .max_arguments = -1,
          .arguments = kTypes<kString>,
          .result = ResultBoolean,
          .nullability = kAlways,
          .emit = emit,
          .shown_arguments = 1,
          .doc = doc,
          .example = example};
}

// The escape is one character, written out.
Result<DataType> ResultLike(Arguments arguments, const TypeContext&) {
  if (arguments.size() < 3) return BooleanType();
  const std::optional<std::string> text = ConstantText(arguments[2]);
  const bool is_text = text && text->size() == 1 && arguments[2].type.IsStringLike();
  if (is_text && arguments[2].is_literal) return BooleanType();
  return MakeError("INVALID_ESCAPE_CHAR", {{"sqlExpr", QuoteExpression(arguments[2].pretty)}});
}

std::string PrettyLike(std::span<const std::string> text) {
  if (text.size() == 3) return fmt::format("{} LIKE {} ESCAPE '{}'", text[0], text[1], text[2]);
  return fmt::format("{} LIKE {}", text[0], text[1]);
}

constexpr FunctionRow kRows[] = {
    {.name = "coalesce",
     .min_arguments = 1,
     .max_arguments = -1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kSameType,
     .result = ResultSameAsFirst,
     .nullability = Nullability::kCustom,
     .duckdb = "coalesce({*})",
     .nullable = AllAreNullable,
     .doc = "The first argument that is not NULL.",
     .example = "SELECT coalesce(NULL, 1)"},
    {.name = "greatest",
     .min_arguments = 2,
     .max_arguments = -1,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .nullability = Nullability::kCustom,
     .duckdb = "greatest({*})",
     .coerce = CoerceGreatest,
     .nullable = AllAreNullable,
     .doc = "The largest argument; NULLs are skipped, NaN is the largest.",
     .example = "SELECT greatest(1, 2, 3)"},
    {.name = "if",
     .min_arguments = 3,
     .max_arguments = 3,
     .arguments = kTypes<kBoolean, kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsSecond,
     .nullability = Nullability::kCustom,
     .duckdb = "(CASE WHEN {0} THEN {1} ELSE {2} END)",
     .coerce = CoerceIf,
     .nullable = BranchIsNullable,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyIf,
     .doc = "The second argument where the first holds, else the third.",
     .example = "SELECT if(true, 1, 2)"},
    {.name = "ilike",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kAny>,
     .result = ResultLike,
     .emit = EmitIlike,
     .shown_arguments = 2,
     .doc = "Whether the text matches a LIKE pattern, letters of both cases being equal.",
     .example = "SELECT 'Spark' ILIKE 'spark'"},
    {.name = "isnan",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kDouble>,
     .coercion = CoercionRule::kCustom,
     .result = ResultBoolean,
     .nullability = kNever,
     .duckdb = "coalesce(isnan({0}), FALSE)",
     .coerce = CoerceIsNan,
     .doc = "Whether the number is NaN; false for NULL.",
     .example = "SELECT isnan(cast('NaN' AS DOUBLE))"},
    {.name = "least",
     .min_arguments = 2,
     .max_arguments = -1,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .nullability = Nullability::kCustom,
     .duckdb = "least({*})",
     .coerce = CoerceLeast,
     .nullable = AllAreNullable,
     .doc = "The smallest argument; NULLs are skipped.",
     .example = "SELECT least(1, 2, 3)"},
    {.name = "like",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kString, kString, kAny>,
     .result = ResultLike,
     .emit = EmitLike,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyLike,
     .doc = "Whether the text matches a pattern of % and _; backslash escapes.",
     .example = "SELECT 'Spark' LIKE 'S%'"},
    LikeEach("likeall", EmitLikeAll, "LIKE ALL (…) of constant patterns.",
             "SELECT 'abc' LIKE ALL ('a%', '%c')"),
    LikeEach("likeany", EmitLikeAny, "LIKE ANY (…) of constant patterns.",
             "SELECT 'abc' LIKE ANY ('a%', 'x%')"),
    {.name = "nanvl",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .duckdb = "(CASE WHEN isnan({0}) THEN {1} ELSE {0} END)",
     .coerce = CoerceNanvl,
     .doc = "The first argument, or the second where the first is NaN.",
     .example = "SELECT nanvl(cast('NaN' AS DOUBLE), 1D)"},
    LikeEach("notlikeall", EmitNotLikeAll, "NOT LIKE ALL (…) of constant patterns.",
             "SELECT 'abc' NOT LIKE ALL ('x%', 'y%')"),
    LikeEach("notlikeany", EmitNotLikeAny, "NOT LIKE ANY (…) of constant patterns.",
             "SELECT 'abc' NOT LIKE ANY ('a%', 'x%')"),
    {.name = "nullif",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kAny>,
     .result = ResultSameAsFirst,
     .nullability = kAlways,
     .emit = EmitNullIf,
     .doc = "NULL where the two are equal, else the first.",
     .example = "SELECT nullif(1, 1)"},
    {.name = "nullifzero",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kNumeric>,
     .result = ResultSameAsFirst,
     .nullability = kAlways,
     .duckdb = "(CASE WHEN {0} = 0 THEN NULL ELSE {0} END)",
     .doc = "NULL for 0, else the argument.",
     .example = "SELECT nullifzero(0)"},
    {.name = "nvl",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kSameType,
     .result = ResultSameAsFirst,
     .nullability = Nullability::kCustom,
     .duckdb = "coalesce({*})",
     .nullable = AllAreNullable,
     .doc = "The first argument, or the second where the first is NULL.",
     .example = "SELECT nvl(NULL, 1)"},
    {.name = "nvl2",
     .min_arguments = 3,
     .max_arguments = 3,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsSecond,
     .nullability = Nullability::kCustom,
     .duckdb = "(CASE WHEN {0} IS NOT NULL THEN {1} ELSE {2} END)",
     .coerce = CoerceNvl2,
     .nullable = BranchIsNullable,
     .doc = "The second argument where the first is not NULL, else the third.",
     .example = "SELECT nvl2(NULL, 1, 2)"},
    {.name = "regexp",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .result = ResultBoolean,
     .emit = EmitRegexp,
     .symbol = "REGEXP",
     .doc = "Whether the text holds a match of a Java regular expression.",
     .example = "SELECT regexp('Spark', '^S')"},
    {.name = "regexp_like",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .result = ResultBoolean,
     .emit = EmitRegexpLike,
     .symbol = "REGEXP_LIKE",
     .doc = "Whether the text holds a match of a Java regular expression.",
     .example = "SELECT regexp_like('Spark', '^S')"},
    {.name = "rlike",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kString>,
     .result = ResultBoolean,
     .emit = EmitRlike,
     .symbol = "RLIKE",
     .doc = "Whether the text holds a match of a Java regular expression.",
     .example = "SELECT 'Spark' RLIKE '^S'"},
    {.name = "when",
     .min_arguments = 2,
     .max_arguments = -1,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultWhen,
     .nullability = Nullability::kCustom,
     .emit = EmitWhen,
     .coerce = CoerceWhen,
     .nullable = WhenIsNullable,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyWhen,
     .doc = "CASE WHEN: the value after the first condition that holds.",
     .example = "SELECT CASE WHEN 1 > 0 THEN 'a' ELSE 'b' END"},
    {.name = "zeroifnull",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kNumeric>,
     .result = ResultSameAsFirst,
     .nullability = kNever,
     .duckdb = "coalesce({0}, 0)",
     .doc = "0 for NULL, else the argument.",
     .example = "SELECT zeroifnull(NULL)"},
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> ConditionalFunctions() { return kRows; }

}  // namespace ember
