#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ember {

/// A file or object.
struct FileInfo {
  std::string path;
  int64_t size = 0;
  int64_t modified_us = 0;  // microseconds UTC
  std::string etag;         // objects only
  bool is_directory = false;
};

/// How a staged output takes the place of what is there.
enum class CommitKind {
  kCreate,      // nothing may be there: PATH_ALREADY_EXISTS, also for the later of two writers
  kReplaceAll,  // overwrite: exactly the new
  kAppend,      // add files; nothing else changes
  kReplacePartitions,  // dynamic overwrite: the partition folders that the new files are in
};

/// An output being written: files are put into `staging_directory()` (a local folder, same relative
/// paths as in the target), then Commit makes all of them visible or none. Destroyed without
/// Commit: as if never begun.
class StagedWrite {
 public:
  virtual ~StagedWrite() = default;
  virtual const std::string& staging_directory() const = 0;
  /// What a file of the staging folder, by its path below it, will be in the target; nothing for
  /// what never gets there.
  using TargetName = std::function<std::optional<std::string>(const std::string& relative)>;
  /// Says that from now on files of the staging folder only grow at their ends, and what they will
  /// be called by the time of Commit: a remote store sends them while they are written.
  virtual void SendWhileWritten(TargetName name_of) { static_cast<void>(name_of); }
  virtual Status Commit() = 0;
};

/// Files behind one seam: the local disk here, S3 in aws/. Paths may carry their scheme ("file:/x",
/// "s3://b/k").
class Store {
 public:
  virtual ~Store() = default;
  /// Files below `path` (a file, a folder or a Hadoop glob), sorted by path, hidden ones ('_', '.')
  /// left out but for partition folders `_x=…`. PATH_NOT_FOUND when there is nothing of that name.
  /// Finishes or undoes first what killed writes left at `path`, around it and below it.
  virtual Result<std::vector<FileInfo>> List(const std::string& path) = 0;
  virtual Result<bool> Exists(const std::string& path) = 0;
  virtual Result<std::string> ReadAll(const std::string& path, int64_t max_bytes) = 0;
  /// Puts a small file there in one step: who reads meanwhile finds the old text or the new.
  virtual Status WriteAll(const std::string& path, std::string_view text) = 0;
  /// Folders below `path` at any depth, by their paths below it, sorted; hidden ones are left out.
  /// None when there is no such folder.
  virtual Result<std::vector<std::string>> ListFolders(const std::string& path) = 0;
  /// Names directly in the folder `path`, sorted, hidden ones too; a folder's ends with a slash.
  /// None when there is no such folder.
  virtual Result<std::vector<std::string>> ListNames(const std::string& path) = 0;
  /// Makes an empty folder; nothing happens when it is there.
  virtual Status MakeFolder(const std::string& path) = 0;
  virtual Result<std::unique_ptr<StagedWrite>> BeginWrite(const std::string& target,
                                                          CommitKind kind) = 0;
  /// A file, or a folder with all that is in it.
  virtual Status Remove(const std::string& path) = 0;
  /// Finishes or undoes what a killed process left at `target`, or at a folder that holds it.
  /// Called before every write of it; List does it by itself.
  virtual Status Recover(const std::string& target) = 0;
};

/// Every file operation of a commit goes through here, so that tests can fail or kill at each of
/// them.
class FileOperations {
 public:
  virtual ~FileOperations() = default;
  virtual Status CreateDirectories(const std::string& path) = 0;
  virtual Status Rename(const std::string& from, const std::string& to) = 0;
  /// As Rename, but PATH_ALREADY_EXISTS when there is something at `to`.
  virtual Status RenameNew(const std::string& from, const std::string& to) = 0;
  /// Atomic exchange of two paths (renameat2); UNSUPPORTED_FEATURE.EMBER where the file system
  /// lacks it.
  virtual Status Exchange(const std::string& a, const std::string& b) = 0;
  virtual Status RemoveAll(const std::string& path) = 0;
  virtual Status WriteFile(const std::string& path, std::string_view content) = 0;
  virtual Status Sync(const std::string& path) = 0;
};

std::unique_ptr<FileOperations> MakeLocalFileOperations();
/// Absolute path without its scheme ("file:/x", "file:///x", "x" in the working folder).
std::string LocalPath(std::string_view path);
/// A path as Spark prints it: "file:/abs/path".
std::string DisplayPath(std::string_view path);
/// Whether `text` matches Hadoop's glob: * ? [a-c] [^a] {a,b} and backslash.
bool MatchesGlob(std::string_view pattern, std::string_view text);
bool HasGlob(std::string_view path);
/// The local disk; `operations` must outlive it.
std::unique_ptr<Store> MakeLocalStore(FileOperations& operations);

}  // namespace ember
