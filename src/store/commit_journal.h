#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace ember {

/// Names of what one write keeps beside its target: all start with ".ember-<name of target>-<id>".
struct WriteNames {
  std::string lock;     // held (flock) while the writer lives
  std::string staging;  // the new files
  std::string trash;    // what was replaced
  std::string journal;  // once it is there, the write is decided and must be finished
};
WriteNames NamesOfWrite(const std::string& target, const std::string& id);
/// Ids of all writes that left something beside `target`.
std::vector<std::string> FindWrites(const std::string& target);
/// The target that a file of this name stands beside, by name; empty when it is no write's.
std::string TargetOfWrite(std::string_view name);

/// One step of a journal: `path`, relative, goes from the staging folder to the target; with
/// `replaces`, what is there goes to the trash first.
struct JournalStep {
  std::string path;  // empty: the folder itself
  bool replaces = false;
};

/// The journal's file: a line a step, "M path" or "R path".
std::string JournalText(const std::vector<JournalStep>& steps);
std::vector<JournalStep> ParseJournal(std::string_view text);

/// Does the steps that are not done yet; may be repeated after a kill at any point.
Status RollForward(FileOperations& operations, const std::string& target, const WriteNames& names,
                   const std::vector<JournalStep>& steps);
/// Takes back what RollForward did, in reverse.
Status RollBack(FileOperations& operations, const std::string& target, const WriteNames& names,
                const std::vector<JournalStep>& steps);
/// Removes what the write left; the lock goes last.
Status Clean(FileOperations& operations, const WriteNames& names);

}  // namespace ember
