#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ember {

/// How the names of the folders for spilling begin; the process's id follows.
inline constexpr std::string_view kSpillPrefix = "ember-spill-";

/// Bytes of a size such as "512MB", "1.5 GiB" or "800 kb", as DuckDB reads them; none for anything
/// else.
std::optional<int64_t> ParseMemorySize(std::string_view text);

/// How many threads DuckDB gets when the user names a memory limit but no number of threads. Each
/// sorts, hashes and decodes in blocks of its own, so a small limit takes fewer than there are
/// cores; but never fewer than three, even on fewer cores: with one or two threads DuckDB's
/// aggregates keep to two partitions, each of which must fit the memory.
int ThreadsWithin(int64_t memory_bytes, int cores);

}  // namespace ember
