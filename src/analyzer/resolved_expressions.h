#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "analyzer/resolved.h"

namespace ember {

/// Builders and walkers of resolved expressions.

ResolvedExpressionPtr MakeResolved(ResolvedExpressionNode node, DataType type, bool nullable,
                                   std::string pretty);
ResolvedExpressionPtr Reference(const ResolvedColumn& column);
ResolvedExpressionPtr ResolvedLiteral(Literal literal);
/// `column` output as it is, under its own id.
NamedExpression PassThrough(const ResolvedColumn& column);
/// `expression` cast to `type` without a trace in the text; the expression itself when it has it.
ResolvedExpressionPtr ImplicitCastTo(ResolvedExpressionPtr expression, const DataType& type,
                                     CastMode mode);
bool CastIsNullable(bool child_nullable, const DataType& from, const DataType& to);

using ExpressionVisitor = std::function<void(const ResolvedExpressionPtr&)>;
/// Direct children; subquery plans are not entered.
void ForEachChild(const ResolvedExpression& expression, const ExpressionVisitor& visit);
/// Gives the replacement of an expression, or null to look into its children.
using ExpressionRewriter = std::function<ResolvedExpressionPtr(const ResolvedExpressionPtr&)>;
ResolvedExpressionPtr Rewrite(const ResolvedExpressionPtr& expression,
                              const ExpressionRewriter& rewriter);

bool IsAggregateFunction(const FunctionRow& row);
bool IsAggregateCall(const ResolvedExpression& expression);
/// An aggregate call outside of the function of a window.
bool ContainsAggregate(const ResolvedExpression& expression);
bool ContainsWindow(const ResolvedExpression& expression);
bool ContainsGenerator(const ResolvedExpression& expression);
bool ContainsSubquery(const ResolvedExpression& expression);
bool IsDeterministic(const ResolvedExpression& expression);
/// Ids of the referenced columns, those of lambda parameters and outer queries left out.
std::set<int64_t> ReferencedIds(const ResolvedExpression& expression);
/// Whether a and b compute the same (Expression.semanticEquals); names and texts do not count.
bool SameExpression(const ResolvedExpression& a, const ResolvedExpression& b);

}  // namespace ember
