#include "distcp/part_plan.h"

#include <algorithm>
#include <numeric>

#include "aws/content_checksum.h"

namespace ember {

UploadParts PlanUploadParts(const std::vector<int64_t>& sizes, int64_t part_size,
                            int64_t max_copy) {
  constexpr int64_t kSmallest = int64_t{5} << 20;
  const int64_t total = std::accumulate(sizes.begin(), sizes.end(), int64_t{0});
  // Every part but the last has at least this: never more parts than S3 takes.
  const int64_t wanted = UploadPartSize(total, std::max(part_size, kSmallest));
  UploadParts parts;
  std::vector<SourceSlice> open;
  int64_t open_size = 0;
  const auto close = [&] {
    if (open.empty()) return;
    parts.push_back(std::move(open));
    open.clear();
    open_size = 0;
  };
  for (size_t i = 0; i < sizes.size(); ++i) {
    for (int64_t done = 0; done < sizes[i];) {
      const int64_t left = sizes[i] - done;
      int64_t take = 0;
      if (open.empty() && left >= wanted) {
        // What is left after it must not be too small to be a part.
        take = left <= max_copy ? left : std::min(max_copy, left - wanted);
        take = std::max(take, wanted);
      } else {
        take = std::min(left, wanted - open_size);
      }
      open.push_back({.source = i, .offset = done, .size = take});
      open_size += take;
      done += take;
      if (open_size >= wanted) close();
    }
  }
  close();
  return parts;
}

}  // namespace ember
