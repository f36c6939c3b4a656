#include "aws/s3_call_parts.h"

#include "aws/digest.h"

namespace ember {

std::string S3HeaderValue(const HttpResponse& response, std::string_view name) {
  const std::string* value = FindHttpHeader(response.headers, name);
  return value == nullptr ? std::string() : *value;
}

void AddS3Encryption(const S3Encryption& encryption, ServiceCall& call) {
  if (encryption.algorithm.empty()) return;
  call.headers.push_back({"x-amz-server-side-encryption", encryption.algorithm});
  if (encryption.key_id.empty()) return;
  call.headers.push_back({"x-amz-server-side-encryption-aws-kms-key-id", encryption.key_id});
}

void AddS3Condition(const S3Condition& condition, ServiceCall& call) {
  if (condition.is_absent) call.headers.push_back({"If-None-Match", "*"});
  if (!condition.etag.empty()) call.headers.push_back({"If-Match", "\"" + condition.etag + "\""});
}

Result<std::string> AddS3Body(const S3Body& body, S3Checksum checksum, ServiceCall& call) {
  call.body = body.text;
  call.file = body.file;
  if (checksum == S3Checksum::kNone) return std::string();
  Sha256Digest digest{};
  if (body.file) {
    ASSIGN_OR_RETURN(digest, Sha256OfFile(body.file->path, body.file->offset, body.file->size));
  } else {
    digest = Sha256(body.text);
  }
  const std::string text = Base64Text(DigestBytes(digest));
  call.headers.push_back({"x-amz-checksum-sha256", text});
  return text;
}

}  // namespace ember
