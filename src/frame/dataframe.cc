#include <ember/dataframe.h>

#include "plan/attribute_name.h"
#include "session/session.h"
#include "session/storage_level.h"

namespace ember {
namespace {

std::vector<ExpressionPtr> Expressions(const std::vector<Column>& columns) {
  std::vector<ExpressionPtr> out;
  out.reserve(columns.size());
  for (const Column& column : columns) out.push_back(column.expression());
  return out;
}

std::vector<ExpressionPtr> SortOrders(const std::vector<Column>& columns) {
  std::vector<ExpressionPtr> out;
  for (const Column& column : columns) {
    const bool is_order = std::holds_alternative<SortOrder>(column.expression()->node);
    out.push_back(is_order ? column.expression() : column.Asc().expression());
  }
  return out;
}

RelationPtr MakeJoin(const RelationPtr& left, const RelationPtr& right, JoinType type, Join join) {
  join.left = left;
  join.right = right;
  join.type = type;
  return MakeRelation(std::move(join));
}

RelationPtr MakeSetOperation(const DataFrame& a, const DataFrame& b, SetOperation operation) {
  operation.left = a.relation();
  operation.right = b.relation();
  return MakeRelation(std::move(operation));
}

RelationPtr MakeRepartition(RelationPtr input, std::optional<int> partitions,
                            std::vector<ExpressionPtr> keys) {
  ember::Repartition repartition;
  repartition.input = std::move(input);
  repartition.partitions = partitions;
  // RepartitionByExpression.partitioning: sort orders make it one by ranges.
  repartition.by_range = std::any_of(keys.begin(), keys.end(), [](const ExpressionPtr& key) {
    return std::holds_alternative<SortOrder>(key->node);
  });
  repartition.expressions = std::move(keys);
  return MakeRelation(std::move(repartition));
}

Result<SaveMode> ParseMode(std::string_view mode) {
  if (mode == "error" || mode == "errorifexists" || mode == "default")
    return SaveMode::kErrorIfExists;
  if (mode == "append") return SaveMode::kAppend;
  if (mode == "overwrite") return SaveMode::kOverwrite;
  if (mode == "ignore") return SaveMode::kIgnore;
  return InvalidInput("unknown save mode '" + std::string(mode) +
                      "': use append, overwrite, error or ignore");
}

}  // namespace

GroupedData::GroupedData(std::shared_ptr<Session> session, RelationPtr input, Kind kind,
                         std::vector<Column> grouping)
    : session_(std::move(session)),
      input_(std::move(input)),
      kind_(kind),
      grouping_(std::move(grouping)) {}

DataFrame GroupedData::Agg(std::vector<Column> aggregates) const {
  Aggregate aggregate;
  aggregate.input = input_;
  aggregate.grouping = Expressions(grouping_);
  aggregate.aggregates = Expressions(aggregates);
  switch (kind_) {
    case Kind::kGroupBy:
      aggregate.type = GroupType::kGroupBy;
      break;
    case Kind::kRollup:
      aggregate.type = GroupType::kRollup;
      break;
    case Kind::kCube:
      aggregate.type = GroupType::kCube;
      break;
  }
  if (!pivot_.empty()) {
    aggregate.type = GroupType::kPivot;
    aggregate.pivot_column = pivot_.front().expression();
    for (const Value& value : pivot_values_) {
      if (const auto* text = std::get_if<std::string>(&value.data)) {
        aggregate.pivot_values.push_back(LiteralString(*text));
      } else if (const auto* integer = std::get_if<int64_t>(&value.data)) {
        aggregate.pivot_values.push_back(LiteralLong(*integer));
      } else if (const auto* number = std::get_if<double>(&value.data)) {
        aggregate.pivot_values.push_back(LiteralDouble(*number));
      } else if (const auto* boolean = std::get_if<bool>(&value.data)) {
        aggregate.pivot_values.push_back(LiteralBoolean(*boolean));
      } else {
        aggregate.pivot_values.push_back(LiteralNull());
      }
    }
  }
  return {session_, MakeRelation(std::move(aggregate))};
}

DataFrame GroupedData::Count() const {
  return Agg({Column(As(Call("count", {LiteralInteger(1)}), "count"))});
}

GroupedData GroupedData::Pivot(const Column& column, std::vector<Value> values) const {
  GroupedData pivoted = *this;
  pivoted.pivot_ = {column};
  pivoted.pivot_values_ = std::move(values);
  return pivoted;
}

DataFrame::DataFrame(std::shared_ptr<Session> session, RelationPtr relation)
    : session_(std::move(session)), relation_(std::move(relation)) {}

DataFrame DataFrame::Select(std::vector<Column> columns) const {
  return {session_, MakeRelation(Project{.input = relation_, .expressions = Expressions(columns)})};
}

DataFrame DataFrame::SelectExpr(const std::vector<std::string>& expressions) const {
  std::vector<ExpressionPtr> parsed;
  for (const std::string& text : expressions)
    parsed.push_back(MakeExpression(ExpressionString{text}));
  return {session_, MakeRelation(Project{.input = relation_, .expressions = std::move(parsed)})};
}

DataFrame DataFrame::Filter(const Column& condition) const {
  return {session_,
          MakeRelation(ember::Filter{.input = relation_, .condition = condition.expression()})};
}

DataFrame DataFrame::Filter(std::string_view condition) const {
  return Filter(Column(MakeExpression(ExpressionString{std::string(condition)})));
}

GroupedData DataFrame::GroupBy(std::vector<Column> columns) const {
  return {session_, relation_, GroupedData::Kind::kGroupBy, std::move(columns)};
}
GroupedData DataFrame::Rollup(std::vector<Column> columns) const {
  return {session_, relation_, GroupedData::Kind::kRollup, std::move(columns)};
}
GroupedData DataFrame::Cube(std::vector<Column> columns) const {
  return {session_, relation_, GroupedData::Kind::kCube, std::move(columns)};
}
DataFrame DataFrame::Agg(std::vector<Column> aggregates) const {
  return GroupBy({}).Agg(std::move(aggregates));
}

DataFrame DataFrame::OrderBy(std::vector<Column> columns) const {
  return {session_,
          MakeRelation(Sort{.input = relation_, .order = SortOrders(columns), .is_global = true})};
}

DataFrame DataFrame::SortWithinPartitions(std::vector<Column> columns) const {
  return {session_,
          MakeRelation(Sort{.input = relation_, .order = SortOrders(columns), .is_global = false})};
}

DataFrame DataFrame::Limit(int count) const {
  return {session_, MakeRelation(ember::Limit{.input = relation_, .count = LiteralInteger(count)})};
}

DataFrame DataFrame::Offset(int count) const {
  return {session_,
          MakeRelation(ember::Offset{.input = relation_, .count = LiteralInteger(count)})};
}

DataFrame DataFrame::Distinct() const { return DropDuplicates(); }

DataFrame DataFrame::DropDuplicates(std::vector<std::string> columns) const {
  return {session_, MakeRelation(Deduplicate{.input = relation_, .columns = std::move(columns)})};
}

DataFrame DataFrame::WithColumn(std::string_view name, const Column& column) const {
  return {session_, MakeRelation(WithColumns{.input = relation_,
                                             .columns = {column.Alias(name).expression()}})};
}

DataFrame DataFrame::WithColumnRenamed(std::string_view from, std::string_view to) const {
  return {session_, MakeRelation(WithColumnsRenamed{
                        .input = relation_, .renames = {{std::string(from), std::string(to)}}})};
}

DataFrame DataFrame::Drop(std::vector<std::string> columns) const {
  return {session_, MakeRelation(DropColumns{
                        .input = relation_, .columns = {}, .names = std::move(columns)})};
}

DataFrame DataFrame::ToDF(std::vector<std::string> names) const {
  return {session_, MakeRelation(ToDataFrame{.input = relation_, .names = std::move(names)})};
}

DataFrame DataFrame::Alias(std::string_view name) const {
  SubqueryAlias alias;
  alias.input = relation_;
  alias.alias = name;
  return {session_, MakeRelation(std::move(alias))};
}

DataFrame DataFrame::Join(const DataFrame& other, const Column& condition, JoinType type) const {
  ember::Join join;
  join.condition = condition.expression();
  return {session_, MakeJoin(relation_, other.relation_, type, std::move(join))};
}

DataFrame DataFrame::Join(const DataFrame& other, std::vector<std::string> using_columns,
                          JoinType type) const {
  ember::Join join;
  join.using_columns = std::move(using_columns);
  return {session_, MakeJoin(relation_, other.relation_, type, std::move(join))};
}

DataFrame DataFrame::CrossJoin(const DataFrame& other) const {
  return {session_, MakeJoin(relation_, other.relation_, JoinType::kCross, ember::Join{})};
}

DataFrame DataFrame::Union(const DataFrame& other) const {
  return {session_,
          MakeSetOperation(*this, other, {.kind = SetOperationKind::kUnion, .is_all = true})};
}
DataFrame DataFrame::UnionByName(const DataFrame& other) const {
  return {session_,
          MakeSetOperation(*this, other,
                           {.kind = SetOperationKind::kUnion, .is_all = true, .by_name = true})};
}
DataFrame DataFrame::Intersect(const DataFrame& other) const {
  return {session_, MakeSetOperation(*this, other, {.kind = SetOperationKind::kIntersect})};
}
DataFrame DataFrame::Except(const DataFrame& other) const {
  return {session_, MakeSetOperation(*this, other, {.kind = SetOperationKind::kExcept})};
}

DataFrame DataFrame::Hint(std::string_view name) const {
  return {session_, MakeRelation(ember::Hint{
                        .input = relation_, .name = std::string(name), .parameters = {}})};
}

DataFrame DataFrame::Repartition(int partitions) const {
  return {session_, MakeRepartition(relation_, partitions, {})};
}
DataFrame DataFrame::Repartition(int partitions, std::vector<Column> columns) const {
  return {session_, MakeRepartition(relation_, partitions, Expressions(columns))};
}
DataFrame DataFrame::Repartition(std::vector<Column> columns) const {
  return {session_, MakeRepartition(relation_, {}, Expressions(columns))};
}
DataFrame DataFrame::RepartitionByRange(int partitions, std::vector<Column> columns) const {
  return {session_, MakeRepartition(relation_, partitions, SortOrders(columns))};
}
DataFrame DataFrame::RepartitionByRange(std::vector<Column> columns) const {
  return {session_, MakeRepartition(relation_, {}, SortOrders(columns))};
}

DataFrame DataFrame::Coalesce(int partitions) const {
  ember::Repartition repartition;
  repartition.input = relation_;
  repartition.partitions = partitions;
  repartition.shuffle = false;
  return {session_, MakeRelation(std::move(repartition))};
}

Status DataFrame::Cache() const { return Persist("MEMORY_AND_DISK"); }
Status DataFrame::Persist(std::string_view level) const {
  const StorageLevelRow* row = FindStorageLevel(level);
  if (row == nullptr) {
    return InvalidInput("unknown storage level '" + std::string(level) +
                        "': Spark has MEMORY_AND_DISK, MEMORY_ONLY, DISK_ONLY, OFF_HEAP");
  }
  return session_->Persist(relation_, row->level);
}
Status DataFrame::Unpersist() const { return session_->Unpersist(relation_, false); }

Status DataFrame::CreateOrReplaceTempView(std::string_view name) const {
  CreateView view;
  view.name = {std::string(name)};
  view.input = relation_;
  view.or_replace = true;
  auto result = session_->Execute(Command{std::move(view)}, {});
  if (!result.ok()) return std::move(result).error();
  return {};
}

Result<Schema> DataFrame::schema() const { return session_->AnalyzeSchema(relation_); }

Result<std::vector<std::string>> DataFrame::Columns() const {
  ASSIGN_OR_RETURN(const Schema schema, this->schema());
  std::vector<std::string> names;
  for (const auto& field : schema) names.push_back(field.name);
  return names;
}

Result<std::vector<Row>> DataFrame::Collect() const {
  ASSIGN_OR_RETURN(const auto stream, session_->Execute(relation_, {}));
  std::vector<Row> rows;
  while (true) {
    ASSIGN_OR_RETURN(const auto batch, stream->Next());
    if (!batch) return rows;
    for (int64_t i = 0; i < batch->row_count(); ++i) rows.push_back(batch->GetRow(i));
  }
}

Result<int64_t> DataFrame::Count() const {
  ASSIGN_OR_RETURN(const auto rows, GroupBy({}).Count().Collect());
  return std::get<int64_t>(rows.at(0).at(0).data);
}

Result<std::string> DataFrame::ShowString(int rows, int truncate) const {
  ember::ShowString show;
  show.input = relation_;
  show.rows = rows;
  show.truncate = truncate;
  ASSIGN_OR_RETURN(const auto text, DataFrame(session_, MakeRelation(std::move(show))).Collect());
  return std::get<std::string>(text.at(0).at(0).data);
}

Result<std::string> DataFrame::Explain() const {
  return session_->ExplainText(relation_, ExplainMode::kSimple);
}

DataFrameWriter DataFrame::Write() const { return {session_, relation_}; }

DataFrameWriter::DataFrameWriter(std::shared_ptr<Session> session, RelationPtr relation)
    : session_(std::move(session)), relation_(std::move(relation)) {}

DataFrameWriter& DataFrameWriter::Mode(std::string_view mode) {
  mode_ = mode;
  return *this;
}
DataFrameWriter& DataFrameWriter::Format(std::string_view format) {
  format_ = format;
  return *this;
}
DataFrameWriter& DataFrameWriter::Option(std::string_view key, std::string_view value) {
  options_.emplace_back(key, value);
  return *this;
}
DataFrameWriter& DataFrameWriter::PartitionBy(std::vector<std::string> columns) {
  partition_by_ = std::move(columns);
  return *this;
}
DataFrameWriter& DataFrameWriter::BucketBy(int buckets, std::vector<std::string> columns) {
  buckets_ = buckets;
  bucket_by_ = std::move(columns);
  return *this;
}
DataFrameWriter& DataFrameWriter::SortBy(std::vector<std::string> columns) {
  sort_by_ = std::move(columns);
  return *this;
}

Result<WriteSummary> DataFrameWriter::Run(std::string_view path, std::vector<std::string> table) {
  WriteFiles write;
  write.input = relation_;
  write.format = format_;
  write.path = path;
  write.table = std::move(table);
  ASSIGN_OR_RETURN(write.mode, ParseMode(mode_));
  write.partition_by = partition_by_;
  write.buckets = buckets_;
  write.bucket_by = bucket_by_;
  write.sort_by = sort_by_;
  for (const auto& [key, value] : options_) SetOption(write.options, key, value);
  ASSIGN_OR_RETURN(WriteResult result, session_->Write(write, {}));
  return WriteSummary{.rows = result.rows, .bytes = result.bytes, .files = std::move(result.files)};
}

Result<WriteSummary> DataFrameWriter::Save(std::string_view path) { return Run(path, {}); }
Result<WriteSummary> DataFrameWriter::Parquet(std::string_view path) {
  return Format("parquet").Save(path);
}
Result<WriteSummary> DataFrameWriter::Csv(std::string_view path) {
  return Format("csv").Save(path);
}
Result<WriteSummary> DataFrameWriter::Json(std::string_view path) {
  return Format("json").Save(path);
}

Result<WriteSummary> DataFrameWriter::SaveAsTable(std::string_view name) {
  ASSIGN_OR_RETURN(std::vector<std::string> table, SplitAttributeName(name));
  return Run("", std::move(table));
}

}  // namespace ember
