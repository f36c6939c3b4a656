#include "store/commit_journal.h"

#include <unistd.h>

#include <filesystem>
#include <set>

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = ".ember-";

std::string WritePrefix(const std::string& target) {
  return std::string(kPrefix) + fs::path(target).filename().string() + "-";
}

bool IsThere(const std::string& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

std::string Below(const std::string& folder, const std::string& path) {
  return path.empty() ? folder : folder + "/" + path;
}

}  // namespace

WriteNames NamesOfWrite(const std::string& target, const std::string& id) {
  const std::string base = fs::path(target).parent_path().string() + "/" + WritePrefix(target) + id;
  return {base + ".lock", base + ".new", base + ".old", base + ".journal"};
}

std::string TargetOfWrite(std::string_view name) {
  if (!name.starts_with(kPrefix)) return "";
  name.remove_prefix(kPrefix.size());
  // An id holds neither dash nor dot, and what follows it no dash: "a-b" is not a write of "a".
  const size_t dash = name.rfind('-');
  if (dash == std::string_view::npos || name.find('.', dash) == std::string_view::npos) return "";
  return std::string(name.substr(0, dash));
}

std::vector<std::string> FindWrites(const std::string& target) {
  const std::string own = fs::path(target).filename();
  std::set<std::string> ids;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(target).parent_path(), error)) {
    const std::string name = entry.path().filename();
    if (TargetOfWrite(name) != own) continue;
    const std::string rest = name.substr(WritePrefix(target).size());
    ids.insert(rest.substr(0, rest.find('.')));
  }
  return {ids.begin(), ids.end()};
}

std::string JournalText(const std::vector<JournalStep>& steps) {
  std::string text;
  for (const JournalStep& step : steps) {
    text += step.replaces ? "R " : "M ";
    // Names may hold anything but a zero byte.
    text += step.path;
    text += '\0';
  }
  return text + "END";
}

std::vector<JournalStep> ParseJournal(std::string_view text) {
  std::vector<JournalStep> steps;
  while (text.size() > 2) {
    const size_t end = text.find('\0');
    if (end == std::string_view::npos) break;
    steps.push_back({std::string(text.substr(2, end - 2)), text[0] == 'R'});
    text.remove_prefix(end + 1);
  }
  return steps;
}

Status RollForward(FileOperations& operations, const std::string& target, const WriteNames& names,
                   const std::vector<JournalStep>& steps) {
  for (const JournalStep& step : steps) {
    const std::string from = Below(names.staging, step.path);
    const std::string to = Below(target, step.path);
    const std::string old = Below(names.trash, step.path);
    if (!IsThere(from)) continue;
    RETURN_IF_ERROR(operations.CreateDirectories(fs::path(to).parent_path()));
    if (step.replaces && IsThere(to) && IsThere(old)) {
      // Another writer filled the place before this write was recovered: as if it had come first.
      RETURN_IF_ERROR(operations.RemoveAll(to));
    } else if (step.replaces && IsThere(to)) {
      RETURN_IF_ERROR(operations.CreateDirectories(fs::path(old).parent_path()));
      RETURN_IF_ERROR(operations.Rename(to, old));
    }
    RETURN_IF_ERROR(operations.Rename(from, to));
  }
  return {};
}

Status RollBack(FileOperations& operations, const std::string& target, const WriteNames& names,
                const std::vector<JournalStep>& steps) {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const std::string from = Below(names.staging, step->path);
    const std::string to = Below(target, step->path);
    const std::string old = Below(names.trash, step->path);
    if (!IsThere(from) && IsThere(to)) RETURN_IF_ERROR(operations.Rename(to, from));
    if (IsThere(old)) RETURN_IF_ERROR(operations.Rename(old, to));
  }
  return {};
}

Status Clean(FileOperations& operations, const WriteNames& names) {
  // Without the journal the rest is garbage, so it goes first.
  if (IsThere(names.journal)) RETURN_IF_ERROR(operations.RemoveAll(names.journal));
  if (IsThere(names.staging)) RETURN_IF_ERROR(operations.RemoveAll(names.staging));
  if (IsThere(names.trash)) RETURN_IF_ERROR(operations.RemoveAll(names.trash));
  if (IsThere(names.lock)) RETURN_IF_ERROR(operations.RemoveAll(names.lock));
  return {};
}

}  // namespace ember
