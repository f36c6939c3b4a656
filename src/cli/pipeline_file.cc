#include "cli/pipeline_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace ember {

Result<std::string> ReadPipelineText(const std::string& path) {
  std::error_code code;
  if (std::filesystem::is_directory(path, code)) {
    return InvalidInput(fmt::format("'{}' is a folder; name the pipeline file in it", path));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return InvalidInput(fmt::format(
        "cannot read the pipeline file '{}': {}. `ember init DIR` writes one to start from", path,
        std::generic_category().message(errno)));
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace ember
