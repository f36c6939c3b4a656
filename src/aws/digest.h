#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ember {

using Sha256Digest = std::array<unsigned char, 32>;
using Md5Digest = std::array<unsigned char, 16>;

Sha256Digest Sha256(std::string_view bytes);
Sha256Digest HmacSha256(std::string_view key, std::string_view bytes);
/// SHA-256 of `size` bytes of a file from `offset` on.
Result<Sha256Digest> Sha256OfFile(const std::string& path, int64_t offset, int64_t size);
/// S3's ETags are made of it; it proves nothing against somebody who wants to deceive.
Md5Digest Md5(std::string_view bytes);
Result<Md5Digest> Md5OfFile(const std::string& path, int64_t offset, int64_t size);
/// SHA-1 in hexadecimal; AWS names the cache files of SSO by it.
std::string Sha1Hex(std::string_view bytes);

std::string HexText(std::string_view bytes);
std::string Base64Text(std::string_view bytes);
/// The bytes of a digest as text for the functions above.
template <size_t n>
std::string_view DigestBytes(const std::array<unsigned char, n>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace ember
