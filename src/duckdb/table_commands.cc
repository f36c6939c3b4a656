// ALTER TABLE and its kin: what changes a table that is known.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "duckdb/file_formats.h"
#include "duckdb/local_session.h"
#include "duckdb/table_partitions.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

// What a statement calls itself in errors about views.
struct AlterName {
  std::string_view what;
  std::string_view operation;
};
constexpr auto kAlterNames = std::to_array<AlterName>({
    {"add columns", "ALTER TABLE ... ADD COLUMNS"},
    {"add partition", "ALTER TABLE ... ADD PARTITION ..."},
    {"change type", "ALTER TABLE ... ALTER COLUMN"},
    {"comment column", "ALTER TABLE ... ALTER COLUMN"},
    {"delete", "DELETE"},
    {"drop column", "ALTER TABLE ... DROP COLUMNS"},
    {"drop partition", "ALTER TABLE ... DROP PARTITION ..."},
    {"recover partitions", "MSCK REPAIR TABLE"},
    {"rename", "ALTER TABLE ... RENAME TO"},
    {"rename column", "ALTER TABLE ... RENAME COLUMN"},
    {"rename partition", "ALTER TABLE ... RENAME TO PARTITION"},
    {"set location", "ALTER TABLE ... SET LOCATION ..."},
    {"set properties", "ALTER TABLE ... SET TBLPROPERTIES"},
    {"truncate", "TRUNCATE TABLE"},
    {"unset properties", "ALTER TABLE ... UNSET TBLPROPERTIES"},
});

Error NotATable(const AlterTable& command, const std::vector<std::string>& name) {
  std::string operation = command.what;
  for (const AlterName& known : kAlterNames) {
    if (known.what == command.what) operation = known.operation;
  }
  return MakeError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                   {{"operation", operation}, {"viewName", QuoteName(name)}});
}

Error TableOperation(std::string operation, const TableInfo& table) {
  return MakeError("UNSUPPORTED_FEATURE.TABLE_OPERATION",
                   {{"operation", std::move(operation)}, {"tableName", QuotedTable(table)}});
}

Status AddColumns(const AlterTable& command, TableInfo& table) {
  for (const StructField& field : command.columns) {
    if (FindField(table.schema, field.name) >= 0) {
      return MakeError("COLUMN_ALREADY_EXISTS",
                       {{"columnName", QuoteIdentifier(LowerCase(field.name))}});
    }
    StructField added = field;
    added.nullable = true;
    added.type = AsNullable(field.type);
    // Partition columns stay last.
    table.schema.insert(table.schema.end() - static_cast<ptrdiff_t>(table.partition_by.size()),
                        std::move(added));
  }
  return {};
}

