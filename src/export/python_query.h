#pragma once

#include <string>

namespace ember {

/// A query as a Python string of its own lines, indented by `indent`: with `input_view`, "input" is
/// that view in it. Lines are moved and broken only between tokens.
std::string QueryText(const std::string& query, const std::string& input_view, size_t indent);

}  // namespace ember
