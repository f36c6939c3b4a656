#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/analyzer.h"
#include "analyzer/resolved_expressions.h"
#include "analyzer/scope.h"

namespace ember {

/// One item of a select list.
struct SelectItem {
  NamedExpression named;
  bool has_alias = false;
  std::vector<std::string> names;  // several aliases of a generator
};

/// See Analysis::Expose.
struct Exposed {
  ResolvedRelationPtr relation;
  std::vector<ResolvedExpressionPtr> expressions;
};

/// The common tables that a query sees, innermost frame last.
struct TableFrame {
  const CommonTable* table = nullptr;
  const TableFrame* enclosing = nullptr;
};

/// The state of analysing one plan. Each Resolve… function of a relation stands in the file of its
/// family; each expression kind in the files expression_*.cc.
class Analysis {
 public:
  Analysis(SourceCatalog& catalog, const AnalyzerOptions& options)
      : catalog_(catalog), options_(options) {}

  /// `outer`: the scope of the query around, for correlated subqueries; null at the top.
  Result<ResolvedRelationPtr> Resolve(const Relation& relation, const Scope* outer);

  // Expressions.
  Result<ResolvedExpressionPtr> ResolveExpression(const Expression& expression, const Scope& scope);
  Result<std::vector<ResolvedExpressionPtr>> ResolveExpressions(
      const std::vector<ExpressionPtr>& expressions, const Scope& scope);
  /// Stars and regexes become their columns; lateral aliases are visible when `scope.lateral` is
  /// not null.
  Result<std::vector<SelectItem>> ResolveSelectList(const std::vector<ExpressionPtr>& expressions,
                                                    Scope scope);
  Result<ResolvedExpressionPtr> ResolveCondition(const Expression& expression, const Scope& scope);
  Result<ResolvedSortOrder> ResolveSortOrder(const Expression& expression, const Scope& scope);
  Result<ResolvedExpressionPtr> ResolveCall(const UnresolvedFunction& call, const Scope& scope);
  Result<ResolvedExpressionPtr> ResolveUpdateFields(const UpdateFields& update, const Scope& scope);
  Result<ExpressionPtr> FindParameter(const Parameter& parameter) const;
  Result<ResolvedExpressionPtr> FindLateralAlias(const std::vector<std::string>& parts,
                                                 const std::vector<NamedExpression>& aliases);
  std::optional<Result<ResolvedExpressionPtr>> ResolveLiteralFunction(
      const std::vector<std::string>& parts);
  Result<std::vector<ResolvedExpressionPtr>> ResolveArguments(const UnresolvedFunction& call,
                                                              const Scope& scope);
  Result<std::vector<NamedExpression>> ExpandStar(const UnresolvedStar& star, const Scope& scope);
  /// The columns of a star but for those of its EXCEPT, whose structs lose the fields named there.
  Result<std::vector<NamedExpression>> ExcludeColumns(
      std::vector<NamedExpression> expanded, const std::vector<std::vector<std::string>>& except);
  Result<ResolvedExpressionPtr> StructWithout(const ResolvedExpressionPtr& value,
                                              const std::vector<std::vector<int>>& paths);
  Result<std::vector<NamedExpression>> ExpandRegex(const UnresolvedRegex& regex,
                                                   const Scope& scope);
  /// Calls that no row describes, by lower-case name; none when it is an ordinary one.
  std::optional<Result<ResolvedExpressionPtr>> ResolveSpecialCall(const std::string& name,
                                                                  const UnresolvedFunction& call,
                                                                  const Scope& scope);
  Result<ResolvedExpressionPtr> ResolveStruct(const UnresolvedFunction& call, const Scope& scope);
  static Error CountWithoutArguments();
  /// A call of a row by name with arguments that are resolved already.
  Result<ResolvedExpressionPtr> MakeCall(std::string_view name,
                                         std::vector<ResolvedExpressionPtr> arguments);
  Result<ResolvedExpressionPtr> MakeCast(ResolvedExpressionPtr child, const DataType& type,
                                         CastMode mode, bool is_shown);
  Result<ResolvedExpressionPtr> ResolveAttribute(const UnresolvedAttribute& attribute,
                                                 const Scope& scope);
  Result<ResolvedExpressionPtr> Extract(ResolvedExpressionPtr child,
                                        ResolvedExpressionPtr extraction);
  Result<ResolvedExpressionPtr> ExtractField(ResolvedExpressionPtr child, const std::string& field);
  Result<ResolvedExpressionPtr> ResolveWindow(const WindowExpression& window, const Scope& scope);
  Result<ResolvedExpressionPtr> ResolveSubquery(const SubqueryExpression& subquery,
                                                const Scope& scope);
  /// Converts and types a call whose arguments are resolved; `call` holds the other clauses.
  Result<ResolvedExpressionPtr> FinishCall(ResolvedCall call);
  Result<ResolvedExpressionPtr> ConvertAndType(ResolvedCall call);
  /// string + INTERVAL '1' DAY: the string moved as a timestamp, and a string again.
  Result<ResolvedExpressionPtr> MoveTextByInterval(ResolvedCall call);
  Result<ResolvedExpressionPtr> ResolveHigherOrder(const UnresolvedFunction& call,
                                                   const FunctionRow& row, const Scope& scope);

