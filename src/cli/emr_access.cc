#include "cli/emr_access.h"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "emr/cluster_file.h"

namespace ember {

Result<std::unique_ptr<EmrAccess>> EmrAccess::Make(const std::string& region) {
  auto access = std::make_unique<EmrAccess>();
  RETURN_IF_ERROR(access->Connect(region));
  access->clients = std::make_unique<S3Clients>(*access->http, *access->host,
                                                std::map<std::string, std::string>());
  return access;
}

Result<std::unique_ptr<EmrAccess>> AccessToEmrCluster(const std::string& id_name_or_file) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(id_name_or_file, code)) return EmrAccess::Make();
  std::ifstream file(id_name_or_file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  return EmrAccess::Make(ReadEmrCluster(id_name_or_file, text).cluster.region);
}

Status WriteEmrText(const std::string& path, const std::string& text) {
  if (path.empty()) {
    fmt::print("{}", text);
    return {};
  }
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (file) return {};
  return InvalidInput(
      fmt::format("cannot write '{}': {}", path, std::generic_category().message(errno)));
}

}  // namespace ember
