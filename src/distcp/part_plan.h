#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ember {

/// Bytes [offset, offset + size) of a source.
struct SourceSlice {
  size_t source = 0;
  int64_t offset = 0;
  int64_t size = 0;
  bool operator==(const SourceSlice&) const = default;
};
/// A part of an upload, in the order of its bytes.
using UploadParts = std::vector<std::vector<SourceSlice>>;

/// How sources of these sizes become the parts of one object: S3 wants 5 MiB at least in all but
/// the last, and 10,000 at most. A part of one slice can be copied within S3, so that large sources
/// are left to it whole, up to `max_copy` a part; small ones are put together to `part_size`.
UploadParts PlanUploadParts(const std::vector<int64_t>& sizes, int64_t part_size, int64_t max_copy);

}  // namespace ember
