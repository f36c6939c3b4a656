#pragma once

#include <string>

#include "base/result.h"
#include "types/data_type.h"

namespace ember {

/// The type of a column of Glue, in Hive's words, as Spark writes it (DataType.catalogString):
/// "bigint", "array<string>", "struct<a:int>". A wall clock time (timestamp_ntz) is Hive's
/// timestamp. UNSUPPORTED_FEATURE.EMBER for what Hive has no type for: intervals and void.
Result<std::string> GlueTypeText(const DataType& type);

/// Spark's type of a column of Glue. PARSE_SYNTAX_ERROR and the like for text that is no type, and
/// UNSUPPORTED_FEATURE.EMBER for types of Hive that Spark does not have (uniontype).
Result<DataType> ParseGlueType(const std::string& text);

}  // namespace ember
