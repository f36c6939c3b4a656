#include "emulator/signature_check.h"

#include <fmt/format.h>

#include <cctype>
#include <vector>

#include "aws/digest.h"
#include "aws/host.h"
#include "aws/sigv4.h"
#include "aws/uri.h"

namespace ember {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr int64_t kAllowedSkewUs = int64_t{5} * 60 * 1000000;

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// The value of "Name=value" among the parts of an Authorization header.
std::string FieldOf(std::string_view header, std::string_view name) {
  for (const std::string& part : Split(header, ',')) {
    std::string_view text = part;
    while (text.starts_with(' ')) text.remove_prefix(1);
    if (text.starts_with(name) && text.substr(name.size()).starts_with('='))
      return std::string(text.substr(name.size() + 1));
  }
  return "";
}

// "20150830T123600Z"; nothing for any other form.
std::optional<int64_t> ParseAwsTimestamp(const std::string& text) {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  return ParseIsoTime(fmt::format("{}-{}-{}T{}:{}:{}Z", text.substr(0, 4), text.substr(4, 2),
                                  text.substr(6, 2), text.substr(9, 2), text.substr(11, 2),
                                  text.substr(13, 2)));
}

SignatureVerdict Refused(SignatureFault fault, std::string message) {
  return {.fault = fault, .message = std::move(message)};
}

constexpr const char* kInvalidToken = "The security token included in the request is invalid.";
constexpr const char* kMismatchText =
    "The request signature we calculated does not match the signature you provided. Check your AWS "
    "Secret Access Key and signing method. Consult the service documentation for details.";

}  // namespace

SignatureVerdict CheckSignature(const EmulatorRequest& request, const AwsCredentials& expected,
                                int64_t now_us) {
  const std::string header = request.Header("authorization");
  if (header.empty()) return Refused(SignatureFault::kMissing, "Missing Authentication Token");
  if (!header.starts_with(kAlgorithm)) {
    return Refused(SignatureFault::kIncomplete, fmt::format("Unsupported AWS 'algorithm': '{}'.",
                                                            header.substr(0, header.find(' '))));
  }
  const std::string_view fields = std::string_view(header).substr(kAlgorithm.size());
  const std::vector<std::string> scope = Split(FieldOf(fields, "Credential"), '/');
  const std::string signed_names = FieldOf(fields, "SignedHeaders");
  const std::string signature = FieldOf(fields, "Signature");
  const auto time_us = ParseAwsTimestamp(request.Header("x-amz-date"));
  if (scope.size() != 5 || signed_names.empty() || signature.empty() || !time_us) {
    return Refused(SignatureFault::kIncomplete,
                   "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' "
                   "parameters and existence of an 'X-Amz-Date' header.");
  }
  const std::string token = request.Header("x-amz-security-token");
  if (scope[0] != expected.access_key_id || token != expected.session_token)
    return Refused(SignatureFault::kUnknownKey, kInvalidToken);
  if (std::abs(*time_us - now_us) > kAllowedSkewUs) {
    return Refused(
        SignatureFault::kSkewedClock,
        fmt::format(
            "Signature {}: {} is {} 5 min.)", *time_us < now_us ? "expired" : "not yet current",
            AwsTimestamp(*time_us),
            *time_us < now_us
                ? fmt::format("now earlier than {} ({} -", AwsTimestamp(now_us - kAllowedSkewUs),
                              AwsTimestamp(now_us))
                : fmt::format("still later than {} ({} +", AwsTimestamp(now_us + kAllowedSkewUs),
                              AwsTimestamp(now_us))));
  }
  SignableRequest again;
  again.method = request.method;
  again.path = request.path;
  again.query = ParseUriQuery(request.query);
  again.payload_hash = HexText(DigestBytes(Sha256(request.body)));
  bool has_host = false;
  for (const std::string& name : Split(signed_names, ';')) {
    has_host |= name == "host";
    if (name == "x-amz-date") continue;  // added by SignRequest
    for (const HttpHeader& sent : request.headers) {
      if (FindHttpHeader({sent}, name) != nullptr) again.headers.push_back(sent);
    }
  }
  if (!has_host) {
    return Refused(SignatureFault::kIncomplete,
                   "'Host' must be a 'SignedHeader' in the AWS Authorization.");
  }
  AwsCredentials keys = expected;
  keys.session_token.clear();  // the header is among those that were signed
  const Signature made =
      SignRequest(again, keys, {.region = scope[2], .service = scope[3], .time_us = *time_us});
  if (made.signature != signature || scope[1] != AwsTimestamp(*time_us).substr(0, 8) ||
      scope[4] != "aws4_request") {
    return Refused(SignatureFault::kMismatch, kMismatchText);
  }
  return {.region = scope[2], .service = scope[3]};
}

}  // namespace ember
