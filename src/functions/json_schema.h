#pragma once

#include <string_view>

#include "types/data_type.h"

namespace ember {

/// The type of a JSON text (JsonInferSchema): fields by name, integers as bigint, nulls as string.
Result<DataType> InferJsonType(std::string_view json);

}  // namespace ember
