#pragma once

#include <string>
#include <string_view>

#include "aws/s3_client.h"

namespace ember {

// What the calls of S3Client are made of.

/// A write's own mark in the metadata of the object: who tries again after an unclear end knows by
/// it whether the object there is his.
inline constexpr std::string_view kS3WriteMark = "ember-write";

/// Empty when there is none.
std::string S3HeaderValue(const HttpResponse& response, std::string_view name);
/// For calls that make an object; parts of an upload are encrypted as the upload is.
void AddS3Encryption(const S3Encryption& encryption, ServiceCall& call);
void AddS3Condition(const S3Condition& condition, ServiceCall& call);
/// Sets the body and, when asked for, its checksum; the checksum's text.
Result<std::string> AddS3Body(const S3Body& body, S3Checksum checksum, ServiceCall& call);

}  // namespace ember
