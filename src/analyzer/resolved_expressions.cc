#include "analyzer/resolved_expressions.h"

#include <algorithm>
#include <utility>

#include "analyzer/pretty_names.h"

namespace ember {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

void VisitOrder(const std::vector<ResolvedSortOrder>& order, const ExpressionVisitor& visit) {
  for (const auto& item : order) visit(item.expression);
}

std::vector<ResolvedExpressionPtr> RewriteAll(const std::vector<ResolvedExpressionPtr>& list,
                                              const ExpressionRewriter& rewriter) {
  std::vector<ResolvedExpressionPtr> out;
  out.reserve(list.size());
  for (const auto& item : list) out.push_back(Rewrite(item, rewriter));
  return out;
}

std::vector<ResolvedSortOrder> RewriteOrder(const std::vector<ResolvedSortOrder>& order,
                                            const ExpressionRewriter& rewriter) {
  std::vector<ResolvedSortOrder> out = order;
  for (auto& item : out) item.expression = Rewrite(item.expression, rewriter);
  return out;
}

ResolvedExpressionNode RewriteChildren(const ResolvedExpressionNode& node,
                                       const ExpressionRewriter& rewriter) {
  return std::visit(Overloaded{
                        [](const Literal& n) -> ResolvedExpressionNode { return n; },
                        [](const ColumnReference& n) -> ResolvedExpressionNode { return n; },
                        [&](ResolvedCall n) -> ResolvedExpressionNode {
                          n.arguments = RewriteAll(n.arguments, rewriter);
                          if (n.filter) n.filter = Rewrite(n.filter, rewriter);
                          n.order = RewriteOrder(n.order, rewriter);
                          return n;
                        },
                        [&](ResolvedCast n) -> ResolvedExpressionNode {
                          n.child = Rewrite(n.child, rewriter);
                          return n;
                        },
                        [&](ResolvedWindow n) -> ResolvedExpressionNode {
                          // The window's own function stays a window function: only what it takes
                          // is rewritten.
                          n.call = MakeResolved(RewriteChildren(n.call->node, rewriter),
                                                n.call->type, n.call->nullable, n.call->pretty);
                          n.partition_by = RewriteAll(n.partition_by, rewriter);
                          n.order_by = RewriteOrder(n.order_by, rewriter);
                          return n;
                        },
                        [&](ResolvedLambda n) -> ResolvedExpressionNode {
                          n.body = Rewrite(n.body, rewriter);
                          return n;
                        },
                        [&](ResolvedFieldAccess n) -> ResolvedExpressionNode {
                          n.child = Rewrite(n.child, rewriter);
                          return n;
                        },
                        [&](ResolvedSubquery n) -> ResolvedExpressionNode {
                          n.in_values = RewriteAll(n.in_values, rewriter);
                          return n;
                        },
                    },
                    node);
}

template <typename Predicate>
bool Any(const ResolvedExpression& expression, const Predicate& predicate) {
  if (predicate(expression)) return true;
  bool found = false;
  ForEachChild(expression, [&](const ResolvedExpressionPtr& child) {
    if (!found && Any(*child, predicate)) found = true;
  });
  return found;
}

bool SameList(const std::vector<ResolvedExpressionPtr>& a,
              const std::vector<ResolvedExpressionPtr>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return SameExpression(*x, *y); });
}

bool SameOrder(const std::vector<ResolvedSortOrder>& a, const std::vector<ResolvedSortOrder>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.direction == y.direction && x.nulls_first == y.nulls_first &&
           SameExpression(*x.expression, *y.expression);
  });
}

bool SameOptional(const ResolvedExpressionPtr& a, const ResolvedExpressionPtr& b) {
  if (!a || !b) return a == b;
  return SameExpression(*a, *b);
}

bool SameBound(const ResolvedBound& a, const ResolvedBound& b) {
  return a.type == b.type && SameOptional(a.value, b.value);
}

struct SameNode {
  bool operator()(const Literal& a, const Literal& b) const { return a == b; }
  bool operator()(const ColumnReference& a, const ColumnReference& b) const {
    return a.id == b.id && a.is_outer == b.is_outer;
  }
  bool operator()(const ResolvedCall& a, const ResolvedCall& b) const {
    return a.function == b.function && a.is_distinct == b.is_distinct &&
           a.ignore_nulls == b.ignore_nulls && a.is_try == b.is_try &&
           a.function->is_deterministic && SameOptional(a.filter, b.filter) &&
           SameList(a.arguments, b.arguments) && SameOrder(a.order, b.order);
  }
  bool operator()(const ResolvedCast& a, const ResolvedCast& b) const {
    return a.mode == b.mode && SameExpression(*a.child, *b.child);
  }
  bool operator()(const ResolvedWindow& a, const ResolvedWindow& b) const {
    return SameExpression(*a.call, *b.call) && SameList(a.partition_by, b.partition_by) &&
           SameOrder(a.order_by, b.order_by) && a.frame_type == b.frame_type &&
           a.has_frame == b.has_frame && SameBound(a.lower, b.lower) && SameBound(a.upper, b.upper);
  }
  bool operator()(const ResolvedLambda& a, const ResolvedLambda& b) const {
    if (a.parameters.size() != b.parameters.size()) return false;
    const auto body = Rewrite(b.body, [&](const ResolvedExpressionPtr& e) -> ResolvedExpressionPtr {
      const auto* column = std::get_if<ColumnReference>(&e->node);
      if (column == nullptr) return nullptr;
      for (size_t i = 0; i < b.parameters.size(); ++i) {
        if (b.parameters[i].id == column->id) return Reference(a.parameters[i]);
      }
      return nullptr;
    });
    return SameExpression(*a.body, *body);
  }
  bool operator()(const ResolvedFieldAccess& a, const ResolvedFieldAccess& b) const {
    return a.ordinal == b.ordinal && SameExpression(*a.child, *b.child);
  }
  bool operator()(const ResolvedSubquery& a, const ResolvedSubquery& b) const {
    return a.plan == b.plan && a.kind == b.kind && SameList(a.in_values, b.in_values);
  }
  template <typename A, typename B>
  bool operator()(const A&, const B&) const {
    return false;
  }
};

