#include "cli/text_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace ember {

Result<std::string> ReadTextFile(const std::string& path) {
  std::error_code code;
  if (std::filesystem::is_directory(path, code))
    return InvalidInput(fmt::format("cannot read '{}': it is a folder", path));
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return InvalidInput(
        fmt::format("cannot read '{}': {}", path, std::generic_category().message(errno)));
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace ember
