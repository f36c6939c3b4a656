#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/resolved.h"

namespace ember {

/// Spark's text of expressions (toPrettySQL): output column names and error parameters. Each
/// resolved expression carries its text; these functions make it from the texts of the parts.

/// Strings bare, numbers without type suffix, DATE '…', TIMESTAMP '…' in the session zone,
/// INTERVAL '…' …, X'…'.
std::string PrettyLiteral(const Literal& literal, std::string_view zone);
/// CAST(x AS INT), TRY_CAST(x AS INT); casts to nested types show the child alone (Cast.sql).
std::string PrettyCast(std::string_view child, const DataType& type, CastMode mode);
/// "name(a, b) WITHIN GROUP (…) FILTER (WHERE …)" of an aggregate call whose plain text is given.
std::string PrettyAggregate(const ResolvedCall& call, std::string plain);
/// A column as a tree node: a#12, b#13L; other expressions as they are.
std::string TreeName(const ResolvedExpression& expression);
std::string PrettySortOrder(const ResolvedSortOrder& order);
/// "f(a) OVER (PARTITION BY … ORDER BY … ROWS BETWEEN … AND …)".
std::string PrettyWindow(const ResolvedWindow& window);

}  // namespace ember
