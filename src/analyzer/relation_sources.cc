#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"
#include "analyzer/name_matching.h"
#include "analyzer/resolved_relations.h"
#include "sql/parser.h"

namespace ember {

Result<ResolvedRelationPtr> Analysis::ResolveNode(const ReadFiles& read, const Scope*) {
  ASSIGN_OR_RETURN(SourceSchema source, catalog_.DescribeFiles(read));
  std::vector<ResolvedColumn> columns;
  for (const StructField& field : source.schema) {
    ResolvedColumn column = NewColumn(field.name, field.type, field.nullable);
    column.metadata = field.metadata;
    columns.push_back(std::move(column));
  }
  return MakeResolvedRelation(ResolvedScan{std::move(source.handle), std::move(source.description)},
                              std::move(columns));
}

Result<ResolvedRelationPtr> Analysis::ResolveLocalData(std::shared_ptr<const std::string> ipc,
                                                       const std::optional<Schema>& schema) {
  Schema stored;
  if (ipc != nullptr) {
    ASSIGN_OR_RETURN(stored, catalog_.DescribeArrow(*ipc));
  } else if (schema) {
    stored = *schema;
  }
  std::vector<ResolvedColumn> columns;
  for (const StructField& field : stored) {
    ResolvedColumn column = NewColumn(field.name, field.type, field.nullable);
    column.metadata = field.metadata;
    columns.push_back(std::move(column));
  }
  auto local = MakeResolvedRelation(ResolvedLocal{ipc}, columns);
  if (!schema || ipc == nullptr || *schema == stored) return local;
  // SparkConnectPlanner.transformLocalRelation: the data takes the given names and types.
  if (schema->size() != columns.size()) {
    return MakeError("INTERNAL_ERROR",
                     {{"message", "local data and its schema differ in columns"}});
  }
  std::vector<NamedExpression> expressions;
  for (size_t i = 0; i < columns.size(); ++i) {
    const StructField& field = (*schema)[i];
    ASSIGN_OR_RETURN(auto cast,
                     SameType(columns[i].type, field.type)
                         ? Result<ResolvedExpressionPtr>(Reference(columns[i]))
                         : MakeCast(Reference(columns[i]), field.type, SessionCast(), true));
    NamedExpression named = Named(std::move(cast), field.name, field.metadata);
    named.column.type = field.type;
    named.column.nullable = field.nullable;
    expressions.push_back(std::move(named));
  }
  return MakeProject(std::move(local), std::move(expressions));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const LocalRelation& local, const Scope*) {
  return ResolveLocalData(local.arrow_ipc, local.schema);
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const CachedLocalRelation& local, const Scope*) {
  ASSIGN_OR_RETURN(auto data, catalog_.FindArtifact(local.hash));
  // The artifact is a serialised LocalRelation; the catalog gives its Arrow stream.
  return ResolveLocalData(std::move(data), std::nullopt);
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const OneRow&, const Scope*) {
  return MakeResolvedRelation(ResolvedOneRow{}, {});
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Range& range, const Scope*) {
  if (range.step == 0) {
    return MakeError("INVALID_PARAMETER_VALUE.ZERO_INDEX",
                     {{"functionName", "`range`"}, {"parameter", "`step`"}});
  }
  return MakeResolvedRelation(ResolvedRange{range.start, range.end, range.step},
                              {NewColumn("id", LongType(), false)});
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const ValuesRelation& values, const Scope*) {
  ResolvedValues resolved;
  for (const auto& row : values.rows) {
    std::vector<ResolvedExpressionPtr> cells;
    for (size_t i = 0; i < row.size(); ++i) {
      cells.push_back(ResolvedLiteral({values.schema[i].type, row[i]}));
    }
    resolved.rows.push_back(std::move(cells));
  }
  std::vector<ResolvedColumn> columns;
  for (const StructField& field : values.schema) {
    columns.push_back(NewColumn(field.name, field.type, field.nullable));
  }
  return MakeResolvedRelation(std::move(resolved), std::move(columns));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const CatalogQuery& query, const Scope* outer) {
  ASSIGN_OR_RETURN(const ValuesRelation values, catalog_.QueryCatalog(query));
  return ResolveNode(values, outer);
}

// ResolveInlineTables: cells of a column take their wider common type.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const InlineTable& table, const Scope* outer) {
  static const std::vector<ResolvedColumn> kNoColumns;
  Scope scope;
  scope.levels = {&kNoColumns};
  scope.outer = outer;
  ResolvedValues resolved;
  const size_t width = table.rows.empty() ? 0 : table.rows[0].size();
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    if (row.size() != width || (!table.names.empty() && table.names.size() != width)) {
      return MakeError(
          "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
          {{"expectedNumCols", std::to_string(table.names.empty() ? width : table.names.size())},
           {"actualNumCols", std::to_string(row.size())},
           {"rowIndex", std::to_string(i)}});
    }
    ASSIGN_OR_RETURN(auto cells, ResolveExpressions(row, scope));
    for (const auto& cell : cells) {
      if (IsDeterministic(*cell) && !ContainsAggregate(*cell)) continue;
      return MakeError("INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE",
                       {{"expr", QuoteExpression(cell->pretty)}});
    }
    resolved.rows.push_back(std::move(cells));
  }
  std::vector<ResolvedColumn> columns;
  for (size_t c = 0; c < width; ++c) {
    std::vector<DataType> types;
    for (const auto& row : resolved.rows) types.push_back(row[c]->type);
    const auto wider = WiderTypeWithoutString(types, options_.ansi);
    const std::string name =
        c < table.names.size() ? table.names[c] : "col" + std::to_string(c + 1);
    if (!wider) {
      return MakeError("INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
                       {{"colName", QuoteIdentifier(name)}});
    }
    bool nullable = false;
    DataType type = *wider;
    for (auto& row : resolved.rows) {
      row[c] = ImplicitCastTo(row[c], type, SessionCast());
      nullable = nullable || row[c]->nullable;
    }
    columns.push_back(NewColumn(name, type, nullable));
  }
  return MakeResolvedRelation(std::move(resolved), std::move(columns));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const SubqueryAlias& alias, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*alias.input, outer));
  ResolvedRelation aliased = *input;
  aliased.is_aliased = true;
  aliased.hidden.clear();
  std::vector<std::string> qualifier = alias.qualifier;
  qualifier.push_back(alias.alias);
  if (!alias.columns.empty() && alias.columns.size() != aliased.columns.size()) {
    return MakeError("ASSIGNMENT_ARITY_MISMATCH",
                     {{"numExpr", std::to_string(alias.columns.size())},
                      {"numTarget", std::to_string(aliased.columns.size())}});
  }
  if (!alias.columns.empty()) {
    std::vector<NamedExpression> renamed;
    for (size_t i = 0; i < alias.columns.size(); ++i) {
      renamed.push_back(
          Named(Reference(input->columns[i]), alias.columns[i], input->columns[i].metadata));
    }
    aliased = *MakeProject(input, std::move(renamed));
    aliased.is_aliased = true;
  }
  for (auto& column : aliased.columns) column.qualifier = qualifier;
  return std::make_shared<const ResolvedRelation>(std::move(aliased));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const ReadTable& read, const Scope* outer) {
  if (read.name.size() == 1) {
    for (const TableFrame* frame = tables_; frame != nullptr; frame = frame->enclosing) {
      if (Equal(frame->table->name, read.name[0])) return ResolveCommonTable(*frame, outer);
    }
  }
  std::vector<std::string> name = read.name;
  if (name.size() == 1 && !view_database_.empty()) name.insert(name.begin(), view_database_);
  auto found_name = catalog_.FindTable(name);
  if (!found_name.ok() && name != read.name &&
      found_name.error().condition == "TABLE_OR_VIEW_NOT_FOUND") {
    return MakeError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", QuoteName(read.name)}});
  }
  ASSIGN_OR_RETURN(auto found, std::move(found_name));
  if (auto* table = std::get_if<FoundTable>(&found)) {
    for (const auto& [key, value] : read.options) table->files.options.insert_or_assign(key, value);
    ASSIGN_OR_RETURN(auto scan, ResolveNode(table->files, nullptr));
    ResolvedRelation named = *scan;
    for (auto& column : named.columns) column.qualifier = table->identifier;
    named.is_aliased = true;
    return std::make_shared<const ResolvedRelation>(std::move(named));
  }
  return ResolveView(std::get<FoundView>(found), read.name);
}

