#include "duckdb/memory_size.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

namespace ember {
namespace {

constexpr int64_t kMemoryPerThread = 192'000'000;
constexpr int kLeastThreads = 2;
constexpr int kLeastDeclaredThreads = 3;

constexpr std::pair<std::string_view, double> kUnits[] = {{"b", 1},
                                                          {"byte", 1},
                                                          {"bytes", 1},
                                                          {"kb", 1e3},
                                                          {"k", 1e3},
                                                          {"mb", 1e6},
                                                          {"m", 1e6},
                                                          {"gb", 1e9},
                                                          {"g", 1e9},
                                                          {"tb", 1e12},
                                                          {"t", 1e12},
                                                          {"kib", 1024.0},
                                                          {"mib", 1048576.0},
                                                          {"gib", 1073741824.0},
                                                          {"tib", 1099511627776.0}};

}  // namespace

std::optional<int64_t> ParseMemorySize(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  double number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || number < 0 || number > 1e15) return {};
  std::string unit;
  for (const char* c = parsed.ptr; c != text.data() + text.size(); ++c) {
    if (*c != ' ') unit += static_cast<char>(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
  }
  for (const auto& [name, bytes] : kUnits) {
    if (unit == name && number * bytes < 9e18) return static_cast<int64_t>(number * bytes);
  }
  return {};
}

int ThreadsWithin(int64_t memory_bytes, int cores) {
  return static_cast<int>(std::clamp<int64_t>(memory_bytes / kMemoryPerThread, kLeastThreads,
                                              std::max(cores, kLeastThreads)));
}

int DeclaredThreads(int working) {
  return std::max(working + std::max(1, working / 3), kLeastDeclaredThreads);
}

}  // namespace ember
