// INSERT and insertInto: rows into a table that is known (PreprocessTableInsertion,
// ResolveUserSpecifiedColumns, TableOutputResolver).
#include <algorithm>

#include "duckdb/file_formats.h"
#include "duckdb/local_session.h"
#include "duckdb/table_partitions.h"

namespace ember {
namespace {

// Where the value of a table's column comes from.
struct ColumnSource {
  int input = -1;          // position among the input's columns; -1: none
  ExpressionPtr constant;  // of PARTITION (column = constant)
};

std::string NamesOf(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + QuoteIdentifier(name);
  return list;
}

std::vector<std::string> ColumnNames(const Schema& schema) {
  std::vector<std::string> names;
  for (const StructField& field : schema) names.push_back(field.name);
  return names;
}

Error ArityError(const TableInfo& table, const std::vector<std::string>& wanted,
                 const ResolvedRelation& input) {
  const bool too_many = input.columns.size() > wanted.size();
  return MakeError(too_many ? "INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS"
                            : "INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS",
                   {{"tableName", QuotedTable(table)},
                    {"tableColumns", NamesOf(wanted)},
                    {"dataColumns", NamesOf(ColumnNames(SchemaOf(input)))}});
}

// The static values come before the dynamic ones, and none is left out.
Status CheckPartition(const TableInfo& table, const PartitionSpec& spec) {
  if (spec.empty()) return {};
  RETURN_IF_ERROR(FitPartition(table, spec));
  std::string wanted;
  std::string given;
  for (const std::string& by : table.partition_by) wanted += (wanted.empty() ? "" : ",") + by;
  for (const PartitionValue& value : spec) given += (given.empty() ? "" : ",") + value.column;
  if (spec.size() != table.partition_by.size()) {
    return MakeError("_LEGACY_ERROR_TEMP_1169", {{"tableName", QuotedTable(table)},
                                                 {"normalizedPartSpec", given},
                                                 {"partColNames", wanted}});
  }
  bool is_dynamic = false;
  for (const std::string& by : table.partition_by) {
    for (const auto& [column, value] : spec) {
      if (LowerCase(column) != LowerCase(by)) continue;
      if (value != nullptr && is_dynamic) {
        return MakeError("_LEGACY_ERROR_TEMP_1147", {{"partColumns", "[" + wanted + "]"}});
      }
      is_dynamic = is_dynamic || value == nullptr;
    }
  }
  return {};
}

Result<std::vector<std::string>> ListedColumns(const TableInfo& table,
                                               const std::vector<std::string>& listed) {
  std::vector<std::string> names;
  for (const std::string& name : listed) {
    const int at = FindField(table.schema, name);
    if (at < 0) {
      return MakeError("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                       {{"objectName", QuoteIdentifier(name)},
                        {"proposal", NamesOf(ColumnNames(table.schema))}});
    }
    if (std::find(names.begin(), names.end(), table.schema[at].name) != names.end()) {
      return MakeError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteIdentifier(LowerCase(name))}});
    }
    names.push_back(table.schema[at].name);
  }
  return names;
}

// One source for each column of the table.
Result<std::vector<ColumnSource>> SourcesOf(const WriteFiles& write, const TableInfo& table,
                                            const ResolvedRelation& input) {
  std::vector<ColumnSource> sources(table.schema.size());
  for (const auto& [column, value] : write.partition) {
    const int at = FindField(table.schema, column);
    if (at >= 0) sources[at].constant = value;
  }
  if (write.is_by_name || !write.is_insert_into) {
    std::vector<std::string> extra;
    for (size_t i = 0; i < input.columns.size(); ++i) {
      const int at = FindField(table.schema, input.columns[i].name);
      if (at < 0 || sources[at].constant != nullptr) {
        extra.push_back(input.columns[i].name);
      } else {
        sources[at].input = static_cast<int>(i);
      }
    }
    if (!extra.empty()) {
      return MakeError("INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS",
                       {{"tableName", QuotedTable(table)}, {"extraColumns", NamesOf(extra)}});
    }
    return sources;
  }
  std::vector<std::string> wanted;
  if (!write.insert_columns.empty()) {
    ASSIGN_OR_RETURN(wanted, ListedColumns(table, write.insert_columns));
  } else {
    for (size_t i = 0; i < table.schema.size(); ++i) {
      if (sources[i].constant == nullptr) wanted.push_back(table.schema[i].name);
    }
  }
  if (wanted.size() != input.columns.size()) return ArityError(table, wanted, input);
  for (size_t i = 0; i < wanted.size(); ++i) {
    sources[FindField(table.schema, wanted[i])].input = static_cast<int>(i);
  }
  return sources;
}

