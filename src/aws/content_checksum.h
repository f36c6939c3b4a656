#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

namespace ember {

/// How S3 sums up content: the MD5 of an object of one piece, and "MD5 of the parts' MD5s"-"count"
/// of one in parts. Objects encrypted by KMS have ETags that are neither.
struct ContentEtag {
  std::string digest;  // 32 hexadecimal digits
  int parts = 0;       // 0: one piece
};
/// Nothing for an ETag of another form.
std::optional<ContentEtag> ParseContentEtag(const std::string& etag);

/// The ETag of a file uploaded in parts of `part_size` (0: in one piece).
Result<std::string> EtagOfFile(const std::string& path, int64_t size, int64_t part_size);

enum class ContentMatch { kSame, kOther, kUnknown };
/// Whether a local file has the content that an ETag tells of. The size of the parts is not in it:
/// `part_size` (0: not known) is tried, and those that programs usually take; with parts, kUnknown
/// when none fits.
Result<ContentMatch> MatchesEtag(const std::string& path, int64_t size, const std::string& etag,
                                 int64_t part_size);

/// The size of the parts of an upload: `wanted`, or more where that would be over 10,000 parts.
int64_t UploadPartSize(int64_t size, int64_t wanted);

}  // namespace ember
