#include "pipeline/comments.h"

#include <algorithm>
#include <optional>

namespace ember {
namespace {

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

size_t Indent(std::string_view line) { return line.find_first_not_of(" \t\r"); }

bool IsBlank(std::string_view line) { return Indent(line) == std::string_view::npos; }

// Where the comment begins: a # at the line's start or behind a blank, outside quotes.
std::optional<size_t> CommentStart(std::string_view line) {
  char quote = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool is_behind_blank = i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t';
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '#' && is_behind_blank) {
      return i;
    }
  }
  return std::nullopt;
}

bool IsComment(std::string_view line) {
  return !IsBlank(line) && CommentStart(line) == Indent(line);
}

void AddComment(std::string_view line, std::vector<std::string>& out) {
  const auto start = CommentStart(line);
  if (!start) return;
  std::string_view text = line.substr(*start);
  text.remove_prefix(std::min(text.find_first_not_of("# \t"), text.size()));
  const size_t end = text.find_last_not_of(" \t\r");
  out.emplace_back(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

bool IsKey(std::string_view line, std::string_view name) {
  if (IsBlank(line)) return false;
  line.remove_prefix(Indent(line));
  const bool is_quoted = line.starts_with('"') || line.starts_with('\'');
  if (is_quoted) line.remove_prefix(1);
  if (!line.starts_with(name)) return false;
  line.remove_prefix(name.size());
  if (is_quoted && !line.empty()) line.remove_prefix(1);
  return line.starts_with(':');
}

}  // namespace

std::vector<std::string> FileComments(std::string_view text) {
  std::vector<std::string> comments;
  for (const std::string_view line : Lines(text)) {
    if (!IsBlank(line) && !IsComment(line)) break;
    AddComment(line, comments);
  }
  return comments;
}

std::vector<std::string> EntryComments(std::string_view text, Location location,
                                       std::string_view name) {
  const std::vector<std::string_view> lines = Lines(text);
  size_t key = std::min(static_cast<size_t>(std::max(location.line, 1)), lines.size());
  do {
    if (key == 0) return {};
    --key;
  } while (!IsKey(lines[key], name));
  size_t first = key;
  while (first > 0 && IsComment(lines[first - 1])) --first;
  // Those above the first key of the file are the file's.
  if (first == 0) first = key;
  std::vector<std::string> comments;
  for (size_t i = first; i <= key; ++i) AddComment(lines[i], comments);
  for (size_t i = key + 1; i < lines.size(); ++i) {
    if (IsBlank(lines[i])) continue;
    // A comment behind the entry's last line, less indented, is the next entry's.
    if (Indent(lines[i]) <= Indent(lines[key])) break;
    AddComment(lines[i], comments);
  }
  return comments;
}

}  // namespace ember
