#pragma once

#include <vector>

#include "export/python_code.h"
#include "plan/relation.h"

namespace ember {

/// `code.option("name", value)` for each option, in Spark's spelling where it is known (plans keep
/// names lower-case).
PythonCodePtr WithPythonOptions(PythonCodePtr code, const Options& options);

/// "a", "b" for the arguments of a call.
std::vector<PythonCodePtr> PythonStrings(const std::vector<std::string>& values);

}  // namespace ember