Result<ResolvedRelationPtr> Analysis::ResolveView(const FoundView& view,
                                                  const std::vector<std::string>& name) {
  if (views_.size() > 100) {
    return MakeError("VIEW_EXCEED_MAX_NESTED_DEPTH",
                     {{"viewName", QuoteName(name)}, {"maxNestedDepth", "100"}});
  }
  views_.push_back(name);
  const TableFrame* tables = std::exchange(tables_, nullptr);  // a view sees no common table
  const std::string database = std::exchange(view_database_, view.database);
  auto plan = Resolve(*view.plan, nullptr);
  view_database_ = database;
  tables_ = tables;
  views_.pop_back();
  if (!plan.ok()) return plan;
  ResolvedRelation named = **plan;
  if (!view.database.empty()) {
    // By name, under the names and types the view was made with: SchemaCompensation.
    std::vector<NamedExpression> output;
    for (size_t i = 0; i < view.schema.size(); ++i) {
      const StructField& field = view.schema[i];
      const auto matches = MatchName({view.query_columns[i]}, named.columns, false);
      if (matches.size() != 1) {
        return MakeError("INCOMPATIBLE_VIEW_SCHEMA_CHANGE",
                         {{"viewName", QuoteName(view.identifier)},
                          {"colName", QuoteIdentifier(view.query_columns[i])},
                          {"expectedNum", "1"},
                          {"actualCols", "[]"},
                          {"suggestion", "CREATE OR REPLACE VIEW " + QuoteName(view.identifier)}});
      }
      ResolvedExpressionPtr value = Reference(*matches[0].column);
      if (!SameType(value->type, field.type)) {
        ASSIGN_OR_RETURN(value, MakeCast(std::move(value), field.type, SessionCast(), false));
      }
      output.push_back(Named(std::move(value), field.name, field.metadata));
      output.back().column.nullable = field.nullable;
    }
    named = *MakeProject(*plan, std::move(output));
  } else if (!view.columns.empty()) {
    std::vector<NamedExpression> renamed;
    for (size_t i = 0; i < named.columns.size() && i < view.columns.size(); ++i) {
      renamed.push_back(
          Named(Reference(named.columns[i]), view.columns[i], named.columns[i].metadata));
    }
    named = *MakeProject(*plan, std::move(renamed));
  }
  // The plan of a view is another DataFrame's: its plan ids mean nothing here.
  named.plan_ids.clear();
  named.hidden.clear();
  named.is_aliased = true;
  for (auto& column : named.columns) {
    column.qualifier =
        view.identifier.empty() ? std::vector<std::string>{name.back()} : view.identifier;
  }
  return std::make_shared<const ResolvedRelation>(std::move(named));
}

