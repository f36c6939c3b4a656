#include <fmt/format.h>

#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/function_lookup.h"
#include "analyzer/name_matching.h"
#include "analyzer/pretty_names.h"
#include "analyzer/replaced_calls.h"

namespace ember {
namespace {

// NamedExpression's name of a struct field made by struct(…): that of a column or an alias.
std::optional<std::string> FieldName(const Expression& expression) {
  if (const auto* alias = std::get_if<Alias>(&expression.node)) return alias->names[0];
  if (const auto* attribute = std::get_if<UnresolvedAttribute>(&expression.node)) {
    return attribute->parts.back();
  }
  if (const auto* variable = std::get_if<LambdaVariable>(&expression.node)) {
    return variable->parts.back();
  }
  if (const auto* extract = std::get_if<ExtractValue>(&expression.node)) {
    const auto* name = std::get_if<Literal>(&extract->extraction->node);
    const auto* text = name ? std::get_if<std::string>(&name->value.data) : nullptr;
    if (text != nullptr) return *text;
  }
  return std::nullopt;
}

std::string JoinTexts(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out;
}

}  // namespace

std::optional<Result<ResolvedExpressionPtr>> Analysis::ResolveSpecialCall(
    const std::string& name, const UnresolvedFunction& call, const Scope& scope) {
  if (name == "struct") return ResolveStruct(call, scope);
  if (name == "named_argument" && call.is_internal) {
    // struct and the casts under a type's name keep the name's expression.
    ASSIGN_OR_RETURN(const auto value, ResolveExpression(*call.arguments[1], scope));
    return WithText(value, fmt::format("namedargumentexpression({})", value->pretty));
  }
  if (name == "cast") {
    return WrongArgumentCount({.name = "cast"}, name, call.arguments.size());
  }
  if (name == "grouping" || name == "grouping_id") return ResolveGroupingCall(name, call, scope);
  return std::nullopt;
}

Result<ResolvedExpressionPtr> Analysis::ResolveStruct(const UnresolvedFunction& call,
                                                      const Scope& scope) {
  std::vector<ResolvedExpressionPtr> arguments;
  std::vector<std::string> texts;
  const auto add = [&](std::optional<std::string> name, ResolvedExpressionPtr value) {
    const size_t index = texts.size() + 1;
    texts.push_back(value->pretty);
    arguments.push_back(
        ResolvedLiteral({StringType(), {name.value_or(fmt::format("col{}", index))}}));
    arguments.push_back(std::move(value));
  };
  for (const auto& argument : call.arguments) {
    if (const auto* star = std::get_if<UnresolvedStar>(&argument->node)) {
      ASSIGN_OR_RETURN(auto columns, ExpandStar(*star, scope));
      for (auto& column : columns) add(column.column.name, std::move(column.expression));
      continue;
    }
    ASSIGN_OR_RETURN(auto value, ResolveExpression(*argument, scope));
    // An alias is part of the text of a struct's field.
    std::string text = value->pretty;
    if (const auto* alias = std::get_if<Alias>(&argument->node)) text += " AS " + alias->names[0];
    add(FieldName(*argument), std::move(value));
    texts.back() = std::move(text);
  }
  ASSIGN_OR_RETURN(auto made, MakeCall("named_struct", std::move(arguments)));
  return MakeResolved(made->node, made->type, made->nullable,
                      fmt::format("struct({})", JoinTexts(texts)));
}

Result<ResolvedExpressionPtr> Analysis::ResolveUpdateFields(const UpdateFields& update,
                                                            const Scope& scope) {
  ASSIGN_OR_RETURN(auto base, ResolveExpression(*update.child, scope));
  if (!base->type.Is(TypeKind::kStruct)) {
    return MakeError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                     {{"sqlExpr", QuoteExpression("update_fields(" + base->pretty + ")")},
                      {"paramIndex", "first"},
                      {"requiredType", "\"STRUCT\""},
                      {"inputSql", QuoteExpression(base->pretty)},
                      {"inputType", "\"" + SqlText(base->type) + "\""}});
  }
  ResolvedExpressionPtr value;
  if (update.value) {
    ASSIGN_OR_RETURN(value, ResolveExpression(*update.value, scope));
  }
  std::vector<ResolvedExpressionPtr> arguments;
  bool replaced = false;
  const auto add = [&](const std::string& name, ResolvedExpressionPtr field) {
    arguments.push_back(ResolvedLiteral({StringType(), {name}}));
    arguments.push_back(std::move(field));
  };
  for (const auto& field : base->type.fields()) {
    if (Equal(field.name, update.field)) {
      if (value) add(update.field, value);
      replaced = true;
      continue;
    }
    ASSIGN_OR_RETURN(auto access, ExtractField(base, field.name));
    add(field.name, std::move(access));
  }
  if (value && !replaced) add(update.field, value);
  if (arguments.empty()) {
    return MakeError(
        "DATATYPE_MISMATCH.CANNOT_DROP_ALL_FIELDS",
        {{"sqlExpr", QuoteExpression("update_fields(" + base->pretty + ", dropfield())")}});
  }
  ASSIGN_OR_RETURN(auto made, MakeCall("named_struct", std::move(arguments)));
  const std::string operation = value ? "WithField(" + value->pretty + ")" : "dropfield()";
  std::string pretty = fmt::format("update_fields({}, {})", base->pretty, operation);
  if (!base->nullable) return MakeResolved(made->node, made->type, false, std::move(pretty));
  // UpdateFields keeps a null struct null.
  ASSIGN_OR_RETURN(auto is_null, MakeCall("isnull", {base}));
  auto null = MakeResolved(Literal{made->type, {}}, made->type, true, "NULL");
  ASSIGN_OR_RETURN(auto guarded,
                   MakeCall("if", {std::move(is_null), std::move(null), std::move(made)}));
  return MakeResolved(guarded->node, guarded->type, guarded->nullable, std::move(pretty));
}

Error Analysis::CountWithoutArguments() {
  return MakeError("WRONG_NUM_ARGS.WITH_SUGGESTION",
                   {{"functionName", "`count`"},
                    {"expectedNum", " >= 1"},
                    {"actualNum", "0"},
                    {"legacyNum", "0"},
                    {"legacyConfKey", "\"spark.sql.legacy.allowParameterlessCount\""},
                    {"legacyConfValue", "\"true\""}});
}

}  // namespace ember
