#pragma once

#include <optional>

#include "export/python_code.h"
#include "plan/expression.h"

namespace ember {

/// How tightly the outermost operator of a piece of Python binds.
enum class PythonLevel { kComparison = 1, kOr, kAnd, kSum, kProduct, kUnary, kAtom };

/// A column expression in Python.
struct PythonColumn {
  PythonCodePtr code;
  PythonLevel level = PythonLevel::kAtom;
};

/// An unresolved expression as PySpark's operators and functions; none where one of them has no
/// counterpart that means exactly the same (a decimal literal: Python's 0.5 is a double).
std::optional<PythonColumn> TranslateColumn(const Expression& expression);

/// The same where a plain name may stand for the column.
std::optional<PythonCodePtr> TranslateArgument(const Expression& expression);

std::optional<std::string> TranslateLiteral(const Literal& literal);

}  // namespace ember
