#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"
#include "analyzer/function_lookup.h"
#include "analyzer/name_matching.h"

namespace ember {
namespace {

std::string QuotedType(const DataType& type) { return "\"" + SqlText(type) + "\""; }

}  // namespace

// ResolveUnpivot, UnpivotCoercion: one row per value column; ids come first.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const Unpivot& unpivot, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*unpivot.input, outer));
  const Scope scope = Scope::Over(*input, outer);
  if (!unpivot.value_columns.empty()) return ResolveUnpivotGroups(unpivot, input, scope);
  ASSIGN_OR_RETURN(auto ids, ResolveSelectList(unpivot.ids, scope));
  std::vector<SelectItem> values;
  const auto others = [&](const std::vector<SelectItem>& known) {
    std::set<int64_t> used;
    for (const auto& item : known) used.merge(ReferencedIds(*item.named.expression));
    std::vector<SelectItem> rest;
    for (const auto& column : input->columns) {
      if (!used.contains(column.id)) rest.push_back({.named = PassThrough(column)});
    }
    return rest;
  };
  if (unpivot.values) {
    ASSIGN_OR_RETURN(values, ResolveSelectList(*unpivot.values, scope));
    if (unpivot.is_sql) ids = others(values);
  } else {
    values = others(ids);
  }
  if (values.empty()) return MakeError("UNPIVOT_REQUIRES_VALUE_COLUMNS");
  std::vector<DataType> types;
  for (const auto& value : values) types.push_back(value.named.expression->type);
  const auto wider = WiderType(types, options_.ansi);
  std::optional<DataType> common = wider;
  for (const auto& type : types) {
    if (wider && wider->IsStringLike() != type.IsStringLike()) common.reset();
  }
  if (!common) {
    std::vector<std::string> texts;
    for (const auto& value : values) {
      std::string text = QuotedType(value.named.expression->type);
      const std::string name = QuoteIdentifier(value.named.expression->pretty);
      const auto same = std::find_if(texts.begin(), texts.end(), [&](const std::string& known) {
        return known.starts_with(text + " (");
      });
      if (same == texts.end()) {
        texts.push_back(text + " (" + name + ")");
      } else {
        same->insert(same->size() - 1, ", " + name);
      }
    }
    std::sort(texts.begin(), texts.end());
    std::string list;
    for (const auto& text : texts) list += (list.empty() ? "" : ", ") + text;
    return MakeError("UNPIVOT_VALUE_DATA_TYPE_MISMATCH", {{"types", list}});
  }
  ResolvedExpand expand;
  bool nullable = false;
  for (const auto& value : values) {
    std::vector<ResolvedExpressionPtr> row;
    for (const auto& id : ids) row.push_back(id.named.expression);
    row.push_back(ResolvedLiteral({StringType(), {value.named.column.name}}));
    row.push_back(ImplicitCastTo(value.named.expression, *common, SessionCast()));
    nullable = nullable || row.back()->nullable;
    expand.projections.push_back(std::move(row));
  }
  for (const auto& id : ids) {
    expand.columns.push_back(NewColumn(id.named.column.name, id.named.column.type,
                                       id.named.column.nullable, id.named.column.qualifier));
  }
  expand.columns.push_back(NewColumn(unpivot.variable_column, StringType(), false));
  expand.columns.push_back(NewColumn(unpivot.value_column, *common, nullable));
  expand.input = std::move(input);
  auto columns = expand.columns;
  auto expanded = MakeResolvedRelation(std::move(expand), columns);
  if (unpivot.include_nulls) return expanded;
  ASSIGN_OR_RETURN(auto present, MakeCall("isnotnull", {Reference(columns.back())}));
  return Over(*expanded, ResolvedFilter{expanded, std::move(present)});
}

