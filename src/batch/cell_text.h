#pragma once

#include <string>

#include "types/data_type.h"
#include "types/value.h"

namespace ember {

/// One cell as JSON text in the encoding of the golden recordings (tests/golden/README.md):
/// lossless, one spelling for each value. Used by the recorder, the comparison and `--json` output.
std::string CellJson(const DataType& type, const Value& value);

}  // namespace ember
