#include <algorithm>
#include <cmath>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"

namespace ember {
namespace {

using enum TypeKind;

// Fill values reach columns of their own family only (DataFrameNaFunctions.fillValue).
bool FillFits(const DataType& value, const DataType& column) {
  if (value.IsNumeric()) return column.IsNumeric();
  if (value.IsStringLike()) return column.IsStringLike();
  return value.Is(kBoolean) && column.Is(kBoolean);
}

}  // namespace

Result<std::vector<const ResolvedColumn*>> Analysis::FindColumns(
    const ResolvedRelation& input, const std::vector<std::string>& names) const {
  std::vector<const ResolvedColumn*> found;
  for (const auto& name : names) {
    const auto matches = MatchName({name}, input.columns, options_.case_sensitive);
    if (matches.size() > 1) return AmbiguousReference({name}, matches);
    if (matches.empty()) return NoSuchField(name, input.columns);
    found.push_back(matches[0].column);
  }
  return found;
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const FillNa& fill, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*fill.input, outer));
  ASSIGN_OR_RETURN(const auto named, FindColumns(*input, fill.columns));
  std::vector<NamedExpression> output;
  for (const auto& column : input->columns) {
    const Literal* value = nullptr;
    if (named.empty() && !fill.values.empty() && FillFits(fill.values[0].type, column.type)) {
      value = &fill.values[0];
    }
    for (size_t i = 0; i < named.size(); ++i) {
      if (named[i]->id != column.id) continue;
      const Literal& candidate = fill.values.size() == 1 ? fill.values[0] : fill.values[i];
      const bool is_map = fill.values.size() > 1;  // fill by column: converted as it must be
      if (is_map || FillFits(candidate.type, column.type)) value = &candidate;
    }
    if (value == nullptr) {
      output.push_back(PassThrough(column));
      continue;
    }
    ASSIGN_OR_RETURN(auto filled, FillColumn(column, *value));
    output.push_back(Named(std::move(filled), column.name, column.metadata));
  }
  return MakeProject(std::move(input), std::move(output));
}

// DataFrameNaFunctions.fillCol: NaN is missing too.
Result<ResolvedExpressionPtr> Analysis::FillColumn(const ResolvedColumn& column,
                                                   const Literal& value) {
  ResolvedExpressionPtr current = Reference(column);
  if (column.type.Is(kFloat) || column.type.Is(kDouble)) {
    auto null = MakeResolved(Literal{column.type, {}}, column.type, true, "NULL");
    ASSIGN_OR_RETURN(current, MakeCall("nanvl", {std::move(current), std::move(null)}));
  }
  ASSIGN_OR_RETURN(auto replacement,
                   MakeCast(ResolvedLiteral(value), column.type, SessionCast(), false));
  return MakeCall("coalesce", {std::move(current), std::move(replacement)});
}

// AtLeastNNonNulls.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const DropNa& drop, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*drop.input, outer));
  ASSIGN_OR_RETURN(auto columns, FindColumns(*input, drop.columns));
  if (columns.empty()) {
    for (const auto& column : input->columns) columns.push_back(&column);
  }
  ResolvedExpressionPtr count;
  for (const auto* column : columns) {
    ASSIGN_OR_RETURN(auto present, MakeCall("isnotnull", {Reference(*column)}));
    if (column->type.Is(kFloat) || column->type.Is(kDouble)) {
      ASSIGN_OR_RETURN(auto is_nan, MakeCall("isnan", {Reference(*column)}));
      ASSIGN_OR_RETURN(auto is_number, MakeCall("not", {std::move(is_nan)}));
      ASSIGN_OR_RETURN(present, MakeCall("and", {std::move(present), std::move(is_number)}));
    }
    ASSIGN_OR_RETURN(auto one, MakeCast(std::move(present), IntegerType(), SessionCast(), false));
    if (!count) {
      count = std::move(one);
    } else {
      ASSIGN_OR_RETURN(count, MakeCall("+", {std::move(count), std::move(one)}));
    }
  }
  if (!count) return input;
  const int64_t needed = drop.min_non_nulls.value_or(static_cast<int>(columns.size()));
  ASSIGN_OR_RETURN(auto condition,
                   MakeCall(">=", {std::move(count), ResolvedLiteral({IntegerType(), {needed}})}));
  return Over(*input, ResolvedFilter{input, std::move(condition)});
}

// DataFrameNaFunctions.replace: a CASE of equal values, in columns of the values' family.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const ReplaceValues& replace,
                                                  const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*replace.input, outer));
  ASSIGN_OR_RETURN(const auto named, FindColumns(*input, replace.columns));
  std::vector<NamedExpression> output;
  for (const auto& column : input->columns) {
    const bool chosen =
        named.empty() ||
        std::any_of(named.begin(), named.end(), [&](const auto* c) { return c->id == column.id; });
    std::vector<ResolvedExpressionPtr> cases;
    for (const auto& [from, to] : replace.replacements) {
      if (!chosen || !FillFits(from.value.is_null() ? to.type : from.type, column.type)) continue;
      // NaN is no whole number: it replaces nothing there.
      const auto* number = std::get_if<double>(&from.value.data);
      if (number != nullptr && !std::isfinite(*number) && !column.type.Is(kFloat) &&
          !column.type.Is(kDouble)) {
        continue;
      }
      auto source = ResolvedLiteral(from);
      auto target = ResolvedLiteral(to);
      ASSIGN_OR_RETURN(source, MakeCast(std::move(source), column.type, CastMode::kLegacy, false));
      ASSIGN_OR_RETURN(target, MakeCast(std::move(target), column.type, CastMode::kLegacy, false));
      ASSIGN_OR_RETURN(auto equal, MakeCall("==", {Reference(column), std::move(source)}));
      cases.push_back(std::move(equal));
      cases.push_back(std::move(target));
    }
    if (cases.empty()) {
      output.push_back(PassThrough(column));
      continue;
    }
    cases.push_back(Reference(column));
    ASSIGN_OR_RETURN(auto replaced, MakeCall("when", std::move(cases)));
    output.push_back(Named(std::move(replaced), column.name, column.metadata));
  }
  return MakeProject(std::move(input), std::move(output));
}

}  // namespace ember