Status ChangeColumn(const AlterTable& command, TableInfo& table) {
  const StructField& wanted = command.columns.front();
  const int at = FindField(table.schema, wanted.name);
  if (at < 0) {
    std::string proposal;
    for (const StructField& field : table.schema)
      proposal += (proposal.empty() ? "" : ", ") + QuoteIdentifier(field.name);
    return MakeError("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                     {{"objectName", QuoteIdentifier(wanted.name)}, {"proposal", proposal}});
  }
  StructField& field = table.schema[at];
  if (command.what == "comment column") {
    field.metadata = wanted.metadata;
    return {};
  }
  if (SameType(field.type, wanted.type)) return {};
  return MakeError("NOT_SUPPORTED_CHANGE_COLUMN",
                   {{"table", QuotedTable(table)},
                    {"originName", QuoteIdentifier(field.name)},
                    {"originType", "\"" + SqlText(field.type) + "\""},
                    {"newName", QuoteIdentifier(field.name)},
                    {"newType", "\"" + SqlText(wanted.type) + "\""}});
}

std::string ShortName(const TableInfo& table) { return QuoteName({table.database, table.name}); }

Error PartitionsNotFound(const TableInfo& table, const PartitionTexts& partition) {
  return MakeError("PARTITIONS_NOT_FOUND",
                   {{"partitionList", PartitionText(partition)}, {"tableName", ShortName(table)}});
}

// All of the table's partition columns, or an error.
Result<PartitionTexts> WholePartition(const TableInfo& table, const PartitionSpec& spec) {
  ASSIGN_OR_RETURN(PartitionTexts partition, FitPartition(table, spec));
  if (partition.size() == table.partition_by.size()) return partition;
  std::string given;
  std::string wanted;
  for (const auto& [column, text] : partition) given += (given.empty() ? "" : ", ") + column;
  for (const std::string& by : table.partition_by) wanted += (wanted.empty() ? "" : ", ") + by;
  return MakeError(
      "_LEGACY_ERROR_TEMP_1232",
      {{"specKeys", given}, {"partitionColumnNames", wanted}, {"tableName", QuotedTable(table)}});
}

bool IsLocal(const TableInfo& table) { return table.location.starts_with('/'); }

Status AddPartitions(const AlterTable& command, const TableInfo& table, Store& store) {
  std::vector<std::string> folders;
  for (const PartitionSpec& spec : command.partitions) {
    ASSIGN_OR_RETURN(PartitionTexts partition, WholePartition(table, spec));
    const std::string folder = PartitionFolder(partition);
    ASSIGN_OR_RETURN(const bool is_there, store.Exists(table.location + "/" + folder));
    if (is_there) {
      if (command.if_exists) continue;
      return MakeError("PARTITIONS_ALREADY_EXIST", {{"partitionList", PartitionText(partition)},
                                                    {"tableName", ShortName(table)}});
    }
    folders.push_back(folder);
  }
  for (const std::string& folder : folders)
    RETURN_IF_ERROR(store.MakeFolder(table.location + "/" + folder));
  return {};
}

Status DropPartitions(const AlterTable& command, const TableInfo& table, Store& store) {
  // Files of an external table stay; a table that is read by its folders would still show them.
  if (table.is_external) return Unsupported("ALTER TABLE … DROP PARTITION of an external table");
  std::vector<std::string> folders;
  for (const PartitionSpec& spec : command.partitions) {
    ASSIGN_OR_RETURN(PartitionTexts partition, FitPartition(table, spec));
    const std::string folder = PartitionFolder(partition);
    const bool is_whole = partition.size() == table.partition_by.size();
    ASSIGN_OR_RETURN(const bool is_there, store.Exists(table.location + "/" + folder));
    if (is_whole && is_there) {
      folders.push_back(folder);
    } else if (!command.if_exists) {
      return PartitionsNotFound(table, partition);
    }
  }
  for (const std::string& folder : folders)
    RETURN_IF_ERROR(store.Remove(table.location + "/" + folder));
  return {};
}

Status RenamePartition(const AlterTable& command, const TableInfo& table, Store& store) {
  if (!IsLocal(table)) return Unsupported("ALTER TABLE ... RENAME TO PARTITION of a table in S3");
  ASSIGN_OR_RETURN(PartitionTexts from, WholePartition(table, command.partitions[0]));
  ASSIGN_OR_RETURN(PartitionTexts to, WholePartition(table, command.partitions[1]));
  const std::string old_folder = PartitionFolder(from);
  const std::string new_folder = PartitionFolder(to);
  ASSIGN_OR_RETURN(const bool has_old, store.Exists(table.location + "/" + old_folder));
  ASSIGN_OR_RETURN(const bool has_new, store.Exists(table.location + "/" + new_folder));
  if (!has_old) return PartitionsNotFound(table, from);
  if (has_new) {
    return MakeError("PARTITIONS_ALREADY_EXIST",
                     {{"partitionList", PartitionText(to)}, {"tableName", ShortName(table)}});
  }
  const fs::path target = table.location + "/" + new_folder;
  RETURN_IF_ERROR(store.MakeFolder(target.parent_path()));
  std::error_code error;
  fs::rename(table.location + "/" + old_folder, target, error);
  if (!error) return {};
  return InvalidInput(fmt::format("cannot move \"{}\": {}", old_folder, error.message()));
}

// Rows go; the table, its folder and its partitions stay. Each folder is emptied by one commit.
Status Truncate(const AlterTable& command, const TableInfo& table, Store& store) {
  if (table.is_external) {
    return MakeError("_LEGACY_ERROR_TEMP_1266", {{"tableIdentWithDB", QuotedTable(table)}});
  }
  std::vector<std::string> emptied = {""};
  if (!command.partitions.empty()) {
    if (table.partition_by.empty()) {
      return MakeError("_LEGACY_ERROR_TEMP_1267", {{"tableIdentWithDB", QuotedTable(table)}});
    }
    ASSIGN_OR_RETURN(PartitionTexts partition, FitPartition(table, command.partitions[0]));
    emptied.clear();
    ASSIGN_OR_RETURN(const std::vector<std::string> folders, ListPartitions(table, store));
    for (const std::string& folder : folders) {
      if (IsInPartition(folder, partition)) emptied.push_back("/" + folder);
    }
    if (emptied.empty() && partition.size() == table.partition_by.size()) {
      return PartitionsNotFound(table, partition);
    }
  }
  for (const std::string& folder : emptied) {
    const std::string target = table.location + folder;
    RETURN_IF_ERROR(store.Recover(target));
    ASSIGN_OR_RETURN(std::unique_ptr<StagedWrite> staged,
                     store.BeginWrite(target, CommitKind::kReplaceAll));
    std::vector<std::string> kept;
    if (folder.empty() && !table.partition_by.empty()) {
      ASSIGN_OR_RETURN(kept, ListPartitions(table, store));
    }
    for (const std::string& partition : kept) {
      std::error_code error;
      fs::create_directories(staged->staging_directory() + "/" + partition, error);
      if (error) return InvalidInput("cannot make the folder of a partition: " + error.message());
    }
    RETURN_IF_ERROR(staged->Commit());
    // S3 has no folders without files but those that are said to be there.
    for (const std::string& partition : kept)
      RETURN_IF_ERROR(store.MakeFolder(target + "/" + partition));
    if (!folder.empty() || kept.empty()) RETURN_IF_ERROR(store.MakeFolder(target));
  }
  return {};
}

}  // namespace

