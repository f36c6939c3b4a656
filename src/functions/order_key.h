#pragma once

#include <string>
#include <string_view>

#include "types/data_type.h"

namespace ember {

/// Whether Spark orders values of the type otherwise than DuckDB: inside of arrays and structs a
/// null is the least value in Spark, the greatest in DuckDB.
bool NeedsOrderKey(const DataType& type);

/// DuckDB SQL of a value that DuckDB orders and compares as Spark does `sql` of the type; `sql`
/// itself where both agree. A null has a null key.
std::string OrderKey(std::string_view sql, const DataType& type);

}  // namespace ember
