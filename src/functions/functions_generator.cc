#include "functions/argument_errors.h"
#include "functions/result_types.h"
#include "functions/table_check.h"

// Generators: the result is a struct of the generated columns; the engine unnests the argument
// itself. json_tuple emits a list of one such struct.

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

template <bool has_position, bool is_outer>
Result<DataType> ResultExplode(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (!type.Is(TypeKind::kMap) && !type.Is(TypeKind::kArray)) {
    return UnexpectedInputType(arguments, 0, "(\"ARRAY\" or \"MAP\")");
  }
  std::vector<StructField> fields;
  if (has_position) fields.push_back({"pos", IntegerType(), is_outer, ""});
  if (type.Is(TypeKind::kMap)) {
    fields.push_back({"key", type.key().type, is_outer, ""});
    fields.push_back({"value", type.value().type, is_outer || type.value().nullable, ""});
  } else {
    fields.push_back({"col", type.element().type, is_outer || type.element().nullable, ""});
  }
  return StructType(std::move(fields));
}

template <bool is_outer>
Result<DataType> ResultInline(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (!type.Is(TypeKind::kArray) || !type.element().type.Is(TypeKind::kStruct)) {
    return UnexpectedInputType(arguments, 0, "\"ARRAY<STRUCT>\"");
  }
  std::vector<StructField> fields = type.element().type.fields();
  for (StructField& field : fields) {
    field.nullable = field.nullable || is_outer || type.element().nullable;
  }
  return StructType(std::move(fields));
}

// Stack.checkInputDataTypes: rows of as many columns as fit; columns keep the type of the first
// row.
Result<DataType> ResultStack(Arguments arguments, const TypeContext&) {
  const ArgumentInfo& count = arguments[0];
  if (!count.type.IsIntegral()) return UnexpectedInputType(arguments, 0, "\"INT\"");
  if (!count.constant) return NonFoldableInput(count, "n");
  if (count.constant->is_null()) return UnexpectedNull("`n`");
  const int64_t rows = ConstantInteger(count).value_or(0);
  if (rows <= 0) return ValueOutOfRange("`n`", "(0, 2147483647]", std::to_string(rows));
  const size_t values = arguments.size() - 1;
  const size_t width = (values + static_cast<size_t>(rows) - 1) / static_cast<size_t>(rows);
  std::vector<StructField> fields;
  for (size_t i = 0; i < width; ++i) {
    StructField field{"col" + std::to_string(i), arguments[i + 1].type, true, ""};
    for (size_t at = i + 1; at < arguments.size(); at += width) {
      const DataType& type = arguments[at].type;
      if (field.type.Is(TypeKind::kNull)) field.type = type;
      if (!type.Is(TypeKind::kNull) && !SameType(type, field.type)) {
        return MakeError("DATATYPE_MISMATCH.STACK_COLUMN_DIFF_TYPES",
                         {{"columnIndex", std::to_string(i)},
                          {"leftParamIndex", std::to_string(i + 1)},
                          {"leftType", "\"" + SqlText(field.type) + "\""},
                          {"rightParamIndex", std::to_string(at)},
                          {"rightType", "\"" + SqlText(type) + "\""}});
      }
    }
    fields.push_back(std::move(field));
  }
  return StructType(std::move(fields));
}

Result<DataType> ResultTuple(Arguments arguments, const TypeContext&) {
  for (const ArgumentInfo& argument : arguments) {
    if (argument.type.IsStringLike()) continue;
    return MakeError("DATATYPE_MISMATCH.NON_STRING_TYPE", {{"funcName", "`json_tuple`"}});
  }
  std::vector<StructField> fields;
  for (size_t i = 1; i < arguments.size(); ++i) {
    fields.push_back({"c" + std::to_string(i - 1), StringType(), true, ""});
  }
  return StructType(std::move(fields));
}

Result<std::string> EmitTuple(const EmitContext& context) {
  std::string fields;
  for (size_t i = 1; i < context.sql.size(); ++i) {
    fields += (i > 1 ? ", c" : "c") + std::to_string(i - 1) + " := ember_json_field(" +
              context.sql[0] + ", " + context.sql[i] + ")";
  }
  return "[struct_pack(" + fields + ")]";
}

Result<std::string> EmitByEngine(const EmitContext&) {
  return InternalError("a generator outside of a generate relation");
}

constexpr FunctionRow Row(std::string_view name, int maximum, std::span<const TypeClass> types,
                          ResultTypeFunction result, EmitFunction emit, std::string_view doc,
                          std::string_view example) {
  return {.name = name,
          .kind = FunctionKind::kGenerator,
          .min_arguments = maximum == 1 ? 1 : 2,
          .max_arguments = maximum,
          .arguments = types,
          .result = result,
          .nullability = Nullability::kNever,
          .emit = emit,
          .doc = doc,
          .example = example};
}

// GeneratorOuter around the generator.
std::string PrettyOuter(std::string_view generator, std::span<const std::string> arguments) {
  return "generatorouter(" + std::string(generator) + "(" + arguments[0] + "))";
}
std::string PrettyExplodeOuter(std::span<const std::string> arguments) {
  return PrettyOuter("explode", arguments);
}
std::string PrettyInlineOuter(std::span<const std::string> arguments) {
  return PrettyOuter("inline", arguments);
}
std::string PrettyPosexplodeOuter(std::span<const std::string> arguments) {
  return PrettyOuter("posexplode", arguments);
}
constexpr FunctionRow Outer(FunctionRow row, PrettyFunction pretty) {
  row.style = PrettyStyle::kCustom;
  row.pretty = pretty;
  return row;
}

constexpr FunctionRow kRows[] = {
    Row("explode", 1, kTypes<kAny>, ResultExplode<false, false>, EmitByEngine,
        "A row for each element of an array or pair of a map.", "SELECT explode(array(1, 2))"),
    Outer(Row("explode_outer", 1, kTypes<kAny>, ResultExplode<false, true>, EmitByEngine,
              "As explode, with a row of nulls where there is nothing.",
              "SELECT explode_outer(array(1, 2))"),
          PrettyExplodeOuter),
    Row("inline", 1, kTypes<kAny>, ResultInline<false>, EmitByEngine,
        "A row for each struct of an array.", "SELECT inline(array(struct(1, 'a')))"),
    Outer(Row("inline_outer", 1, kTypes<kAny>, ResultInline<true>, EmitByEngine,
              "As inline, with a row of nulls where there is nothing.",
              "SELECT inline_outer(array(struct(1, 'a')))"),
          PrettyInlineOuter),
    Row("json_tuple", -1, kTypes<kAny>, ResultTuple, EmitTuple,
        "Fields of a JSON object as columns.", "SELECT json_tuple('{\"a\": 1}', 'a')"),
    Row("posexplode", 1, kTypes<kAny>, ResultExplode<true, false>, EmitByEngine,
        "As explode, with the position before.", "SELECT posexplode(array('a', 'b'))"),
    Outer(Row("posexplode_outer", 1, kTypes<kAny>, ResultExplode<true, true>, EmitByEngine,
              "As posexplode, with a row of nulls where there is nothing.",
              "SELECT posexplode_outer(array('a', 'b'))"),
          PrettyPosexplodeOuter),
    Row("stack", -1, kTypes<kAny>, ResultStack, EmitByEngine, "Its values in some rows.",
        "SELECT stack(2, 1, 'a', 2, 'b')"),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> GeneratorFunctions() { return kRows; }

}  // namespace ember
