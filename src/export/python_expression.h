#pragma once

#include <optional>

#include "base/result.h"
#include "export/python_code.h"
#include "plan/expression.h"

namespace ember {

/// Where a column expression stands.
enum class ColumnPlace {
  kColumn,  // must be a Column: F.col("date")
  kName,    // takes a name as well, and nobody sees its output name: "date"
  kOutput,  // takes a name as well; its output name counts
};

/// The expression in PySpark's terms. SQL text becomes functions and operators where PySpark has
/// the same ones, and F.expr("…") where it has not; an expression that is neither is
/// UNSUPPORTED_FEATURE.EMBER.
Result<PythonCodePtr> ExportColumn(const Expression& expression, ColumnPlace place);

/// The SQL text of a condition that PySpark has no words for; none where it has.
std::optional<std::string> ConditionText(const Expression& expression);

/// A literal as a Python value; none where Python has none of the same type.
std::optional<std::string> PythonValue(const Expression& expression);

/// SQL text on one line, without comments.
std::string OneLineSql(const std::string& text);

}  // namespace ember
