#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "types/data_type.h"

namespace ember {

/// What a user says of one partition column's values.
struct GlueProjectedColumn {
  std::vector<std::string> texts;  // ["1990..2040"], ["injected"], ["AAPL", "MSFT"]
  bool is_list = false;            // an enumeration, even of one
};

/// The table properties of Athena's partition projection: `by_column` has a range "from..to" of
/// whole numbers or dates (NOW, NOW-30DAYS and the like too), a list of values, or "injected":
/// every query names the value. Columns that it leaves out: a date from 1970-01-01 to NOW, text
/// injected. Errors: a column that is no partition column, a range that is none or does not fit the
/// column's type, whole numbers without a range, a type that cannot be projected.
Result<std::map<std::string, std::string>> GlueProjection(
    const Schema& partition_columns, const std::map<std::string, GlueProjectedColumn>& by_column);

}  // namespace ember
