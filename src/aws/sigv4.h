#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "aws/credentials.h"
#include "aws/http.h"
#include "aws/uri.h"

namespace ember {

// Payload hashes with a meaning of their own.
inline constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";
inline constexpr std::string_view kStreamingPayload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

/// What is signed. Headers must hold Host; all of them are signed but those that a proxy or the
/// HTTP library may change.
struct SignableRequest {
  std::string method;
  std::string path = "/";  // as it is sent, encoded once
  UriQuery query;          // decoded
  std::vector<HttpHeader> headers;
  std::string payload_hash;  // SHA-256 in hexadecimal, or one of the constants above
};

/// How a service wants the path in what is signed. S3 takes it as it is sent; all others take it
/// encoded a second time, with "." and ".." resolved.
enum class SigningPath { kAsSent, kEncodedAgain, kEncodedAgainNormalized };
/// Whether x-amz-content-sha256 is sent and signed (S3 asks for it).
enum class SigningPayloadHeader { kNo, kYes };
enum class SigningToken { kSigned, kAddedAfterwards };

struct SigningScope {
  std::string region;
  std::string service;
  int64_t time_us = 0;  // microseconds UTC
  SigningPath path = SigningPath::kEncodedAgainNormalized;
  SigningPayloadHeader payload_header = SigningPayloadHeader::kNo;
  SigningToken token = SigningToken::kSigned;
};
/// The scope as S3 wants it.
SigningScope S3SigningScope(std::string region, int64_t time_us);

/// What a signature is made of: the steps of AWS's Signature Version 4, for tests and for messages
/// about a refused signature. None of it is secret.
struct Signature {
  std::string canonical_request;
  std::string string_to_sign;
  std::string signature;            // hexadecimal
  std::vector<HttpHeader> headers;  // to be added to the request: x-amz-date, Authorization, …
  std::string query;                // presigned only: the whole encoded query
};
Signature SignRequest(const SignableRequest& request, const AwsCredentials& credentials,
                      const SigningScope& scope);
/// A query that carries its signature and lasts `expires_s` seconds; nothing is added to the
/// headers.
Signature PresignRequest(const SignableRequest& request, const AwsCredentials& credentials,
                         const SigningScope& scope, int64_t expires_s);
/// One chunk of an aws-chunked body: its signature continues `previous`, the request's at first.
std::string SignChunk(const AwsCredentials& credentials, const SigningScope& scope,
                      std::string_view previous, std::string_view chunk);

/// "20150830T123600Z".
std::string AwsTimestamp(int64_t time_us);

}  // namespace ember
