#pragma once

#include <span>
#include <string>
#include <vector>

#include "aws/s3_client.h"
#include "base/result.h"

namespace ember {

/// A page of ListObjectsV2; `next_token` is empty on the last.
struct S3ListPage {
  S3Listing listing;
  std::string next_token;
};
Result<S3ListPage> ParseS3ListPage(const std::string& xml);

struct S3UploadsPage {
  std::vector<S3Upload> uploads;
  bool is_truncated = false;
  std::string next_key;
  std::string next_id;
};
Result<S3UploadsPage> ParseS3UploadsPage(const std::string& xml);

struct S3PartsPage {
  std::vector<S3Part> parts;
  bool is_truncated = false;
  std::string next_marker;
};
Result<S3PartsPage> ParseS3PartsPage(const std::string& xml);

/// The text of a child of the root: UploadId, ETag. EMBER_AWS.INVALID_ANSWER without it.
Result<std::string> ParseS3Child(const std::string& xml, const char* child);

struct S3DeleteFault {
  std::string key;
  std::string code;
  std::string message;
};
/// What DeleteObjects in quiet mode could not delete.
Result<std::vector<S3DeleteFault>> ParseS3DeleteFaults(const std::string& xml);

/// The bodies of DeleteObjects and CompleteMultipartUpload.
std::string S3DeleteXml(std::span<const std::string> keys);
std::string S3CompleteXml(const std::vector<S3Part>& parts);
/// Whether XML 1.0 can hold a key.
bool IsXmlText(std::string_view text);

std::string WithoutQuotes(std::string_view etag);

}  // namespace ember
