#include "aws/content_checksum.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <vector>

#include "aws/digest.h"
#include "aws/parallel.h"

namespace ember {
namespace {

constexpr int64_t kMiB = int64_t{1} << 20;
constexpr int64_t kMaxParts = 10000;
// What Ember, AWS's tools and other programs take.
constexpr auto kUsualPartSizes = std::to_array<int64_t>(
    {8 * kMiB, 5 * kMiB, 16 * kMiB, 10 * kMiB, 15 * kMiB, 32 * kMiB, 50 * kMiB, 64 * kMiB,
     100 * kMiB, 128 * kMiB, 256 * kMiB, 512 * kMiB, 1024 * kMiB});

}  // namespace

std::optional<ContentEtag> ParseContentEtag(const std::string& etag) {
  const size_t dash = etag.find('-');
  ContentEtag parsed = {.digest = etag.substr(0, dash)};
  if (parsed.digest.size() != 32 ||
      parsed.digest.find_first_not_of("0123456789abcdef") != std::string::npos) {
    return std::nullopt;
  }
  if (dash == std::string::npos) return parsed;
  const char* end = etag.data() + etag.size();
  const auto [at, error] = std::from_chars(etag.data() + dash + 1, end, parsed.parts);
  if (error != std::errc() || at != end || parsed.parts < 1) return std::nullopt;
  return parsed;
}

Result<std::string> EtagOfFile(const std::string& path, int64_t size, int64_t part_size) {
  if (part_size == 0) {
    ASSIGN_OR_RETURN(Md5Digest digest, Md5OfFile(path, 0, size));
    return HexText(DigestBytes(digest));
  }
  std::vector<std::string> digests((size + part_size - 1) / part_size);
  RETURN_IF_ERROR(ForEachInParallel(digests.size(), [&](size_t part) -> Status {
    const int64_t offset = static_cast<int64_t>(part) * part_size;
    ASSIGN_OR_RETURN(Md5Digest digest, Md5OfFile(path, offset, std::min(part_size, size - offset)));
    digests[part] = DigestBytes(digest);
    return {};
  }));
  std::string all;
  for (const std::string& digest : digests) all += digest;
  return fmt::format("{}-{}", HexText(DigestBytes(Md5(all))), digests.size());
}

Result<ContentMatch> MatchesEtag(const std::string& path, int64_t size, const std::string& etag,
                                 int64_t part_size) {
  const std::optional<ContentEtag> known = ParseContentEtag(etag);
  if (!known) return ContentMatch::kUnknown;
  if (known->parts == 0) {
    ASSIGN_OR_RETURN(std::string own, EtagOfFile(path, size, 0));
    return own == etag ? ContentMatch::kSame : ContentMatch::kOther;
  }
  std::set<int64_t> tried;
  const auto fits = [&](int64_t candidate) {
    return candidate > 0 && (size + candidate - 1) / candidate == known->parts &&
           tried.insert(candidate).second;
  };
  std::vector<int64_t> candidates = {part_size, UploadPartSize(size, kUsualPartSizes[0])};
  candidates.insert(candidates.end(), kUsualPartSizes.begin(), kUsualPartSizes.end());
  if (known->parts == 1) candidates = {size};
  for (const int64_t candidate : candidates) {
    if (!fits(candidate)) continue;
    ASSIGN_OR_RETURN(std::string own, EtagOfFile(path, size, candidate));
    if (own == etag) return ContentMatch::kSame;
    // The service's own word on the parts: nothing else can be right.
    if (candidate == part_size) return ContentMatch::kOther;
  }
  return ContentMatch::kUnknown;
}

int64_t UploadPartSize(int64_t size, int64_t wanted) {
  const int64_t least = (size + kMaxParts - 1) / kMaxParts;
  return least <= wanted ? wanted : (least + kMiB - 1) / kMiB * kMiB;
}

}  // namespace ember
