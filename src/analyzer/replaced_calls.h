#pragma once

#include <optional>
#include <vector>

#include "analyzer/analysis.h"

namespace ember {

/// What Spark puts in the place of a call before it converts and checks arguments
/// (RuntimeReplaceable, and the bodies of With): errors name that expression.
struct CallReplacement {
  std::string_view name;
  Result<ResolvedExpressionPtr> (*build)(Analysis&, const std::vector<ResolvedExpressionPtr>&);
  // Ember computes the replacement; else it only says which error a call has.
  bool is_computed = false;
};

/// Null when Spark takes the function as it is.
const CallReplacement* FindCallReplacement(std::string_view function);

/// A try_ operator that Spark computes as TryEval of the plain one, because an operand is no number
/// (TryAdd and its kin): the plain operator's name.
std::optional<std::string_view> TriedOperator(const ResolvedCall& call);

/// The expression with another text.
ResolvedExpressionPtr WithText(const ResolvedExpressionPtr& expression, std::string text);

/// The text without the names that struct(x AS a) gives its fields: they are gone when Spark checks
/// types (CleanupAliases).
std::string TextWithoutAliases(const ResolvedExpression& expression);

/// The text with columns as tree nodes: (a#12 > 1), and null in small letters.
std::string TreeText(const ResolvedExpression& expression);

}  // namespace ember