Result<ResolvedRelationPtr> Analysis::ResolveCommonTable(const TableFrame& frame,
                                                         const Scope* outer) {
  // A common table sees those before it, and what its query sees from outside.
  const TableFrame* tables = std::exchange(tables_, frame.enclosing);
  const CommonTable& table = *frame.table;
  auto plan = ResolveNode(
      SubqueryAlias{
          .input = table.plan, .alias = table.name, .qualifier = {}, .columns = table.columns},
      outer);
  tables_ = tables;
  return plan;
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const WithTables& with, const Scope* outer) {
  const TableFrame* enclosing = tables_;
  std::vector<TableFrame> frames(with.tables.size());
  for (size_t i = 0; i < with.tables.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (Equal(with.tables[i].name, with.tables[j].name)) {
        return MakeError("DUPLICATED_CTE_NAMES",
                         {{"duplicateNames", QuoteIdentifier(with.tables[i].name)}});
      }
    }
    frames[i] = {.table = &with.tables[i], .enclosing = tables_};
    tables_ = &frames[i];
  }
  auto plan = Resolve(*with.input, outer);
  tables_ = enclosing;
  return plan;
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const SqlQuery& query, const Scope* outer) {
  ASSIGN_OR_RETURN(
      const Statement statement,
      ParseStatement(query.text, {.ansi = options_.ansi,
                                  .double_quoted_identifiers = options_.double_quoted_identifiers,
                                  .zone = options_.zone}));
  const auto* relation = std::get_if<RelationPtr>(&statement);
  if (relation == nullptr) return Unsupported("a command as a relation");
  auto named = std::exchange(named_parameters_, query.named_arguments);
  auto positional = std::exchange(positional_parameters_, query.positional_arguments);
  auto plan = Resolve(**relation, outer);
  named_parameters_ = std::move(named);
  positional_parameters_ = std::move(positional);
  return plan;
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const WithReferences& with, const Scope* outer) {
  auto saved = references_;
  for (const auto& reference : with.references) {
    if (reference->plan_id) references_[*reference->plan_id] = reference;
  }
  auto plan = Resolve(*with.input, outer);
  references_ = std::move(saved);
  return plan;
}

}  // namespace ember
