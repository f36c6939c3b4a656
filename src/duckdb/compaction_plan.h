#pragma once

#include <string>
#include <vector>

#include "duckdb/compaction.h"

namespace ember {

/// The files that lie in one folder, in the order of their names.
struct FolderFiles {
  std::string path;
  std::string format;
  std::vector<FileInfo> files;

  int64_t bytes() const;
  /// How many files of the wanted size that makes.
  int64_t FilesOf(int64_t target_bytes) const;
};

/// The folders of a compaction that have more files than they need, and the number of the others.
struct CompactionPlan {
  std::vector<FolderFiles> folders;
  int64_t folders_left = 0;
  int64_t files_left = 0;
};
/// Errors: what cannot be compacted by files alone; see CompactFolders.
Result<CompactionPlan> PlanCompaction(const CompactionRequest& request, Store& store);

}  // namespace ember