Status LocalSession::RenameTable(const AlterTable& command, const TableInfo& table) {
  TableName target;
  target.table = LowerCase(command.new_name.back());
  target.database = table.database;
  if (command.new_name.size() > 1) {
    ASSIGN_OR_RETURN(target, ResolveName(command.new_name));
  }
  if (target.database != table.database) {
    return MakeError("_LEGACY_ERROR_TEMP_1073",
                     {{"db", table.database}, {"newDb", target.database}});
  }
  ASSIGN_OR_RETURN(std::optional<TableInfo> known, tables_.Find(target.database, target.table));
  if (known) {
    return MakeError("TABLE_OR_VIEW_ALREADY_EXISTS", {{"relationName", QuotedTable(*known)}});
  }
  return tables_.Rename(table, target.table);
}

// A temporary view has a name and a query, and nothing else to alter.
Result<RelationPtr> LocalSession::AlterTemporaryView(const AlterTable& command) {
  const std::string name = LowerCase(command.name.back());
  if (command.name.size() != 1) return Unsupported("ALTER of a global temporary view");
  if (command.what == "view text") {
    RETURN_IF_ERROR(AnalyzeSchema(command.query));
    std::lock_guard lock(mutex_);
    views_[name] = FoundView{.plan = command.query};
    return EmptyAnswer();
  }
  if (command.what == "rename" && command.is_view) {
    const std::string target = LowerCase(command.new_name.back());
    std::lock_guard lock(mutex_);
    if (views_.contains(target)) {
      return MakeError("TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
                       {{"relationName", QuoteIdentifier(target)}});
    }
    views_[target] = std::move(views_[name]);
    views_.erase(name);
    return EmptyAnswer();
  }
  return NotATable(command, command.name);
}

