#include <errno.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <set>

#include "store/commit_journal.h"
#include "store/store.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr int kLockAttempts = 8;

// Spark's HadoopFSUtils.shouldFilterOutPathName.
bool IsHidden(std::string_view name) {
  return (name.starts_with('_') && name.find('=') == std::string_view::npos) ||
         name.starts_with('.') || name.ends_with("._COPYING_");
}

Result<FileInfo> Stat(const std::string& path) {
  struct stat info{};
  if (stat(path.c_str(), &info) != 0) {
    return MakeError("PATH_NOT_FOUND", {{"path", DisplayPath(path)}});
  }
  FileInfo file;
  file.path = path;
  file.size = info.st_size;
  file.modified_us = info.st_mtim.tv_sec * int64_t{1000000} + info.st_mtim.tv_nsec / 1000;
  file.is_directory = S_ISDIR(info.st_mode);
  return file;
}

std::string NewWriteId() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

// A lock that the process's death releases. Negative when somebody holds it.
int TakeLock(const std::string& path, int flags) {
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC | flags, 0644);
  if (file < 0) return -1;
  // A Recover may have removed the file between the two calls: then the lock guards nothing.
  struct stat held{};
  struct stat named{};
  if (flock(file, LOCK_EX | LOCK_NB) == 0 && fstat(file, &held) == 0 &&
      stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino) {
    return file;
  }
  close(file);
  return -1;
}

class LocalStagedWrite final : public StagedWrite {
 public:
  LocalStagedWrite(FileOperations& operations, std::string target, CommitKind kind,
                   WriteNames names, int lock)
      : operations_(operations),
        target_(std::move(target)),
        kind_(kind),
        names_(std::move(names)),
        lock_(lock) {}
  ~LocalStagedWrite() override {
    // A decided write that could not be finished keeps its journal: the next Recover finishes it.
    std::error_code error;
    if (!fs::exists(names_.journal, error)) static_cast<void>(Clean(operations_, names_));
    close(lock_);
  }

  const std::string& staging_directory() const override { return names_.staging; }

  Status Commit() override {
    RETURN_IF_ERROR(SyncAll());
    std::error_code error;
    const bool is_there = fs::exists(target_, error);
    if (kind_ == CommitKind::kCreate || !is_there) {
      RETURN_IF_ERROR(kind_ == CommitKind::kCreate ? operations_.RenameNew(names_.staging, target_)
                                                   : operations_.Rename(names_.staging, target_));
      static_cast<void>(operations_.Sync(fs::path(target_).parent_path()));
      return {};
    }
    if (kind_ == CommitKind::kReplaceAll) {
      Status exchanged = operations_.Exchange(names_.staging, target_);
      if (exchanged.ok()) {
        static_cast<void>(operations_.Sync(fs::path(target_).parent_path()));
        static_cast<void>(
            operations_.RemoveAll(names_.staging));  // the old data; Recover tries again
        return {};
      }
      if (exchanged.error().condition != "UNSUPPORTED_FEATURE.EMBER") return exchanged;
    }
    return CommitByJournal();
  }

 private:
  Status SyncAll() {
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(names_.staging, error)) {
      RETURN_IF_ERROR(operations_.Sync(entry.path()));
    }
    return operations_.Sync(names_.staging);
  }

  std::vector<JournalStep> Steps() const {
    if (kind_ == CommitKind::kReplaceAll) return {{.path = "", .replaces = true}};
    std::vector<JournalStep> steps;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(names_.staging, error)) {
      if (!entry.is_regular_file()) continue;
      const fs::path relative = fs::relative(entry.path(), names_.staging);
      // Dynamic overwrite moves whole partition folders; files of the top folder stand alone.
      const bool is_partition =
          kind_ == CommitKind::kReplacePartitions && relative.has_parent_path();
      const std::string path = is_partition ? relative.parent_path() : relative;
      const auto same = [&](const JournalStep& step) { return step.path == path; };
      if (!std::none_of(steps.begin(), steps.end(), same)) continue;
      std::error_code ignored;
      steps.push_back({path, is_partition || fs::exists(target_ + "/" + path, ignored)});
    }
    return steps;
  }

  Status CommitByJournal() {
    const std::vector<JournalStep> steps = Steps();
    const std::string draft = names_.journal + ".draft";
    RETURN_IF_ERROR(operations_.WriteFile(draft, JournalText(steps)));
    RETURN_IF_ERROR(operations_.Sync(draft));
    Status decided = operations_.Rename(draft, names_.journal);
    if (!decided.ok()) {
      static_cast<void>(operations_.RemoveAll(draft));
      return decided;
    }
    static_cast<void>(operations_.Sync(fs::path(target_).parent_path()));
    Status done = RollForward(operations_, target_, names_, steps);
    if (!done.ok()) {
      // Back to the old state when that is possible; else the journal stays and Recover goes
      // forward.
      if (RollBack(operations_, target_, names_, steps).ok()) {
        static_cast<void>(operations_.RemoveAll(names_.journal));
      }
      return done;
    }
    static_cast<void>(operations_.RemoveAll(names_.journal));
    return {};
  }

  FileOperations& operations_;
  std::string target_;
  CommitKind kind_;
  WriteNames names_;
  int lock_;
};

