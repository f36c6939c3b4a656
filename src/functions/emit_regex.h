#pragma once

#include "functions/registry.h"

namespace ember {

/// LIKE and ILIKE with Spark's escapes; constant patterns are checked when the query is analyzed.
Result<std::string> EmitLike(const EmitContext& context);
Result<std::string> EmitIlike(const EmitContext& context);

/// Regular expressions: patterns that do not compile raise INVALID_PARAMETER_VALUE.PATTERN where
/// they are used.
Result<std::string> EmitRlike(const EmitContext& context);
Result<std::string> EmitRegexp(const EmitContext& context);
Result<std::string> EmitRegexpLike(const EmitContext& context);
Result<std::string> EmitRegexpExtract(const EmitContext& context);
Result<std::string> EmitRegexpExtractAll(const EmitContext& context);
Result<std::string> EmitRegexpReplace(const EmitContext& context);
Result<std::string> EmitRegexpCount(const EmitContext& context);
Result<std::string> EmitRegexpInstr(const EmitContext& context);
Result<std::string> EmitRegexpSubstr(const EmitContext& context);
Result<std::string> EmitSplit(const EmitContext& context);

}  // namespace ember
