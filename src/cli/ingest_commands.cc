#include "cli/ingest_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "aws/s3_settings.h"
#include "store/store.h"

namespace ember {
namespace {

// A word of a shell's command line, without backslashes, which a Python text would double;
// `keeps_globs`: the shell is to resolve those in it.
std::string ShellWord(const std::string& text, bool keeps_globs) {  // NOLINT: which characters
  const std::string_view plain = keeps_globs ? "_./:=@%+,-*?[]{}" : "_./:=@%+,-";
  const auto is_plain = [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 128 || std::isalnum(byte) != 0 || plain.find(c) != std::string_view::npos;
  };
  const bool has_quote = text.find('\'') != std::string::npos;
  if (!keeps_globs && !has_quote && !std::all_of(text.begin(), text.end(), is_plain))
    return "'" + text + "'";
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    while (i < text.size() && !is_plain(text[i]) && text[i] != '\'') ++i;
    if (i > begin) {
      out += "'" + text.substr(begin, i - begin) + "'";
    } else {
      out += text[i] == '\'' ? "\"'\"" : std::string(1, text[i]);
      ++i;
    }
  }
  return out;
}

}  // namespace

Result<std::vector<std::string>> IngestCommands(const PipelineSpec& spec) {
  std::vector<std::string> commands;
  for (const IngestSpec& ingest : spec.ingests) {
    const bool is_single = ingest.from.size() == 1 && !HasGlob(ingest.from[0]);
    if (ingest.removes_others && !is_single) {
      return Unsupported(fmt::format(
          "export of ingest '{}': `delete` with several sources is no single command of a shell",
          ingest.name));
    }
    const auto is_object = [](const std::string& path) { return ParseS3Path(path).has_value(); };
    const bool has_object = std::any_of(ingest.from.begin(), ingest.from.end(), is_object);
    std::string command = ingest.removes_others ? "ember s3 sync --delete"
                          : has_object          ? "ember s3 copy"
                                                : "ember s3 put";
    for (const std::string& glob : ingest.include)
      command += " --include " + ShellWord(glob, false);
    for (const std::string& glob : ingest.exclude)
      command += " --exclude " + ShellWord(glob, false);
    if (ingest.parallel != IngestSpec().parallel)
      command += fmt::format(" --parallel {}", ingest.parallel);
    if (ingest.compares_content) command += " --checksum";
    for (const std::string& from : ingest.from) command += " " + ShellWord(from, !is_object(from));
    command += " " + ShellWord(ingest.to + (ingest.to.ends_with('/') ? "" : "/"), false);
    commands.push_back(std::move(command));
  }
  return commands;
}

}  // namespace ember