// Cast.canANSIStoreAssign.
bool CanStore(const DataType& from, const DataType& to) {
  using enum TypeKind;
  if (SameType(from, to) || from.Is(kNull)) return true;
  if (from.Is(kArray) && to.Is(kArray)) return CanStore(from.element().type, to.element().type);
  if (from.Is(kMap) && to.Is(kMap)) {
    return CanStore(from.key().type, to.key().type) && CanStore(from.value().type, to.value().type);
  }
  if (from.Is(kStruct) && to.Is(kStruct)) {
    if (from.fields().size() != to.fields().size()) return false;
    for (size_t i = 0; i < from.fields().size(); ++i) {
      if (!CanStore(from.fields()[i].type, to.fields()[i].type)) return false;
    }
    return true;
  }
  if (from.IsNumeric() && to.IsNumeric()) return true;
  if (to.Is(kString) && (from.IsAtomic() || from.Is(kCalendarInterval))) return true;
  if (from.IsDatetime() && to.IsDatetime()) return true;
  return (from.Is(kYearMonthInterval) && to.Is(kYearMonthInterval)) ||
         (from.Is(kDayTimeInterval) && to.Is(kDayTimeInterval));
}

Result<ResolvedExpressionPtr> FitValue(ResolvedExpression value, const StructField& wanted,
                                       const TableInfo& table) {
  const DataType source = value.type;
  const bool nullable = value.nullable;
  const std::string pretty = value.pretty;
  auto expression = std::make_shared<const ResolvedExpression>(std::move(value));
  if (SameType(source, wanted.type)) return expression;
  if (!CanStore(source, wanted.type)) {
    return MakeError("INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST",
                     {{"tableName", QuotedTable(table)},
                      {"colName", QuoteIdentifier(wanted.name)},
                      {"srcType", "\"" + SqlText(source) + "\""},
                      {"targetType", "\"" + SqlText(wanted.type) + "\""}});
  }
  ResolvedExpression cast;
  cast.node = ResolvedCast{.child = std::move(expression), .mode = CastMode::kAnsi};
  cast.type = wanted.type;
  cast.nullable = nullable;
  cast.pretty = pretty;
  return std::make_shared<const ResolvedExpression>(std::move(cast));
}

ResolvedExpression ReferenceTo(const ResolvedColumn& column) {
  ResolvedExpression reference;
  reference.node = ColumnReference{.id = column.id, .name = column.name};
  reference.type = column.type;
  reference.nullable = column.nullable;
  reference.pretty = column.name;
  return reference;
}

