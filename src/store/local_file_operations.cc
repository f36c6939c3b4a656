#include <errno.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>

#include "store/store.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

Error SystemError(std::string_view what, const std::string& path, int code) {
  return InvalidInput(fmt::format("cannot {} \"{}\": {}", what, path, strerror(code)));
}

class LocalFileOperations final : public FileOperations {
 public:
  Status CreateDirectories(const std::string& path) override {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) return SystemError("make the folder", path, error.value());
    return {};
  }

  Status Rename(const std::string& from, const std::string& to) override {
    if (rename(from.c_str(), to.c_str()) != 0) return SystemError("rename to", to, errno);
    return {};
  }

  Status RenameNew(const std::string& from, const std::string& to) override {
    if (Rename2(from, to, RENAME_NOREPLACE) == 0) return {};
    if (errno == EEXIST || errno == ENOTEMPTY) {
      return MakeError("PATH_ALREADY_EXISTS", {{"outputPath", DisplayPath(to)}});
    }
    if (errno != EINVAL && errno != ENOSYS) return SystemError("rename to", to, errno);
    if (access(to.c_str(), F_OK) == 0) {
      return MakeError("PATH_ALREADY_EXISTS", {{"outputPath", DisplayPath(to)}});
    }
    return Rename(from, to);
  }

  Status Exchange(const std::string& a, const std::string& b) override {
    if (Rename2(a, b, RENAME_EXCHANGE) == 0) return {};
    if (errno == EINVAL || errno == ENOSYS) {
      return Unsupported("atomic exchange on this file system");
    }
    return SystemError("exchange with", b, errno);
  }

  Status RemoveAll(const std::string& path) override {
    std::error_code error;
    fs::remove_all(path, error);
    if (error) return SystemError("remove", path, error.value());
    return {};
  }

  Status WriteFile(const std::string& path, std::string_view content) override {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return SystemError("write", path, errno);
    while (!content.empty()) {
      const ssize_t written = write(file, content.data(), content.size());
      if (written < 0) {
        const int code = errno;
        close(file);
        return SystemError("write", path, code);
      }
      content.remove_prefix(written);
    }
    close(file);
    return {};
  }

  Status Sync(const std::string& path) override {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return SystemError("open", path, errno);
    const int result = fsync(file);
    const int code = errno;
    close(file);
    // Some file systems know no sync of folders.
    if (result != 0 && code != EINVAL) return SystemError("sync", path, code);
    return {};
  }

 private:
  static int Rename2(const std::string& from, const std::string& to, unsigned flags) {
    return static_cast<int>(
        syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags));
  }
};

}  // namespace

std::unique_ptr<FileOperations> MakeLocalFileOperations() {
  return std::make_unique<LocalFileOperations>();
}

std::string LocalPath(std::string_view path) {
  if (path.starts_with("file://")) {
    path.remove_prefix(7);
  } else if (path.starts_with("file:")) {
    path.remove_prefix(5);
  }
  std::string clean = fs::absolute(fs::path(path)).lexically_normal();
  while (clean.size() > 1 && clean.back() == '/') clean.pop_back();
  return clean;
}

std::string DisplayPath(std::string_view path) {
  const size_t colon = path.find(':');
  if (colon != std::string_view::npos && !path.starts_with("file:") &&
      path.substr(colon).starts_with("://")) {
    return std::string(path);
  }
  return "file:" + LocalPath(path);
}

}  // namespace ember
