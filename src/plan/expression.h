#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "types/data_type.h"
#include "types/value.h"

namespace ember {

struct Expression;
struct Relation;
using ExpressionPtr = std::shared_ptr<const Expression>;
using RelationPtr = std::shared_ptr<const Relation>;

/// A column by name, not yet resolved. `parts` are the unquoted name parts ("t", "a.b"). `plan_id`
/// is the relation a DataFrame reference was taken from (Spark Connect).
struct UnresolvedAttribute {
  std::vector<std::string> parts;
  std::optional<int64_t> plan_id;
  bool is_metadata_column = false;
};

/// `*` or `target.*`, in SQL also `* EXCEPT (a, s.x)`.
struct UnresolvedStar {
  std::vector<std::string> target;
  std::optional<int64_t> plan_id;
  std::vector<std::vector<std::string>> except;
};

/// df.colRegex("`a.*`").
struct UnresolvedRegex {
  std::string pattern;
  std::optional<int64_t> plan_id;
};

/// A call by name. Operators are calls too, under Spark's names in Connect: + - * / % div == <=> <
/// <= > >= != and or not in when isnull isnotnull like rlike ilike between & | ^ ~ negative
/// positive || [] … `when` holds condition, value, …[, otherwise].
/// Internal calls of the SQL parser (`is_internal`): named_struct(name, value, …) for a row (a, b);
/// named_argument(name, value) for the argument name => value.
struct UnresolvedFunction {
  std::string name;
  std::vector<ExpressionPtr> arguments;
  bool is_distinct = false;
  bool ignore_nulls = false;
  ExpressionPtr filter;                     // FILTER (WHERE …), null for none
  std::vector<ExpressionPtr> within_group;  // SortOrder expressions of WITHIN GROUP
  bool is_internal = false;
};

/// SQL text of one expression (F.expr, selectExpr, filter("…")), parsed by the analyzer through
/// sql/.
struct ExpressionString {
  std::string text;
};

/// `child AS name`, or several names for a generator. `metadata` is JSON text.
struct Alias {
  ExpressionPtr child;
  std::vector<std::string> names;
  std::string metadata;
};

enum class EvalMode { kSession, kLegacy, kAnsi, kTry };

struct Cast {
  ExpressionPtr child;
  DataType type;
  EvalMode mode = EvalMode::kSession;
};

enum class SortDirection { kAscending, kDescending };
enum class NullOrder {
  kDefault,
  kFirst,
  kLast
};  // default: first when ascending, last when descending

struct SortOrder {
  ExpressionPtr child;
  SortDirection direction = SortDirection::kAscending;
  NullOrder null_order = NullOrder::kDefault;
};

enum class FrameType { kRow, kRange };
enum class BoundType { kUnboundedPreceding, kCurrentRow, kUnboundedFollowing, kValue };
struct FrameBound {
  BoundType type = BoundType::kCurrentRow;
  ExpressionPtr value;  // signed: negative is preceding; kValue only
};
struct WindowFrame {
  FrameType type = FrameType::kRange;
  FrameBound lower;
  FrameBound upper;
};

/// function OVER (PARTITION BY … ORDER BY … frame).
struct WindowExpression {
  ExpressionPtr function;
  std::vector<ExpressionPtr> partition_by;
  std::vector<ExpressionPtr> order_by;  // SortOrder expressions
  std::optional<WindowFrame> frame;
};

struct LambdaFunction {
  ExpressionPtr body;
  std::vector<std::string> parameters;
};
struct LambdaVariable {
  std::vector<std::string> parts;
};

/// child[extraction], child.field.
struct ExtractValue {
  ExpressionPtr child;
  ExpressionPtr extraction;
};

/// Column.withField / dropFields (null value).
struct UpdateFields {
  ExpressionPtr child;
  std::string field;
  ExpressionPtr value;
};

enum class SubqueryKind { kScalar, kExists, kIn };
struct SubqueryExpression {
  SubqueryKind kind = SubqueryKind::kScalar;
  RelationPtr plan;
  std::vector<ExpressionPtr> in_values;  // kIn only
};

/// :name or ? in SQL, bound by the statement's arguments.
struct Parameter {
  std::string name;  // empty for positional
  int position = -1;
};

using ExpressionNode =
    std::variant<Literal, UnresolvedAttribute, UnresolvedStar, UnresolvedRegex, UnresolvedFunction,
                 ExpressionString, Alias, Cast, SortOrder, WindowExpression, LambdaFunction,
                 LambdaVariable, ExtractValue, UpdateFields, SubqueryExpression, Parameter>;

/// An immutable expression tree node. `origin` is the text it was written as, where known.
struct Expression {
  ExpressionNode node;
  std::optional<QueryContext> origin;
};

// Builders, so that no caller spells make_shared.
ExpressionPtr MakeExpression(ExpressionNode node);
ExpressionPtr MakeLiteral(Literal literal);
ExpressionPtr LiteralInteger(int32_t value);
ExpressionPtr LiteralLong(int64_t value);
ExpressionPtr LiteralDouble(double value);
ExpressionPtr LiteralString(std::string value);
ExpressionPtr LiteralBoolean(bool value);  // NOLINT
ExpressionPtr LiteralNull();
ExpressionPtr Attribute(std::vector<std::string> parts);
ExpressionPtr Call(std::string name, std::vector<ExpressionPtr> arguments);
ExpressionPtr As(ExpressionPtr child, std::string name);

}  // namespace ember
