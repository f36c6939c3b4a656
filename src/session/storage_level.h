#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "session/session.h"

namespace ember {

struct StorageLevelRow {
  std::string_view name;
  StorageLevel level;
};

/// org.apache.spark.storage.StorageLevel.fromString. PySpark's constants of the same names are the
/// serialized ones.
inline constexpr auto kStorageLevels = std::to_array<StorageLevelRow>({
    {"DISK_ONLY", {.use_disk = true}},
    {"DISK_ONLY_2", {.use_disk = true, .replication = 2}},
    {"DISK_ONLY_3", {.use_disk = true, .replication = 3}},
    {"MEMORY_ONLY", {.use_memory = true, .deserialized = true}},
    {"MEMORY_ONLY_2", {.use_memory = true, .deserialized = true, .replication = 2}},
    {"MEMORY_ONLY_SER", {.use_memory = true}},
    {"MEMORY_ONLY_SER_2", {.use_memory = true, .replication = 2}},
    {"MEMORY_AND_DISK", {.use_disk = true, .use_memory = true, .deserialized = true}},
    {"MEMORY_AND_DISK_2",
     {.use_disk = true, .use_memory = true, .deserialized = true, .replication = 2}},
    {"MEMORY_AND_DISK_SER", {.use_disk = true, .use_memory = true}},
    {"MEMORY_AND_DISK_SER_2", {.use_disk = true, .use_memory = true, .replication = 2}},
    {"OFF_HEAP", {.use_disk = true, .use_memory = true, .use_off_heap = true}},
});

/// The row of a name in any case; nothing for what is no level.
inline const StorageLevelRow* FindStorageLevel(std::string_view name) {
  const auto* row = std::find_if(kStorageLevels.begin(), kStorageLevels.end(), [&](const auto& r) {
    return std::equal(r.name.begin(), r.name.end(), name.begin(), name.end(),
                      [](unsigned char a, unsigned char b) { return a == std::toupper(b); });
  });
  return row == kStorageLevels.end() ? nullptr : row;
}

}  // namespace ember
