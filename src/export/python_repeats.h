#pragma once

#include <string>
#include <utility>
#include <vector>

#include "export/python_code.h"

namespace ember {

/// Code whose long repeated parts are variables, to be assigned before it in this order.
struct NamedRepeats {
  PythonCodePtr code;
  std::vector<std::pair<std::string, PythonCodePtr>> variables;
};

/// Names what a person would not write out three times. Columns are values in PySpark, so this
/// changes nothing but the text.
NamedRepeats NameRepeats(PythonCodePtr code, PythonNames& names);

}  // namespace ember
