#include "aws/sigv4.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "aws/digest.h"

namespace ember {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

// What proxies and libcurl add, change or drop on the way.
constexpr auto kUnsignedHeaders =
    std::to_array<std::string_view>({"authorization", "connection", "expect", "transfer-encoding",
                                     "user-agent", "x-amzn-trace-id"});

std::string LowerCase(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// Without outer white space, inner runs as one blank.
std::string CollapsedValue(std::string_view text) {
  std::string out;
  bool is_gap = false;
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c))) {
      is_gap = !out.empty();
      continue;
    }
    if (is_gap) out += ' ';
    is_gap = false;
    out += c;
  }
  return out;
}

std::string NormalizedPath(std::string_view path) {
  std::vector<std::string_view> parts;
  size_t start = 0;
  while (start <= path.size()) {
    const size_t end = std::min(path.find('/', start), path.size());
    const std::string_view part = path.substr(start, end - start);
    start = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  std::string out;
  for (const std::string_view part : parts) out.append("/").append(part);
  const bool is_folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
  if (out.empty() || is_folder) out += '/';
  return out;
}

std::string CanonicalPath(std::string_view path, SigningPath rule) {
  switch (rule) {
    case SigningPath::kAsSent:
      return std::string(path);
    case SigningPath::kEncodedAgain:
      return UriEncode(path, UriSlash::kKeep);
    case SigningPath::kEncodedAgainNormalized:
      return UriEncode(NormalizedPath(path), UriSlash::kKeep);
  }
  return {};
}

// Sorted by the encoded name, then the encoded value: by byte, so that "Param-3" follows "Param".
std::string CanonicalQuery(const UriQuery& query) {
  UriQuery encoded;
  for (const auto& [name, value] : query) {
    encoded.emplace_back(UriEncode(name, UriSlash::kEncode), UriEncode(value, UriSlash::kEncode));
  }
  std::sort(encoded.begin(), encoded.end());
  std::string out;
  for (const auto& [name, value] : encoded) {
    if (!out.empty()) out += '&';
    out += name + '=' + value;
  }
  return out;
}

struct CanonicalHeaderText {
  std::string lines;
  std::string names;
};

CanonicalHeaderText CanonicalHeaders(const std::vector<HttpHeader>& headers) {
  std::map<std::string, std::string> merged;
  for (const HttpHeader& header : headers) {
    const std::string name = LowerCase(header.name);
    if (std::find(kUnsignedHeaders.begin(), kUnsignedHeaders.end(), name) !=
        kUnsignedHeaders.end()) {
      continue;
    }
    const auto [at, is_new] = merged.try_emplace(name, CollapsedValue(header.value));
    if (!is_new) at->second += "," + CollapsedValue(header.value);
  }
  CanonicalHeaderText text;
  for (const auto& [name, value] : merged) {
    text.lines += name + ":" + value + "\n";
    text.names += (text.names.empty() ? "" : ";") + name;
  }
  return text;
}

std::string CredentialScope(const SigningScope& scope) {
  return fmt::format("{}/{}/{}/aws4_request", AwsTimestamp(scope.time_us).substr(0, 8),
                     scope.region, scope.service);
}

Sha256Digest SigningKey(const AwsCredentials& credentials, const SigningScope& scope) {
  Sha256Digest key =
      HmacSha256("AWS4" + credentials.secret_access_key, AwsTimestamp(scope.time_us).substr(0, 8));
  key = HmacSha256(DigestBytes(key), scope.region);
  key = HmacSha256(DigestBytes(key), scope.service);
  return HmacSha256(DigestBytes(key), "aws4_request");
}

std::string SignText(const AwsCredentials& credentials, const SigningScope& scope,
                     std::string_view text) {
  return HexText(DigestBytes(HmacSha256(DigestBytes(SigningKey(credentials, scope)), text)));
}

// Fills canonical request, string to sign and signature.
void Sign(const SignableRequest& request, const UriQuery& query, const CanonicalHeaderText& headers,
          const AwsCredentials& credentials, const SigningScope& scope, Signature& out) {
  out.canonical_request =
      fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, CanonicalPath(request.path, scope.path),
                  CanonicalQuery(query), headers.lines, headers.names, request.payload_hash);
  out.string_to_sign =
      fmt::format("{}\n{}\n{}\n{}", kAlgorithm, AwsTimestamp(scope.time_us), CredentialScope(scope),
                  HexText(DigestBytes(Sha256(out.canonical_request))));
  out.signature = SignText(credentials, scope, out.string_to_sign);
}

}  // namespace

