#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plan/expression.h"
#include "plan/relation.h"

namespace ember {

/// One line of a dump: the node's name, then ` field=value` for every field that is not at its
/// default.
class DumpLine {
 public:
  explicit DumpLine(std::string_view name) : text_(name) {}

  DumpLine& Raw(std::string_view name, std::string_view value);
  DumpLine& Text(std::string_view name, std::string_view value);
  DumpLine& Texts(std::string_view name, const std::vector<std::string>& values);
  DumpLine& Flag(std::string_view name, bool value, bool default_value = false);
  DumpLine& Number(std::string_view name, int64_t value, int64_t default_value = 0);
  DumpLine& Double(std::string_view name, double value);
  DumpLine& OptionsText(std::string_view name, const Options& options);
  DumpLine& SchemaText(std::string_view name, const Schema& schema);
  DumpLine& Mark(std::string_view mark);

  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

/// 'text' with quotes, backslashes and control characters escaped.
std::string DumpQuoted(std::string_view text);
std::string DumpQuotedList(const std::vector<std::string>& texts);
std::string DumpValue(const Value& value);
std::string DumpLiteral(const Literal& literal);
/// Nested types as JSON, because only that shows the nullability of children.
std::string DumpType(const DataType& type);

/// Plan ids inside the text, to be resolved by FinishPlanIds: where a relation has one, where one
/// is used.
std::string PlanIdMark(std::optional<int64_t> plan_id);
std::string PlanIdUse(std::optional<int64_t> plan_id);
enum class PlanIdStyle {
  kActual,    // as they are
  kNumbered,  // only those in use, numbered in the order in which they appear
};
std::string FinishPlanIds(std::string_view text, PlanIdStyle style);

/// Writes expressions into one line each. Relations of subqueries are kept aside, and their place
/// is marked by `subquery#n`.
class ExpressionWriter {
 public:
  std::string Write(const ExpressionPtr& expression);
  std::string Write(const Expression& expression);
  std::string WriteList(const std::vector<ExpressionPtr>& expressions);
  std::vector<RelationPtr> TakeSubqueries();
  /// How many subqueries were written so far: the number of the next one.
  int subquery_count() const { return subquery_count_; }

 private:
  std::string WriteFunction(const UnresolvedFunction& function);
  std::string WriteWindow(const WindowExpression& window);
  std::string WriteBound(const FrameBound& bound);
  std::string WriteSubquery(const SubqueryExpression& subquery);

  std::vector<RelationPtr> subqueries_;
  int subquery_count_ = 0;
};

/// One relation's own line and its inputs.
struct RelationLine {
  std::string text;
  std::vector<RelationPtr> inputs;
};
RelationLine DescribeRelation(const Relation& relation, ExpressionWriter& writer);

/// Appends the tree under `relation`, subqueries of a node before its inputs.
void WriteTree(const RelationPtr& relation, int indent, ExpressionWriter& writer, std::string& out);
void WriteTree(const Relation& relation, int indent, ExpressionWriter& writer, std::string& out);
void WriteSubqueries(int indent, int first, ExpressionWriter& writer, std::string& out);

}  // namespace ember
