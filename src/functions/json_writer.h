#pragma once

#include <string>
#include <string_view>

#include "types/data_type.h"

namespace ember {

struct JsonWriteOptions {
  std::string zone = "UTC";
  std::string date_format{};
  std::string timestamp_format = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";
  std::string timestamp_ntz_format = "yyyy-MM-dd'T'HH:mm:ss.SSS";
  bool ignores_null_fields = true;
};

/// DuckDB SQL of a value's JSON text (JacksonGenerator); null where the value is.
Result<std::string> JsonSql(std::string_view sql, const DataType& type,
                            const JsonWriteOptions& options);

}  // namespace ember
