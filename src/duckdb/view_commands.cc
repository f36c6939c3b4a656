// Permanent views: their text is kept in the catalog and parsed anew wherever they are read.
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>

#include "duckdb/local_session.h"
#include "duckdb/table_partitions.h"
#include "plan/dump_text.h"

namespace ember {
namespace {

// Names of tables that the plan reads and that no common table around it defines.
void CollectTables(const RelationPtr& relation, std::set<std::string> known,
                   std::vector<std::vector<std::string>>& names) {
  if (const auto* read = std::get_if<ReadTable>(&relation->node)) {
    const bool is_common = read->name.size() == 1 && known.contains(LowerCase(read->name[0]));
    if (!is_common) names.push_back(read->name);
  }
  if (const auto* with = std::get_if<WithTables>(&relation->node)) {
    for (const CommonTable& table : with->tables) {
      CollectTables(table.plan, known, names);
      known.insert(LowerCase(table.name));
    }
    return CollectTables(with->input, known, names);
  }
  ExpressionWriter writer;
  const RelationLine line = DescribeRelation(*relation, writer);
  for (const RelationPtr& subquery : writer.TakeSubqueries()) CollectTables(subquery, known, names);
  for (const RelationPtr& input : line.inputs) CollectTables(input, known, names);
}

// The first output that is an expression without a name, by its position; none where a star stands
// before it.
std::optional<size_t> UnnamedOutput(const Relation& relation) {
  const auto unnamed_of = [](const std::vector<ExpressionPtr>& items) -> std::optional<size_t> {
    for (size_t i = 0; i < items.size(); ++i) {
      if (std::holds_alternative<UnresolvedStar>(items[i]->node)) return {};
      const bool is_named = std::holds_alternative<Alias>(items[i]->node) ||
                            std::holds_alternative<UnresolvedAttribute>(items[i]->node) ||
                            std::holds_alternative<ExtractValue>(items[i]->node);
      if (!is_named) return i;
    }
    return {};
  };
  if (const auto* project = std::get_if<Project>(&relation.node)) {
    return unnamed_of(project->expressions);
  }
  if (const auto* aggregate = std::get_if<Aggregate>(&relation.node)) {
    return aggregate->type == GroupType::kPivot ? std::nullopt : unnamed_of(aggregate->aggregates);
  }
  return std::visit(
      [](const auto& node) -> std::optional<size_t> {
        using Node = std::decay_t<decltype(node)>;
        constexpr bool keeps_columns =
            std::is_same_v<Node, Sort> || std::is_same_v<Node, Limit> ||
            std::is_same_v<Node, Offset> || std::is_same_v<Node, Having> ||
            std::is_same_v<Node, Deduplicate> || std::is_same_v<Node, WithTables>;
        if constexpr (keeps_columns) {
          return UnnamedOutput(*node.input);
        } else {
          return {};
        }
      },
      relation.node);
}

}  // namespace

Result<RelationPtr> LocalSession::CreatePermanentView(const CreateView& command) {
  ASSIGN_OR_RETURN(TableName name, ResolveName(command.name));
  TableInfo view;
  view.database = name.database;
  view.name = name.table;
  ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(name.database));
  if (!has_database) {
    return MakeError("SCHEMA_NOT_FOUND",
                     {{"schemaName", QuoteName({"spark_catalog", name.database})}});
  }
  std::vector<std::vector<std::string>> read;
  CollectTables(command.input, {}, read);
  ASSIGN_OR_RETURN(Schema schema, AnalyzeSchema(command.input));
  if (!command.columns.empty() && command.columns.size() != schema.size()) {
    return ViewArityError(command, schema);
  }
  ASSIGN_OR_RETURN(std::optional<TableInfo> known, tables_.Find(name.database, name.table));
  if (known && command.if_not_exists) return EmptyAnswer();
  if (known && !(command.or_replace && known->is_view)) {
    return MakeError("TABLE_OR_VIEW_ALREADY_EXISTS", {{"relationName", QuotedTable(*known)}});
  }
  for (const auto& table : read) {
    const auto temporary = FindView(table);
    if (temporary && temporary->database.empty()) {
      return MakeError("INVALID_TEMP_OBJ_REFERENCE", {{"obj", "VIEW"},
                                                      {"objName", QuotedTable(view)},
                                                      {"tempObj", "VIEW"},
                                                      {"tempObjName", QuoteName(table)}});
    }
  }
  const std::optional<size_t> unnamed = UnnamedOutput(*command.input);
  std::set<std::string> seen;
  for (size_t i = 0; i < schema.size(); ++i) {
    StructField field = schema[i];
    if (command.columns.empty() && unnamed == i) {
      return MakeError("CREATE_PERMANENT_VIEW_WITHOUT_ALIAS",
                       {{"name", QuotedTable(view)}, {"attr", "\"" + field.name + "\""}});
    }
    view.query_columns.push_back(field.name);
    if (!command.columns.empty()) field.name = command.columns[i];
    if (!seen.insert(LowerCase(field.name)).second) {
      return MakeError("COLUMN_ALREADY_EXISTS",
                       {{"columnName", QuoteIdentifier(LowerCase(field.name))}});
    }
    field.nullable = true;
    field.type = AsNullable(field.type);
    if (i < command.column_comments.size() && !command.column_comments[i].empty()) {
      field.metadata = nlohmann::json{{"comment", command.column_comments[i]}}.dump();
    }
    view.schema.push_back(std::move(field));
  }
  view.is_view = true;
  view.is_external = true;
  view.view_text = command.text;
  view.is_ansi = config_.GetBoolean("spark.sql.ansi.enabled");
  view.comment = command.comment;
  view.properties = command.properties;
  view.created_us = std::chrono::duration_cast<std::chrono::microseconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count();
  RETURN_IF_ERROR(tables_.Put(view));
  return EmptyAnswer();
}

Result<FoundView> LocalSession::OpenView(const TableInfo& view) {
  if (view.is_ansi != config_.GetBoolean("spark.sql.ansi.enabled")) {
    return Unsupported("a view that was made in the other ANSI mode");
  }
  ASSIGN_OR_RETURN(Statement statement, ParseStatement(view.view_text, MakeSqlOptions()));
  const auto* plan = std::get_if<RelationPtr>(&statement);
  if (plan == nullptr) return InternalError("a view whose text is no query");
  FoundView found;
  found.plan = *plan;
  found.database = view.database;
  found.query_columns = view.query_columns;
  found.schema = view.schema;
  found.identifier = {"spark_catalog", view.database, view.name};
  return found;
}

}  // namespace ember