  // Columns and relations.
  int64_t NextId() { return ++last_id_; }
  ResolvedColumn NewColumn(std::string name, DataType type, bool nullable,
                           std::vector<std::string> qualifier = {});
  /// `expression` under `name`; a plain reference keeps its id.
  NamedExpression Named(ResolvedExpressionPtr expression, std::string name,
                        std::string metadata = {});
  bool Equal(std::string_view a, std::string_view b) const;
  CastMode SessionCast() const { return options_.ansi ? CastMode::kAnsi : CastMode::kLegacy; }
  SourceCatalog& catalog() { return catalog_; }
  const AnalyzerOptions& options() const { return options_; }

  // Relations, by family.
  Result<ResolvedRelationPtr> ResolveNode(const ReadFiles& read, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const ReadTable& read, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const SqlQuery& query, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const LocalRelation& local, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const CachedLocalRelation& local, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const InlineTable& table, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const OneRow& row, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Project& project, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Filter& filter, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Having& having, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Join& join, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const SetOperation& operation, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Sort& sort, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Limit& limit, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Offset& offset, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Tail& tail, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Aggregate& aggregate, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Sample& sample, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Deduplicate& deduplicate, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Range& range, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const SubqueryAlias& alias, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Repartition& repartition, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const WithColumns& with, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const WithColumnsRenamed& renamed, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const DropColumns& drop, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const ToDataFrame& to, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const ToSchema& to, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Hint& hint, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Unpivot& unpivot, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const FillNa& fill, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const DropNa& drop, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const ReplaceValues& replace, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Describe& describe, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Summary& summary, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Crosstab& crosstab, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const ColumnStatistic& statistic, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const ApproxQuantile& quantile, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const FreqItems& items, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const CollectMetrics& collect, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Transpose& transpose, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const ShowString& show, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const Generate& generate, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const TableFunction& function, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const WithTables& with, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const WithReferences& with, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const CatalogQuery& query, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveNode(const ValuesRelation& values, const Scope* outer);

  Result<ResolvedRelationPtr> ResolveLocalData(std::shared_ptr<const std::string> ipc,
                                               const std::optional<Schema>& schema);
  Result<ResolvedRelationPtr> TransposeRows(ResolvedRelationPtr input,
                                            const ResolvedExpressionPtr& index,
                                            const std::vector<ResolvedColumn>& others,
                                            const DataType& type);
  Result<ResolvedRelationPtr> ResolveUnpivotGroups(const Unpivot& unpivot,
                                                   ResolvedRelationPtr input, const Scope& scope);
  Result<ResolvedRelationPtr> ResolveView(const FoundView& view,
                                          const std::vector<std::string>& name);
  Result<ResolvedRelationPtr> ResolveCommonTable(const TableFrame& frame, const Scope* outer);
  Result<ResolvedRelationPtr> ResolveUsingJoin(const Join& join, ResolvedRelationPtr left,
                                               ResolvedRelationPtr right);
  Result<ResolvedRelationPtr> ResolvePivot(const Aggregate& aggregate, ResolvedRelationPtr input,
                                           const Scope* outer);
  Result<ResolvedRelationPtr> ResolveGroupingSets(const Aggregate& aggregate,
                                                  ResolvedRelationPtr input, const Scope& scope,
                                                  const Scope& item_scope);
  Result<ResolvedRelationPtr> FilterBy(ResolvedRelationPtr input, const Expression& condition,
                                       std::string_view clause, const Scope* outer);
  Result<int64_t> ResolveCount(const Expression& expression, std::string_view name,
                               const ResolvedRelation& input);
  bool IsGroupByAll(const Aggregate& aggregate, const ResolvedRelation& input) const;
  Result<std::vector<NamedExpression>> ResolveGrouping(
      const std::vector<ExpressionPtr>& expressions, const Scope& scope,
      const std::vector<SelectItem>& items);
  SelectItem GroupOf(const SelectItem& item);
  Error MissingAggregation(const ResolvedExpression& expression, bool no_grouping) const;
  /// Columns that need no grouping: lambda parameters and grouping ids.
  bool IsFreeColumn(int64_t id) const {
    return lambda_ids_.contains(id) || grouping_ids_.contains(id);
  }
  /// A relation that hands on its input's columns, hidden ones included.
  static ResolvedRelationPtr Over(const ResolvedRelation& input, ResolvedRelationNode node);
  Result<ResolvedRelationPtr> ExtractGenerator(ResolvedRelationPtr input,
                                               std::vector<SelectItem>& items);
  Result<ResolvedRelationPtr> MakeGenerate(ResolvedRelationPtr input,
                                           ResolvedExpressionPtr generator,
                                           const std::vector<std::string>& names,
                                           const std::vector<std::string>& qualifier);
  Result<ResolvedRelationPtr> ComputeBelow(ResolvedRelationPtr input,
                                           std::vector<ResolvedSortOrder>& order);
  Result<ResolvedRelationPtr> AggregateWithSets(ResolvedRelationPtr input,
                                                std::vector<NamedExpression> grouping,
                                                std::vector<std::vector<int>> sets,
                                                std::vector<SelectItem> items);
  Result<ResolvedRelationPtr> WindowsOverAggregate(ResolvedAggregate aggregate,
                                                   std::vector<SelectItem> items);
  /// `relation` so changed that `expressions` can be computed above it: columns from below are
  /// handed up, aggregate calls are added to the aggregate below (expressions then reference
  /// them). The relation is null when there is no aggregate to take an aggregate call.
  Result<Exposed> Expose(const ResolvedRelationPtr& relation,
                         const std::vector<ResolvedExpressionPtr>& expressions);
  Result<Exposed> ExposeThroughProject(const ResolvedRelation& relation,
                                       const ResolvedProject& project,
                                       const std::vector<ResolvedExpressionPtr>& expressions);
  Result<Exposed> ExposeThroughAggregate(const ResolvedRelation& relation,
                                         const ResolvedAggregate& aggregate,
                                         const std::vector<ResolvedExpressionPtr>& expressions);
  Result<ResolvedBound> ResolveBound(const FrameBound& bound, FrameType type,
                                     const std::vector<ResolvedSortOrder>& order,
                                     const Scope& scope);
  static Status SetFrame(ResolvedWindow& window, std::string_view name, bool is_given);
  Status CoerceInSubquery(ResolvedSubquery& subquery, const std::string& pretty);
  Result<ResolvedExpressionPtr> ResolveLambda(const LambdaFunction& lambda, const FunctionRow& row,
                                              std::span<const ArgumentInfo> infos, size_t index,
                                              const Scope& scope);
  Status WidenSides(const std::string& name, ResolvedRelationPtr& left, ResolvedRelationPtr& right);
  Status AlignByName(const SetOperation& operation, ResolvedRelationPtr& left,
                     ResolvedRelationPtr& right);
  static ResolvedRelationPtr WithGroupingId(const ResolvedRelation& relation, int64_t id);
  Result<ResolvedExpressionPtr> ResolveGroupingCall(const std::string& name,
                                                    const UnresolvedFunction& call,
                                                    const Scope& scope);
  Result<ResolvedExpressionPtr> PivotPresence(const ResolvedExpressionPtr& match);
  std::string PivotName(const ResolvedExpression& value) const;
  Result<std::vector<Value>> CollectPivotValues(const ResolvedRelationPtr& input,
                                                const ResolvedExpressionPtr& column);
  Status AlignFields(bool allow_missing, ResolvedRelationPtr& left, ResolvedRelationPtr& right);
  Result<ResolvedExpressionPtr> FitFields(ResolvedExpressionPtr value, const DataType& target,
                                          bool allow_missing);
  Result<std::vector<const ResolvedColumn*>> FindColumns(
      const ResolvedRelation& input, const std::vector<std::string>& names) const;
  Result<ResolvedExpressionPtr> FillColumn(const ResolvedColumn& column, const Literal& value);
  Result<ResolvedExpressionPtr> FitTo(ResolvedExpressionPtr value, const std::string& name,
                                      const DataType& type);
  Result<ResolvedRelationPtr> ResolveRangeFunction(const TableFunction& function,
                                                   const Scope& scope);
  Status CheckStatistic(const std::string& name);
  /// TimeWindowing: calls of window() in `expressions` become a column of the input, with one row
  /// per window that holds the time; rows without a time are dropped.
  Result<ResolvedRelationPtr> ExtractTimeWindow(
      ResolvedRelationPtr input, const std::vector<ResolvedExpressionPtr*>& expressions);
  /// An aggregate whose groups have window(): the input with the window's column, by which the
  /// select list can name it.
  Result<Aggregate> GroupByTimeWindow(const Aggregate& aggregate, ResolvedRelationPtr& input,
                                      const Scope* outer);
  /// Qualified columns that a USING join hides are handed up where `expressions` need them.
  Result<ResolvedRelationPtr> ExposeHidden(ResolvedRelationPtr input,
                                           const std::vector<ResolvedExpressionPtr>& expressions);
  /// Projects `items` over `input`: implicit aggregation, generators, lateral aliases and windows
  /// are taken apart here.
  Result<ResolvedRelationPtr> ProjectItems(ResolvedRelationPtr input,
                                           std::vector<SelectItem> items);
  /// An aggregate with the outputs of `items` over grouping expressions.
  Result<ResolvedRelationPtr> AggregateItems(ResolvedRelationPtr input,
                                             std::vector<NamedExpression> grouping,
                                             std::vector<SelectItem> items);

 private:
  SourceCatalog& catalog_;
  const AnalyzerOptions& options_;
  int64_t last_id_ = 0;
  int depth_ = 0;
  const TableFrame* tables_ = nullptr;
  std::map<std::string, ExpressionPtr> named_parameters_;
  std::vector<ExpressionPtr> positional_parameters_;
  std::map<int64_t, RelationPtr> references_;
  std::vector<std::vector<std::string>> views_;  // being expanded
  std::string view_database_;  // of the permanent view being expanded; its names mean that one
  std::set<int64_t> lambda_ids_;
  std::set<int64_t> grouping_ids_;
  int window_depth_ = 0;  // inside of the function of an OVER
};

ResolvedRelationPtr MakeResolvedRelation(ResolvedRelationNode node,
                                         std::vector<ResolvedColumn> columns);
/// A plain projection.
ResolvedRelationPtr MakeProject(ResolvedRelationPtr input,
                                std::vector<NamedExpression> expressions);
/// Only the given columns of `input`.
ResolvedRelationPtr KeepColumns(ResolvedRelationPtr input,
                                const std::vector<ResolvedColumn>& columns);
/// References to lateral aliases are replaced by what they stand for.
void InlineLateralAliases(std::vector<SelectItem>& items);
/// Expression.sql: as the pretty text, but columns with their qualifiers.
std::string QualifiedSql(const ResolvedExpression& expression, const ResolvedRelation& input);
/// Texts of what may not stand in a WHERE clause.
void CollectMisplaced(const ResolvedExpression& expression, const ResolvedRelation& input,
                      std::vector<std::string>& texts);
/// Scope levels of what lies below `relation` and can be exposed.
void AppendExposableLevels(const ResolvedRelation& relation, Scope& scope);

}  // namespace ember
