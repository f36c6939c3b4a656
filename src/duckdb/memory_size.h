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

/// How many threads work on queries when the user names a memory limit but no number of threads.
/// Each sorts, hashes and decodes in blocks of its own, so a small limit takes fewer than there are
/// cores; but two also on one core, because one waits for the disk.
int ThreadsWithin(int64_t memory_bytes, int cores);

/// How many threads DuckDB is told of under a memory limit, when `working` do work: a third more,
/// at least one. Its aggregates let the hash tables of all threads it knows of fill 60 % of the
/// limit before they spill; the index of what was spilled, which cannot spill itself, takes 40 %
/// when 60 million groups go through 512 MB. Not more than a third: its sorts make their runs
/// shorter the more threads there are, and all runs must fit when they are merged. With two or
/// fewer, aggregates also keep to two partitions, each of which must fit.
int DeclaredThreads(int working);

}  // namespace ember