SigningScope S3SigningScope(std::string region, int64_t time_us) {
  return {.region = std::move(region),
          .service = "s3",
          .time_us = time_us,
          .path = SigningPath::kAsSent,
          .payload_header = SigningPayloadHeader::kYes};
}

std::string AwsTimestamp(int64_t time_us) {
  const time_t seconds = time_us / 1000000;
  struct tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

Signature SignRequest(const SignableRequest& request, const AwsCredentials& credentials,
                      const SigningScope& scope) {
  Signature out;
  out.headers.push_back({"x-amz-date", AwsTimestamp(scope.time_us)});
  if (scope.payload_header == SigningPayloadHeader::kYes) {
    out.headers.push_back({"x-amz-content-sha256", request.payload_hash});
  }
  const HttpHeader token = {"x-amz-security-token", credentials.session_token};
  const bool has_token = !token.value.empty();
  if (has_token && scope.token == SigningToken::kSigned) out.headers.push_back(token);
  std::vector<HttpHeader> all = request.headers;
  all.insert(all.end(), out.headers.begin(), out.headers.end());
  const CanonicalHeaderText headers = CanonicalHeaders(all);
  Sign(request, request.query, headers, credentials, scope, out);
  if (has_token && scope.token == SigningToken::kAddedAfterwards) out.headers.push_back(token);
  out.headers.push_back(
      {"Authorization", fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}",
                                    kAlgorithm, credentials.access_key_id, CredentialScope(scope),
                                    headers.names, out.signature)});
  return out;
}

Signature PresignRequest(const SignableRequest& request, const AwsCredentials& credentials,
                         const SigningScope& scope, int64_t expires_s) {
  Signature out;
  UriQuery query = request.query;
  const CanonicalHeaderText headers = CanonicalHeaders(request.headers);
  query.emplace_back("X-Amz-Algorithm", kAlgorithm);
  query.emplace_back("X-Amz-Credential", credentials.access_key_id + "/" + CredentialScope(scope));
  query.emplace_back("X-Amz-Date", AwsTimestamp(scope.time_us));
  query.emplace_back("X-Amz-Expires", fmt::format("{}", expires_s));
  const bool has_token = !credentials.session_token.empty();
  if (has_token && scope.token == SigningToken::kSigned) {
    query.emplace_back("X-Amz-Security-Token", credentials.session_token);
  }
  query.emplace_back("X-Amz-SignedHeaders", headers.names);
  Sign(request, query, headers, credentials, scope, out);
  if (has_token && scope.token == SigningToken::kAddedAfterwards) {
    query.emplace_back("X-Amz-Security-Token", credentials.session_token);
  }
  query.emplace_back("X-Amz-Signature", out.signature);
  out.query = UriQueryText(query);
  return out;
}

std::string SignChunk(const AwsCredentials& credentials, const SigningScope& scope,
                      std::string_view previous, std::string_view chunk) {
  return SignText(
      credentials, scope,
      fmt::format("{}-PAYLOAD\n{}\n{}\n{}\n{}\n{}", kAlgorithm, AwsTimestamp(scope.time_us),
                  CredentialScope(scope), previous, HexText(DigestBytes(Sha256(""))),
                  HexText(DigestBytes(Sha256(chunk)))));
}

}  // namespace ember
