#include "functions/cast_sql.h"

namespace ember {

Result<std::string> EmitCast(std::string_view, const DataType& from, const DataType& to, CastMode,
                             std::string_view) {
  return Unsupported("a cast of " + SimpleString(from) + " to " + SimpleString(to));
}

}  // namespace ember
