#include "duckdb/allocator.h"

#include <fmt/format.h>
#include <sys/types.h>

#include <cstddef>
#include <string>

// The control call of the jemalloc that is built into libduckdb; null when it has none.
extern "C" int duckdb_je_mallctl(const char* name, void* old_value, size_t* old_size,
                                 void* new_value, size_t new_size) __attribute__((weak));

namespace ember {
namespace {

void Set(const std::string& name, ssize_t value) {
  // What is refused stays as it is: an arena that does not exist yet takes the default.
  static_cast<void>(duckdb_je_mallctl(name.c_str(), nullptr, nullptr, &value, sizeof value));
}

}  // namespace

void ReturnFreedPagesAtOnce() {
  if (duckdb_je_mallctl == nullptr) return;
  unsigned arenas = 0;
  size_t size = sizeof arenas;
  if (duckdb_je_mallctl("arenas.narenas", &arenas, &size, nullptr, 0) != 0) return;
  for (const char* kind : {"dirty_decay_ms", "muzzy_decay_ms"}) {
    Set(fmt::format("arenas.{}", kind), 0);  // of arenas to come
    for (unsigned i = 0; i < arenas; ++i) Set(fmt::format("arena.{}.{}", i, kind), 0);
  }
}

}  // namespace ember
