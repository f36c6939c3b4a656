#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"

namespace ember {
namespace {

std::string OperatorName(const SetOperation& operation) {
  std::string name = "UNION";
  if (operation.kind == SetOperationKind::kIntersect) name = "INTERSECT";
  if (operation.kind == SetOperationKind::kExcept) name = "EXCEPT";
  if (operation.is_all && operation.kind != SetOperationKind::kUnion) name += " ALL";
  return name;
}

std::string OrdinalText(size_t index) {
  constexpr std::string_view kNames[] = {"first", "second",  "third",  "fourth", "fifth",
                                         "sixth", "seventh", "eighth", "ninth",  "tenth"};
  if (index < std::size(kNames)) return std::string(kNames[index]);
  return std::to_string(index + 1) + "th";
}

// The type that holds the fields of both, the left one's first; none when they have nothing to
// align, or fields are missing that must not be.
std::optional<DataType> MergedFields(const DataType& left, const DataType& right,
                                     bool allow_missing, const Analysis& analysis) {
  if (left.Is(TypeKind::kArray) && right.Is(TypeKind::kArray)) {
    auto element = MergedFields(left.element().type, right.element().type, allow_missing, analysis);
    if (!element) return std::nullopt;
    return ArrayType(*std::move(element), left.element().nullable || right.element().nullable);
  }
  if (!left.Is(TypeKind::kStruct) || !right.Is(TypeKind::kStruct)) return std::nullopt;
  const auto find = [&](const DataType& type, const std::string& name) {
    const auto& fields = type.fields();
    return std::find_if(fields.begin(), fields.end(),
                        [&](const StructField& field) { return analysis.Equal(field.name, name); });
  };
  std::vector<StructField> fields;
  bool lacks = false;
  for (const auto& field : left.fields()) {
    fields.push_back(field);
    const auto other = find(right, field.name);
    if (other == right.fields().end()) {
      lacks = true;  // filled in, or the error of FitFields
      continue;
    }
    if (auto merged = MergedFields(field.type, other->type, allow_missing, analysis)) {
      fields.back().type = *std::move(merged);
    }
  }
  for (const auto& field : right.fields()) {
    if (find(left, field.name) != left.fields().end()) continue;
    if (!allow_missing && !lacks) return std::nullopt;
    fields.push_back(field);
  }
  return StructType(std::move(fields));
}

std::string QuotedType(const DataType& type) { return "\"" + SqlText(type) + "\""; }

// With ANSI mode off more types have a common one.
std::string UnionHint(const DataType& a, const DataType& b, const AnalyzerOptions& options) {
  if (!options.ansi || !WiderType(a, b, false)) return "";
  return "\nTo fix the error, you might need to add explicit type casts. If necessary set "
         "spark.sql.ansi.enabled to false to bypass this error.";
}

}  // namespace

Result<ResolvedRelationPtr> Analysis::ResolveNode(const SetOperation& operation,
                                                  const Scope* outer) {
  ASSIGN_OR_RETURN(auto left, Resolve(*operation.left, outer));
  ASSIGN_OR_RETURN(auto right, Resolve(*operation.right, outer));
  if (operation.by_name) RETURN_IF_ERROR(AlignByName(operation, left, right));
  const std::string name = OperatorName(operation);
  if (left->columns.size() != right->columns.size()) {
    return MakeError("NUM_COLUMNS_MISMATCH",
                     {{"operator", name},
                      {"firstNumColumns", std::to_string(left->columns.size())},
                      {"invalidOrdinalNum", "second"},
                      {"invalidNumColumns", std::to_string(right->columns.size())}});
  }
  RETURN_IF_ERROR(WidenSides(name, left, right));
  std::vector<ResolvedColumn> columns;
  for (size_t i = 0; i < left->columns.size(); ++i) {
    const ResolvedColumn& a = left->columns[i];
    const ResolvedColumn& b = right->columns[i];
    if (!(operation.is_all && operation.kind == SetOperationKind::kUnion) &&
        a.type.Is(TypeKind::kMap)) {
      return MakeError("UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
                       {{"colName", QuoteIdentifier(a.name)}, {"dataType", QuotedType(a.type)}});
    }
    ResolvedColumn column = a;
    switch (operation.kind) {
      case SetOperationKind::kUnion: {
        column.nullable = a.nullable || b.nullable;
        // Nullability inside of types is merged too (Union.output).
        if (const auto merged = WiderType(a.type, b.type, options_.ansi)) column.type = *merged;
        break;
      }
      case SetOperationKind::kIntersect:
        column.nullable = a.nullable && b.nullable;
        break;
      case SetOperationKind::kExcept:
        break;
    }
    columns.push_back(std::move(column));
  }
  return MakeResolvedRelation(ResolvedSetOperation{.left = std::move(left),
                                                   .right = std::move(right),
                                                   .kind = operation.kind,
                                                   .is_all = operation.is_all},
                              std::move(columns));
}

// WidenSetOperationTypes.
Status Analysis::WidenSides(const std::string& name, ResolvedRelationPtr& left,
                            ResolvedRelationPtr& right) {
  std::vector<NamedExpression> left_items;
  std::vector<NamedExpression> right_items;
  bool left_changed = false;
  bool right_changed = false;
  const auto convert = [&](const ResolvedColumn& column, const DataType& type, bool& changed) {
    if (SameType(column.type, type)) return PassThrough(column);
    changed = true;
    return Named(ImplicitCastTo(Reference(column), type, SessionCast()), column.name);
  };
  for (size_t i = 0; i < left->columns.size(); ++i) {
    const ResolvedColumn& a = left->columns[i];
    const ResolvedColumn& b = right->columns[i];
    const auto wider = WiderType(a.type, b.type, options_.ansi);
    if (!wider) {
      return MakeError("INCOMPATIBLE_COLUMN_TYPE", {{"operator", name},
                                                    {"columnOrdinalNumber", OrdinalText(i)},
                                                    {"tableOrdinalNumber", "second"},
                                                    {"dataType1", QuotedType(b.type)},
                                                    {"dataType2", QuotedType(a.type)},
                                                    {"hint", UnionHint(a.type, b.type, options_)}});
    }
    left_items.push_back(convert(a, *wider, left_changed));
    right_items.push_back(convert(b, *wider, right_changed));
  }
  if (left_changed) left = MakeProject(left, std::move(left_items));
  if (right_changed) right = MakeProject(right, std::move(right_items));
  return {};
}

// ResolveUnion.mergeFields: structs of both sides that differ get the same fields in the same
// order, those of the left side first; missing ones are null.
Status Analysis::AlignFields(bool allow_missing, ResolvedRelationPtr& left,
                             ResolvedRelationPtr& right) {
  std::vector<NamedExpression> left_items;
  std::vector<NamedExpression> right_items;
  for (const auto& column : left->columns) left_items.push_back(PassThrough(column));
  for (const auto& column : right->columns) right_items.push_back(PassThrough(column));
  bool changed = false;
  for (size_t i = 0; i < left->columns.size(); ++i) {
    for (size_t j = 0; j < right->columns.size(); ++j) {
      const ResolvedColumn& a = left->columns[i];
      const ResolvedColumn& b = right->columns[j];
      if (!Equal(a.name, b.name) || SameType(a.type, b.type)) continue;
      const auto target = MergedFields(a.type, b.type, allow_missing, *this);
      if (!target) continue;
      changed = true;
      // The right side first: a field that it lacks is the error that Spark finds.
      ASSIGN_OR_RETURN(auto second, FitFields(Reference(b), *target, allow_missing));
      ASSIGN_OR_RETURN(auto first, FitFields(Reference(a), *target, allow_missing));
      left_items[i] = Named(std::move(first), a.name);
      right_items[j] = Named(std::move(second), b.name);
    }
  }
  if (!changed) return {};
  left = MakeProject(left, std::move(left_items));
  right = MakeProject(right, std::move(right_items));
  return {};
}

// `value` with the fields of `target`, by name.
Result<ResolvedExpressionPtr> Analysis::FitFields(ResolvedExpressionPtr value,
                                                  const DataType& target, bool allow_missing) {
  if (value->type.Is(TypeKind::kArray) && target.Is(TypeKind::kArray) &&
      target.element().type.Is(TypeKind::kStruct)) {
    const StructField element = value->type.element();
    const ResolvedColumn parameter = NewColumn("x", element.type, element.nullable);
    lambda_ids_.insert(parameter.id);
    ASSIGN_OR_RETURN(auto body,
                     FitFields(Reference(parameter), target.element().type, allow_missing));
    const DataType type = body->type;
    const bool nullable = body->nullable;
    auto lambda = MakeResolved(ResolvedLambda{{parameter}, std::move(body)}, type, nullable, "x");
    return MakeCall("transform", {std::move(value), std::move(lambda)});
  }
  if (!value->type.Is(TypeKind::kStruct) || !target.Is(TypeKind::kStruct)) return value;
  std::vector<ResolvedExpressionPtr> arguments;
  for (const auto& field : target.fields()) {
    arguments.push_back(ResolvedLiteral({StringType(), {field.name}}));
    const auto& own = value->type.fields();
    const auto found = std::find_if(own.begin(), own.end(), [&](const StructField& candidate) {
      return Equal(candidate.name, field.name);
    });
    if (found == own.end() && allow_missing) {
      arguments.push_back(MakeResolved(Literal{field.type, {}}, field.type, true, "NULL"));
      continue;
    }
    ASSIGN_OR_RETURN(auto access,
                     ExtractField(value, found == own.end() ? field.name : found->name));
    ASSIGN_OR_RETURN(access, FitFields(std::move(access), field.type, allow_missing));
    arguments.push_back(std::move(access));
  }
  ASSIGN_OR_RETURN(auto made, MakeCall("named_struct", std::move(arguments)));
  if (!value->nullable) return made;
  ASSIGN_OR_RETURN(auto is_null, MakeCall("isnull", {value}));
  auto null = MakeResolved(Literal{made->type, {}}, made->type, true, "NULL");
  return MakeCall("if", {std::move(is_null), std::move(null), std::move(made)});
}

// ResolveUnion: the right side's columns in the order of the left's.
Status Analysis::AlignByName(const SetOperation& operation, ResolvedRelationPtr& left,
                             ResolvedRelationPtr& right) {
  for (const auto* side : {&left, &right}) {
    const auto& columns = (*side)->columns;
    for (size_t i = 0; i < columns.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (!Equal(columns[i].name, columns[j].name)) continue;
        return MakeError("COLUMN_ALREADY_EXISTS",
                         {{"columnName", QuoteIdentifier(LowerName(columns[i].name))}});
      }
    }
  }
  const auto find = [&](const ResolvedRelation& side,
                        const std::string& name) -> const ResolvedColumn* {
    for (const auto& column : side.columns) {
      if (Equal(column.name, name)) return &column;
    }
    return nullptr;
  };
  RETURN_IF_ERROR(AlignFields(operation.allow_missing_columns, left, right));
  const auto null_column = [&](const ResolvedColumn& like) {
    return Named(MakeResolved(Literal{like.type, {}}, like.type, true, "NULL"), like.name);
  };
  std::vector<NamedExpression> left_items;
  std::vector<NamedExpression> right_items;
  for (const auto& column : left->columns) {
    left_items.push_back(PassThrough(column));
    const ResolvedColumn* match = find(*right, column.name);
    if (match != nullptr) {
      right_items.push_back(PassThrough(*match));
    } else if (operation.allow_missing_columns) {
      right_items.push_back(null_column(column));
    } else {
      std::string names;
      for (const auto& other : right->columns) names += (names.empty() ? "" : ", ") + other.name;
      return MakeError("_LEGACY_ERROR_TEMP_1201",
                       {{"colName", column.name}, {"fieldNames", names}});
    }
  }
  for (const auto& column : right->columns) {
    if (find(*left, column.name) != nullptr) continue;
    if (!operation.allow_missing_columns) {
      return MakeError("NUM_COLUMNS_MISMATCH",
                       {{"operator", "UNION"},
                        {"firstNumColumns", std::to_string(left->columns.size())},
                        {"invalidOrdinalNum", "second"},
                        {"invalidNumColumns", std::to_string(right->columns.size())}});
    }
    left_items.push_back(null_column(column));
    right_items.push_back(PassThrough(column));
  }
  if (left_items.size() != left->columns.size()) left = MakeProject(left, std::move(left_items));
  right = MakeProject(right, std::move(right_items));
  return {};
}

}  // namespace ember