class LocalStore final : public Store {
 public:
  explicit LocalStore(FileOperations& operations) : operations_(operations) {}

  Result<std::vector<FileInfo>> List(const std::string& path) override {
    const std::string local = LocalPath(path);
    std::vector<std::string> roots = {local};
    std::error_code error;
    if (!HasGlob(local) || fs::exists(local, error)) {
      RETURN_IF_ERROR(Recover(local));
    } else {
      ASSIGN_OR_RETURN(roots, ExpandGlob(local));
    }
    if (roots.empty()) return MakeError("PATH_NOT_FOUND", {{"path", DisplayPath(path)}});
    std::vector<FileInfo> files;
    for (const std::string& root : roots) {
      ASSIGN_OR_RETURN(FileInfo info, Stat(root));
      if (info.is_directory) {
        RETURN_IF_ERROR(ListBelow(root, files));
      } else {
        files.push_back(std::move(info));
      }
    }
    return files;
  }

  Result<bool> Exists(const std::string& path) override {
    std::error_code error;
    return fs::exists(LocalPath(path), error);
  }

  Result<std::string> ReadAll(const std::string& path, int64_t max_bytes) override {
    const std::string local = LocalPath(path);
    std::ifstream file(local, std::ios::binary);
    if (!file) return MakeError("PATH_NOT_FOUND", {{"path", DisplayPath(path)}});
    std::string content;
    char buffer[65536];
    while (file && static_cast<int64_t>(content.size()) < max_bytes) {
      file.read(buffer, std::min<int64_t>(sizeof buffer, max_bytes - content.size()));
      content.append(buffer, file.gcount());
    }
    return content;
  }

  Status WriteAll(const std::string& path, std::string_view text) override {
    const fs::path local = LocalPath(path);
    RETURN_IF_ERROR(operations_.CreateDirectories(local.parent_path()));
    const std::string draft =
        local.parent_path() / fmt::format(".{}.{}.draft", local.filename().string(), NewWriteId());
    RETURN_IF_ERROR(operations_.WriteFile(draft, text));
    return operations_.Rename(draft, local);
  }

