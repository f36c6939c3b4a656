#include "emr/cluster_file.h"

#include <algorithm>

namespace ember {

Location EmrCluster::Where(const std::string& path) const {
  std::string_view at = path;
  while (!at.empty()) {
    const auto found = positions.find(std::string(at));
    if (found != positions.end()) return found->second;
    const size_t cut = at.find_last_of(".[");
    at = at.substr(0, cut == std::string_view::npos ? 0 : cut);
  }
  return {1, 1};
}

std::string EmrCluster::LogUri() const {
  if (!storage.logs.empty()) return storage.logs;
  return storage.bucket.empty() ? "" : "s3://" + storage.bucket + "/logs/emr/";
}

}  // namespace ember
