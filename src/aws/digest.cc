#include "aws/digest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace ember {
namespace {

struct FreeDigestContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// `digest` takes as many bytes as the algorithm gives.
Status DigestFile(const std::string& path, int64_t offset, int64_t size, const EVP_MD* algorithm,
                  unsigned char* digest) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return InvalidInput(fmt::format("cannot read \"{}\"", path));
  std::unique_ptr<EVP_MD_CTX, FreeDigestContext> context(EVP_MD_CTX_new());
  CHECK(context != nullptr && EVP_DigestInit_ex(context.get(), algorithm, nullptr) == 1);
  std::vector<char> buffer(1 << 20);
  int64_t done = 0;
  while (done < size) {
    const auto wanted = std::min<int64_t>(size - done, static_cast<int64_t>(buffer.size()));
    const ssize_t got = pread(file, buffer.data(), wanted, offset + done);
    if (got <= 0) break;
    CHECK(EVP_DigestUpdate(context.get(), buffer.data(), got) == 1);
    done += got;
  }
  close(file);
  if (done < size) return InvalidInput(fmt::format("\"{}\" is shorter than it was", path));
  CHECK(EVP_DigestFinal_ex(context.get(), digest, nullptr) == 1);
  return {};
}

}  // namespace

Sha256Digest Sha256(std::string_view bytes) {
  Sha256Digest digest{};
  CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1);
  return digest;
}

Sha256Digest HmacSha256(std::string_view key, std::string_view bytes) {
  Sha256Digest digest{};
  unsigned int size = digest.size();
  // A null key would mean "the last one".
  const char* start = key.data() == nullptr ? "" : key.data();
  CHECK(HMAC(EVP_sha256(), start, static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data(),
             &size) != nullptr);
  return digest;
}

Result<Sha256Digest> Sha256OfFile(const std::string& path, int64_t offset, int64_t size) {
  Sha256Digest digest{};
  RETURN_IF_ERROR(DigestFile(path, offset, size, EVP_sha256(), digest.data()));
  return digest;
}

Md5Digest Md5(std::string_view bytes) {
  Md5Digest digest{};
  CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_md5(), nullptr) == 1);
  return digest;
}

Result<Md5Digest> Md5OfFile(const std::string& path, int64_t offset, int64_t size) {
  Md5Digest digest{};
  RETURN_IF_ERROR(DigestFile(path, offset, size, EVP_md5(), digest.data()));
  return digest;
}

std::string Sha1Hex(std::string_view bytes) {
  std::array<unsigned char, 20> digest{};
  CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha1(), nullptr) == 1);
  return HexText(DigestBytes(digest));
}

std::string HexText(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::string Base64Text(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  out.resize(size);
  return out;
}

}  // namespace ember
