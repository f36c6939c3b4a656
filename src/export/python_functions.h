#pragma once

#include <string_view>

namespace ember {

/// How PySpark (3.5 and later) spells a SQL function. `arguments`, a letter each: c a column or its
/// name, l a Python value (so only a literal will do), f a function of columns; what follows `?`
/// may be missing, `*` repeats the letter before it.
struct PythonFunction {
  std::string_view sql_name;  // lower case
  std::string_view python_name;
  std::string_view arguments;
};

/// Null when PySpark has no function of its own that means the same for every argument.
const PythonFunction* FindPythonFunction(std::string_view sql_name);

}  // namespace ember