  Result<std::vector<std::string>> ListFolders(const std::string& path) override {
    const std::string local = LocalPath(path);
    RETURN_IF_ERROR(Recover(local));
    std::vector<std::string> folders;
    std::error_code error;
    fs::recursive_directory_iterator entries(local, error);
    for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
      std::error_code gone;
      if (!entries->is_directory(gone)) continue;
      if (IsHidden(entries->path().filename().string())) {
        entries.disable_recursion_pending();
      } else {
        folders.push_back(entries->path().lexically_relative(local).generic_string());
      }
    }
    std::sort(folders.begin(), folders.end());
    return folders;
  }

  Result<std::vector<std::string>> ListNames(const std::string& path) override {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(LocalPath(path), error)) {
      std::error_code gone;
      const bool is_folder = entry.is_directory(gone);
      names.push_back(entry.path().filename().string() + (is_folder ? "/" : ""));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  Status MakeFolder(const std::string& path) override {
    return operations_.CreateDirectories(LocalPath(path));
  }

  Result<std::unique_ptr<StagedWrite>> BeginWrite(const std::string& target,
                                                  CommitKind kind) override {
    const std::string local = LocalPath(target);
    RETURN_IF_ERROR(operations_.CreateDirectories(fs::path(local).parent_path()));
    WriteNames names;
    int lock = -1;
    // A Recover that comes between making and locking the file removes it.
    for (int attempt = 0; attempt < kLockAttempts && lock < 0; ++attempt) {
      names = NamesOfWrite(local, NewWriteId());
      lock = TakeLock(names.lock, O_CREAT);
    }
    if (lock < 0) {
      return InvalidInput(fmt::format("cannot write beside \"{}\": {}", local, strerror(errno)));
    }
    auto write = std::make_unique<LocalStagedWrite>(operations_, local, kind, names, lock);
    RETURN_IF_ERROR(operations_.CreateDirectories(names.staging));
    return std::unique_ptr<StagedWrite>(std::move(write));
  }

  Status Remove(const std::string& path) override { return operations_.RemoveAll(LocalPath(path)); }

  Status Recover(const std::string& target) override {
    // Outermost first: the write of a folder may replace what is in it.
    std::vector<std::string> folders;
    for (fs::path path = LocalPath(target); path.has_relative_path(); path = path.parent_path())
      folders.push_back(path);
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder)
      RETURN_IF_ERROR(RecoverHere(*folder));
    return {};
  }

 private:
  Status RecoverHere(const std::string& local) {
    for (const std::string& id : FindWrites(local)) {
      const WriteNames names = NamesOfWrite(local, id);
      std::error_code error;
      int lock = -1;
      if (fs::exists(names.lock, error)) {
        lock = TakeLock(names.lock, 0);
        if (lock < 0) continue;  // its writer lives
      }
      const Status recovered = RecoverWrite(local, names);
      if (lock >= 0) close(lock);
      RETURN_IF_ERROR(recovered);
    }
    return {};
  }

  // The names in a folder, in no order, after every write into one of them that `is_wanted` names
  // is recovered.
  Result<std::vector<std::string>> Names(const std::string& folder,
                                         const std::function<bool(const std::string&)>& is_wanted) {
    std::vector<std::string> names;
    std::set<std::string> targets;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder.empty() ? "/" : folder, error)) {
      names.push_back(entry.path().filename());
      std::string target = TargetOfWrite(names.back());
      if (!target.empty() && is_wanted(target)) targets.insert(std::move(target));
    }
    if (error) return InvalidInput(fmt::format("cannot list \"{}\": {}", folder, error.message()));
    if (targets.empty()) return names;
    for (const std::string& target : targets)
      RETURN_IF_ERROR(RecoverHere(fs::path(folder + "/" + target)));
    names.clear();
    for (const auto& entry : fs::directory_iterator(folder.empty() ? "/" : folder, error))
      names.push_back(entry.path().filename());
    return names;
  }

  Status ListBelow(const std::string& folder, std::vector<FileInfo>& files) {
    ASSIGN_OR_RETURN(std::vector<std::string> names,
                     Names(folder, [](const std::string& name) { return !IsHidden(name); }));
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (IsHidden(name)) continue;
      const std::string path = (folder == "/" ? "" : folder) + "/" + name;
      Result<FileInfo> info = Stat(path);
      if (!info.ok()) continue;  // gone since, or a dangling link
      if (info->is_directory) {
        RETURN_IF_ERROR(ListBelow(path, files));
      } else {
        files.push_back(*std::move(info));
      }
    }
    return {};
  }

  // Existing paths that match a pattern, component by component.
  Result<std::vector<std::string>> ExpandGlob(const std::string& pattern) {
    std::vector<std::string> paths = {""};
    size_t start = 1;
    while (start <= pattern.size()) {
      size_t end = pattern.find('/', start);
      if (end == std::string::npos) end = pattern.size();
      const std::string part = pattern.substr(start, end - start);
      start = end + 1;
      std::vector<std::string> next;
      for (const std::string& path : paths) {
        std::error_code error;
        if (!HasGlob(part)) {
          RETURN_IF_ERROR(RecoverHere(path + "/" + part));
          if (fs::exists(path + "/" + part, error)) next.push_back(path + "/" + part);
          continue;
        }
        if (!fs::is_directory(path.empty() ? "/" : path, error)) continue;
        const auto matches = [&](const std::string& name) {
          return !IsHidden(name) && MatchesGlob(part, name);
        };
        const auto names = Names(path, matches);
        if (!names.ok()) continue;  // a folder that may not be read holds nothing for us
        for (const std::string& name : *names) {
          if (matches(name)) next.push_back(path + "/" + name);
        }
      }
      paths = std::move(next);
    }
    std::sort(paths.begin(), paths.end());
    return paths;
  }

  Status RecoverWrite(const std::string& target, const WriteNames& names) {
    std::error_code error;
    if (fs::exists(names.journal, error)) {
      ASSIGN_OR_RETURN(std::string text, ReadAll(names.journal, int64_t{1} << 32));
      RETURN_IF_ERROR(RollForward(operations_, target, names, ParseJournal(text)));
    }
    if (fs::exists(names.journal + ".draft", error)) {
      RETURN_IF_ERROR(operations_.RemoveAll(names.journal + ".draft"));
    }
    return Clean(operations_, names);
  }

  FileOperations& operations_;
};

}  // namespace

std::unique_ptr<Store> MakeLocalStore(FileOperations& operations) {
  return std::make_unique<LocalStore>(operations);
}

}  // namespace ember
