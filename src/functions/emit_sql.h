#pragma once

#include <string>
#include <string_view>

#include "functions/registry.h"

namespace ember {

// Pieces of DuckDB SQL that `emit` functions share.

std::string CastSql(std::string_view sql, std::string_view type);
/// CASE WHEN condition THEN raise ELSE value END.
std::string Guarded(std::string_view condition, std::string_view raise, std::string_view value);
/// `tail` with one more condition in its FILTER, or a FILTER of its own.
std::string AddFilter(std::string_view tail, std::string_view condition);
inline bool IsWindowTail(std::string_view tail) {
  return tail.find(" OVER ") != std::string_view::npos;
}
/// The text with every `key` replaced by `value`.
std::string Replaced(std::string_view text, std::string_view key, std::string_view value);
/// `body` with the value of `sql` under the name `name`: evaluates `sql` once.
std::string WithValue(std::string_view name, std::string_view sql, std::string_view body);

/// The parts of an emitted lambda "lambda a, b: body".
struct LambdaText {
  std::vector<std::string> parameters;
  std::string body;
};
LambdaText SplitLambda(std::string_view sql);
/// The lambda's body for the given arguments.
std::string ApplyLambda(const LambdaText& lambda, std::span<const std::string> arguments);

}  // namespace ember