void Collect(const ResolvedExpression& expression, std::set<int64_t>& ids) {
  if (const auto* column = std::get_if<ColumnReference>(&expression.node)) {
    if (!column->is_outer) ids.insert(column->id);
    return;
  }
  ForEachChild(expression, [&](const ResolvedExpressionPtr& child) { Collect(*child, ids); });
  if (const auto* lambda = std::get_if<ResolvedLambda>(&expression.node)) {
    for (const auto& parameter : lambda->parameters) ids.erase(parameter.id);
  }
}

}  // namespace

ResolvedExpressionPtr MakeResolved(ResolvedExpressionNode node, DataType type, bool nullable,
                                   std::string pretty) {
  return std::make_shared<const ResolvedExpression>(
      ResolvedExpression{std::move(node), std::move(type), nullable, std::move(pretty)});
}

ResolvedExpressionPtr Reference(const ResolvedColumn& column) {
  return MakeResolved(ColumnReference{.id = column.id, .name = column.name, .is_outer = false},
                      column.type, column.nullable, column.name);
}

ResolvedExpressionPtr ResolvedLiteral(Literal literal) {
  std::string pretty = PrettyLiteral(literal, "UTC");
  DataType type = literal.type;
  const bool nullable = literal.value.is_null();
  return MakeResolved(std::move(literal), std::move(type), nullable, std::move(pretty));
}

NamedExpression PassThrough(const ResolvedColumn& column) { return {column, Reference(column)}; }

bool CastIsNullable(bool child_nullable, const DataType& from, const DataType& to) {
  return child_nullable || from.Is(TypeKind::kNull) || CastForcesNull(from, to);
}

ResolvedExpressionPtr ImplicitCastTo(ResolvedExpressionPtr expression, const DataType& type,
                                     CastMode mode) {
  if (SameType(expression->type, type)) return expression;
  const bool nullable = CastIsNullable(expression->nullable, expression->type, type);
  std::string pretty = expression->pretty;
  return MakeResolved(ResolvedCast{std::move(expression), mode}, type, nullable, std::move(pretty));
}

void ForEachChild(const ResolvedExpression& expression, const ExpressionVisitor& visit) {
  std::visit(Overloaded{
                 [](const Literal&) {},
                 [](const ColumnReference&) {},
                 [&](const ResolvedCall& n) {
                   for (const auto& argument : n.arguments) visit(argument);
                   if (n.filter) visit(n.filter);
                   VisitOrder(n.order, visit);
                 },
                 [&](const ResolvedCast& n) { visit(n.child); },
                 [&](const ResolvedWindow& n) {
                   ForEachChild(*n.call, visit);
                   for (const auto& item : n.partition_by) visit(item);
                   VisitOrder(n.order_by, visit);
                 },
                 [&](const ResolvedLambda& n) { visit(n.body); },
                 [&](const ResolvedFieldAccess& n) { visit(n.child); },
                 [&](const ResolvedSubquery& n) {
                   for (const auto& item : n.in_values) visit(item);
                 },
             },
             expression.node);
}

ResolvedExpressionPtr Rewrite(const ResolvedExpressionPtr& expression,
                              const ExpressionRewriter& rewriter) {
  if (auto replacement = rewriter(expression)) return replacement;
  return MakeResolved(RewriteChildren(expression->node, rewriter), expression->type,
                      expression->nullable, expression->pretty);
}

bool IsAggregateFunction(const FunctionRow& row) { return row.kind == FunctionKind::kAggregate; }

bool IsAggregateCall(const ResolvedExpression& expression) {
  const auto* call = std::get_if<ResolvedCall>(&expression.node);
  return call != nullptr && call->function->kind == FunctionKind::kAggregate;
}

bool ContainsAggregate(const ResolvedExpression& expression) {
  return Any(expression, IsAggregateCall);
}

bool ContainsWindow(const ResolvedExpression& expression) {
  return Any(expression, [](const ResolvedExpression& e) {
    return std::holds_alternative<ResolvedWindow>(e.node);
  });
}

bool ContainsGenerator(const ResolvedExpression& expression) {
  return Any(expression, [](const ResolvedExpression& e) {
    const auto* call = std::get_if<ResolvedCall>(&e.node);
    return call != nullptr && call->function->kind == FunctionKind::kGenerator;
  });
}

bool ContainsSubquery(const ResolvedExpression& expression) {
  return Any(expression, [](const ResolvedExpression& e) {
    return std::holds_alternative<ResolvedSubquery>(e.node);
  });
}

bool IsDeterministic(const ResolvedExpression& expression) {
  return !Any(expression, [](const ResolvedExpression& e) {
    const auto* call = std::get_if<ResolvedCall>(&e.node);
    return call != nullptr && !call->function->is_deterministic;
  });
}

std::set<int64_t> ReferencedIds(const ResolvedExpression& expression) {
  std::set<int64_t> ids;
  Collect(expression, ids);
  return ids;
}

bool SameExpression(const ResolvedExpression& a, const ResolvedExpression& b) {
  if (&a == &b) return true;
  return a.node.index() == b.node.index() && SameType(a.type, b.type) &&
         std::visit(SameNode{}, a.node, b.node);
}

}  // namespace ember
