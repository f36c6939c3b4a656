#pragma once

#include <string>

#include "diff/comparison.h"

namespace ember {

/// For a person: what differs, layout first, then a line for each sampled row.
std::string ComparisonText(const Comparison& comparison);
/// One JSON object: equal, a, b (path, files, rows), layout, schema, key, rows (only_a, only_b,
/// changed, cells by column), samples, notes. NULL cells are null.
std::string ComparisonJson(const Comparison& comparison);

}  // namespace ember