// The input under the table's names and types; `skipped` columns of the table are left out.
Result<ResolvedRelationPtr> FitToTable(ResolvedRelationPtr input,
                                       const std::vector<ColumnSource>& sources,
                                       const TableInfo& table, const PartitionTexts& skipped) {
  int64_t next_id = 0;
  for (const ResolvedColumn& column : input->columns) next_id = std::max(next_id, column.id + 1);
  ResolvedProject project;
  std::vector<ResolvedColumn> columns;
  for (size_t i = 0; i < table.schema.size(); ++i) {
    const StructField& wanted = table.schema[i];
    const bool is_skipped = std::any_of(skipped.begin(), skipped.end(), [&](const auto& known) {
      return LowerCase(known.first) == LowerCase(wanted.name);
    });
    if (is_skipped) continue;
    ResolvedExpression value;
    if (sources[i].input >= 0) {
      value = ReferenceTo(input->columns[sources[i].input]);
    } else if (sources[i].constant != nullptr) {
      const auto& literal = std::get<Literal>(sources[i].constant->node);
      value.node = literal;
      value.type = literal.type;
      value.nullable = literal.value.is_null();
    } else {  // spark.sql.defaultColumn.useNullsForMissingDefaultValues
      value.node = Literal{wanted.type, {}};
      value.type = wanted.type;
    }
    const bool nullable = value.nullable;
    StructField target = wanted;
    // A constant of PARTITION is cast, whatever its type.
    if (sources[i].constant != nullptr && !SameType(value.type, wanted.type)) {
      ResolvedExpression cast;
      cast.node = ResolvedCast{.child = std::make_shared<const ResolvedExpression>(value),
                               .mode = CastMode::kAnsi};
      cast.type = wanted.type;
      cast.nullable = nullable;
      value = std::move(cast);
    }
    ASSIGN_OR_RETURN(auto fitted, FitValue(std::move(value), target, table));
    ResolvedColumn column{
        .id = next_id++, .name = wanted.name, .type = wanted.type, .nullable = nullable};
    columns.push_back(column);
    project.expressions.push_back({std::move(column), std::move(fitted)});
  }
  project.input = std::move(input);
  ResolvedRelation fitted;
  fitted.node = std::move(project);
  fitted.columns = std::move(columns);
  return std::make_shared<const ResolvedRelation>(std::move(fitted));
}

}  // namespace

// Spark replaces all partitions that the static values of a PARTITION clause name. They are the
// outer folders, so that an overwrite of them is one of their folder alone.
Result<WriteResult> LocalSession::InsertInto(const WriteFiles& write, const TableInfo& table,
                                             const ExecuteOptions& options) {
  RETURN_IF_ERROR(CheckPartition(table, write.partition));
  ASSIGN_OR_RETURN(PartitionTexts fixed, FitPartition(table, write.partition));
  ASSIGN_OR_RETURN(ResolvedRelationPtr input, Resolve(*write.input));
  if (!write.is_insert_into && input->columns.size() != table.schema.size()) {
    return MakeError("_LEGACY_ERROR_TEMP_1161",
                     {{"tableName", "spark_catalog." + table.database + "." + table.name},
                      {"existingTableSchema", SimpleString(StructType(table.schema))},
                      {"querySchema", SimpleString(StructType(SchemaOf(*input)))}});
  }
  ASSIGN_OR_RETURN(const std::vector<ColumnSource> sources, SourcesOf(write, table, *input));
  WriteFiles to_path = write;
  to_path.partition.clear();
  to_path.format = table.format;
  to_path.partition_by = table.partition_by;
  to_path.bucket_by = table.bucket.columns;
  to_path.sort_by = table.bucket.sort_columns;
  to_path.buckets = table.bucket.count;
  for (const auto& [key, value] : table.options) to_path.options.try_emplace(key, value);
  if (write.mode != SaveMode::kOverwrite) to_path.mode = SaveMode::kAppend;
  std::string location = table.location;
  const bool replaces_folder = write.mode == SaveMode::kOverwrite && !fixed.empty();
  if (replaces_folder) {
    location += "/" + PartitionFolder(fixed);
    if (write.if_not_exists) {
      ASSIGN_OR_RETURN(const bool is_there, store_.Exists(location));
      if (is_there) return WriteResult{};
    }
    to_path.partition = write.partition;
    to_path.options["partitionoverwritemode"] = "static";
    to_path.partition_by.erase(to_path.partition_by.begin(),
                               to_path.partition_by.begin() + static_cast<ptrdiff_t>(fixed.size()));
  }
  ASSIGN_OR_RETURN(input, FitToTable(std::move(input), sources, table,
                                     replaces_folder ? fixed : PartitionTexts()));
  return WriteTo(to_path, *input, location, options);
}

}  // namespace ember
