#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/resolved.h"
#include "base/result.h"

namespace ember {

/// Whether a scan gives the file of each row, as column kFileNameColumn.
enum class FileNames { kNone, kGiven };
inline constexpr std::string_view kFileNameColumn = "\"input_file\"";

/// What the writer must ask about tables that are not part of the plan.
class TableProvider {
 public:
  virtual ~TableProvider() = default;
  /// A SELECT over the files of a scan whose columns are named ColumnName(id). What is not in
  /// `needed` is not read: it may be anything.
  virtual Result<std::string> ScanSql(const ResolvedScan& scan,
                                      const std::vector<ResolvedColumn>& columns,
                                      const std::set<int64_t>& needed, FileNames file_names) = 0;
  /// Whether the files are so few bytes that Spark reads them in one partition, in their order.
  virtual bool IsOnePartition(const ResolvedScan& scan) = 0;
  /// A table expression with the rows of an Arrow IPC stream, columns by position in `columns`.
  virtual Result<std::string> LocalTable(const ResolvedLocal& local,
                                         const std::vector<ResolvedColumn>& columns) = 0;
  /// The table of a persisted plan, made now when it is not there yet; columns named
  /// ColumnName(position).
  virtual Result<std::string> CachedTable(const ResolvedCached& cached) = 0;
};

struct SqlWriterOptions {
  bool ansi = true;
  std::string zone = "UTC";
};

/// "c12", quoted for DuckDB.
std::string ColumnName(int64_t id);

/// The column in the type that was analysed. DuckDB drops the cast when the type is that already;
/// structs are not cast, because DuckDB pairs their fields by name.
Result<std::string> OutputSql(const ResolvedColumn& column);

/// Resolved plans as DuckDB SQL. Inside, a column is called by its id; display names appear
/// nowhere, so duplicates and letter case of names do not matter.
class SqlWriter {
 public:
  SqlWriter(TableProvider& tables, SqlWriterOptions options)
      : tables_(tables), options_(std::move(options)) {}

  /// SELECT of exactly the relation's columns by position, named by position ("c0", "c1" …); one
  /// meaningless column when it has none.
  Result<std::string> WriteQuery(const ResolvedRelation& relation);
  /// SELECT in which each distinct column id of the relation occurs once.
  Result<std::string> WriteRelation(const ResolvedRelation& relation);
  Result<std::string> WriteExpression(const ResolvedExpression& expression);
  Result<std::string> WriteOrder(const std::vector<ResolvedSortOrder>& order);

 private:
  Result<std::string> WriteNode(const ResolvedProject& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedScan& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedLocal& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedValues& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedRange& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedOneRow& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedFilter& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedJoin& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedSetOperation& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedSort& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedLimit& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedTail& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedAggregate& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedDeduplicate& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedSample& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedGenerate& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedExpand& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedRepartition& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedCached& node, const ResolvedRelation& relation);
  Result<std::string> WriteNode(const ResolvedShowString& node, const ResolvedRelation& relation);

  Result<std::string> WriteNode(const Literal& node, const ResolvedExpression& expression);
  Result<std::string> WriteNode(const ColumnReference& node, const ResolvedExpression& expression);
  Result<std::string> WriteNode(const ResolvedCall& node, const ResolvedExpression& expression);
  Result<std::string> WriteNode(const ResolvedCast& node, const ResolvedExpression& expression);
  Result<std::string> WriteNode(const ResolvedWindow& node, const ResolvedExpression& expression);
  Result<std::string> WriteNode(const ResolvedLambda& node, const ResolvedExpression& expression);
  Result<std::string> WriteNode(const ResolvedFieldAccess& node,
                                const ResolvedExpression& expression);
  Result<std::string> WriteNode(const ResolvedSubquery& node, const ResolvedExpression& expression);

  void CarryFileNames(const ResolvedProject& node);
  /// Whether Spark has the rows of the relation in an order of their own, which its sorts keep
  /// among equal rows: those of one partition that was not shuffled.
  bool HasOwnOrder(const ResolvedRelation& relation);
  Result<std::string> DrawnInBranch(const std::string& text, const ResolvedCall& call,
                                    std::span<const std::string> before);
  Result<std::string> WriteWindowFrame(const ResolvedWindow& node);
  Result<std::string> WriteCall(const ResolvedCall& call, const ResolvedExpression& expression,
                                std::string over);
  Result<std::string> WriteBound(const ResolvedBound& bound, const ResolvedWindow& window,
                                 bool is_lower);
  Result<std::string> WriteInSubquery(const ResolvedSubquery& node, const std::string& plan);
  Result<std::string> List(const std::vector<ResolvedExpressionPtr>& expressions);
  Result<std::string> Named(const std::vector<NamedExpression>& expressions);

  TableProvider& tables_;
  SqlWriterOptions options_;
  std::optional<std::set<int64_t>> needed_;  // columns of the query; known once it is begun
  int outer_references_ = 0;
  std::set<const ResolvedRelation*> file_name_carriers_;
  bool has_file_name_ = false;  // of the input of the expression that is being written
  bool has_own_order_ = false;  // the same
  bool in_select_ = false;      // the expression stands where DuckDB takes windows
  std::map<int64_t, std::string> substitutes_;  // columns that are written as something else
};

}  // namespace ember