Result<RelationPtr> LocalSession::Run(const AlterTable& command, const ExecuteOptions&) {
  const std::string& what = command.what;
  if (what == "replace" || what == "replace as select") {
    if (command.query != nullptr) RETURN_IF_ERROR(AnalyzeSchema(command.query));
    ASSIGN_OR_RETURN(TableName name, ResolveName(command.name));
    TableInfo table;
    table.database = name.database;
    table.name = name.table;
    return TableOperation(what == "replace" ? "REPLACE TABLE" : "REPLACE TABLE AS SELECT", table);
  }
  const bool changes_rows = what == "delete" || what == "merge" || what == "update";
  if (changes_rows || what == "analyze") {
    if (command.query != nullptr) RETURN_IF_ERROR(AnalyzeSchema(command.query));
  }
  if (changes_rows && what != "delete") {
    return MakeError("_LEGACY_ERROR_TEMP_2096",
                     {{"ddl", what == "merge" ? "MERGE INTO TABLE" : "UPDATE TABLE"}});
  }
  if (const auto view = FindView(command.name); view && view->database.empty()) {
    return AlterTemporaryView(command);
  }
  RETURN_IF_ERROR(tables_.CheckWritable());
  ASSIGN_OR_RETURN(TableInfo table, RequireTable(command.name));
  const bool suits_views = what == "rename" || what == "view text" || what == "set properties" ||
                           what == "unset properties" || what == "comment";
  if (table.is_view && !(suits_views && (command.is_view || what == "comment"))) {
    return NotATable(command, {"spark_catalog", table.database, table.name});
  }
  if (command.is_view && !table.is_view) {
    return MakeError("EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
                     {{"operation", "ALTER VIEW"}, {"tableName", QuotedTable(table)}});
  }
  if (what == "write to")
    return MakeError("_LEGACY_ERROR_TEMP_1012", {{"identifier", QuotedTable(table)}});
  if (what == "delete") return TableOperation("DELETE", table);
  if (what == "drop column") return TableOperation("DROP COLUMN", table);
  if (what == "rename column") return TableOperation("RENAME COLUMN", table);
  if (what == "recover partitions" || what == "analyze") return EmptyAnswer();
  const bool is_of_partitions = what.ends_with(" partition");
  if (is_of_partitions && table.partition_by.empty()) {
    return MakeError("_LEGACY_ERROR_TEMP_1251",
                     {{"action", "ALTER TABLE " +
                                     std::string(what == "add partition"    ? "ADD"
                                                 : what == "drop partition" ? "DROP"
                                                                            : "RENAME") +
                                     " PARTITION"},
                      {"tableName", table.name}});
  }
  if (what == "rename") RETURN_IF_ERROR(RenameTable(command, table));
  if (what == "truncate") RETURN_IF_ERROR(Truncate(command, table, store_));
  if (what == "add partition") RETURN_IF_ERROR(AddPartitions(command, table, store_));
  if (what == "drop partition") RETURN_IF_ERROR(DropPartitions(command, table, store_));
  if (what == "rename partition") RETURN_IF_ERROR(RenamePartition(command, table, store_));
  if (is_of_partitions || what == "rename" || what == "truncate") return EmptyAnswer();
  if (what == "view text") {
    CreateView view{.name = {table.database, table.name}, .columns = {}, .input = command.query};
    view.is_temporary = false;
    view.or_replace = true;
    view.text = command.text;
    view.comment = table.comment;
    view.properties = table.properties;
    return CreatePermanentView(view);
  }
  if (what == "add columns") RETURN_IF_ERROR(AddColumns(command, table));
  if (what == "comment column" || what == "change type")
    RETURN_IF_ERROR(ChangeColumn(command, table));
  if (what == "comment") table.comment = command.text;
  if (what == "set location") {
    ASSIGN_OR_RETURN(table.location, TableFolder(command.text, shared_->remote));
    table.is_external = true;
  }
  for (const auto& [key, value] : command.properties) table.properties[key] = value;
  for (const std::string& key : command.keys) table.properties.erase(key);
  RETURN_IF_ERROR(tables_.Put(table));
  return EmptyAnswer();
}

}  // namespace ember