// Project.matchSchema: DataFrame.to(schema).
Result<ResolvedRelationPtr> Analysis::ResolveNode(const ToSchema& to, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*to.input, outer));
  std::vector<NamedExpression> output;
  for (const auto& field : to.schema) {
    const auto matches = MatchName({field.name}, input->columns, options_.case_sensitive);
    if (matches.size() > 1) {
      return MakeError("AMBIGUOUS_COLUMN_OR_FIELD", {{"name", QuoteIdentifier(field.name)},
                                                     {"n", std::to_string(matches.size())}});
    }
    if (matches.empty()) {
      if (!field.nullable) return UnresolvedColumn({field.name}, input->columns);
      output.push_back(Named(MakeResolved(Literal{field.type, {}}, field.type, true, "NULL"),
                             field.name, field.metadata));
      continue;
    }
    const ResolvedColumn& column = *matches[0].column;
    if (column.nullable && !field.nullable) {
      return MakeError("NULLABLE_COLUMN_OR_FIELD", {{"name", QuoteIdentifier(field.name)}});
    }
    ASSIGN_OR_RETURN(auto fitted, FitTo(Reference(column), column.name, field.type));
    output.push_back(Named(std::move(fitted), column.name,
                           field.metadata.empty() ? column.metadata : field.metadata));
    output.back().column.type = field.type;
    output.back().column.nullable = field.nullable;
  }
  return MakeProject(std::move(input), std::move(output));
}

Result<ResolvedExpressionPtr> Analysis::FitTo(ResolvedExpressionPtr value, const std::string& name,
                                              const DataType& type) {
  if (SameType(value->type, type)) return value;
  const bool allowed = CanUpCast(value->type, type) ||
                       (value->type.IsStringLike() && type.IsAtomic() && !options_.ansi) ||
                       (value->type.IsNumeric() && type.IsNumeric());
  if (!allowed) {
    return MakeError("INVALID_COLUMN_OR_FIELD_DATA_TYPE", {{"name", QuoteIdentifier(name)},
                                                           {"type", QuotedType(value->type)},
                                                           {"expectedType", QuotedType(type)}});
  }
  return MakeCast(std::move(value), type, SessionCast(), false);
}

// ResolveTableValuedFunctions.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const TableFunction& function,
                                                  const Scope* outer) {
  static const std::vector<ResolvedColumn> kNoColumns;
  Scope scope;
  scope.levels = {&kNoColumns};
  scope.outer = outer;
  if (Equal(function.name, "range")) return ResolveRangeFunction(function, scope);
  const FunctionRow* row = FindFunction(function.name);
  if (row == nullptr || row->kind != FunctionKind::kGenerator) {
    return MakeError("UNRESOLVABLE_TABLE_VALUED_FUNCTION",
                     {{"name", QuoteIdentifier(function.name)}});
  }
  ASSIGN_OR_RETURN(auto generator,
                   ResolveCall({.name = function.name, .arguments = function.arguments}, scope));
  return MakeGenerate(MakeResolvedRelation(ResolvedOneRow{}, {}), std::move(generator), {}, {});
}

Result<ResolvedRelationPtr> Analysis::ResolveRangeFunction(const TableFunction& function,
                                                           const Scope& scope) {
  const size_t count = function.arguments.size();
  if (count < 1 || count > 4) {
    return WrongArgumentCount({.name = "range", .min_arguments = 1, .max_arguments = 4}, "range",
                              count);
  }
  std::vector<int64_t> numbers;
  for (size_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(auto argument, ResolveExpression(*function.arguments[i], scope));
    const DataType& type = argument->type;
    auto cast = ImplicitCastTo(argument, LongType(), SessionCast());
    const auto value = FoldConstant(*cast);
    const auto* number = value ? std::get_if<int64_t>(&value->data) : nullptr;
    if (number != nullptr && (type.IsNumeric() || type.IsStringLike())) {
      numbers.push_back(*number);
      continue;
    }
    if (type.IsStringLike() && options_.ansi) {
      return MakeError("CAST_INVALID_INPUT", {{"expression", "'" + argument->pretty + "'"},
                                              {"sourceType", QuotedType(type)},
                                              {"targetType", "\"BIGINT\""},
                                              {"ansiConfig", "\"spark.sql.ansi.enabled\""}});
    }
    // Its message calls every argument the second (TableFunctionRegistry).
    return MakeError("UNEXPECTED_INPUT_TYPE", {{"functionName", "`range`"},
                                               {"paramIndex", "second"},
                                               {"requiredType", "\"BIGINT\""},
                                               {"inputSql", QuoteExpression(argument->pretty)},
                                               {"inputType", QuotedType(type)}});
  }
  Range range;
  if (count == 1) range.end = numbers[0];
  if (count >= 2) {
    range.start = numbers[0];
    range.end = numbers[1];
  }
  if (count >= 3) range.step = numbers[2];
  if (range.step == 0) return MakeError("FAILED_FUNCTION_CALL", {{"funcName", "`range`"}});
  return ResolveNode(range, nullptr);
}

}  // namespace ember
