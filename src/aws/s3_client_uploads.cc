// S3Client: copies within the service and uploads in parts.
#include <fmt/format.h>

#include "aws/s3_call_parts.h"
#include "aws/s3_client.h"
#include "aws/s3_xml.h"
#include "base/uuid.h"

namespace ember {
namespace {

void AddCopySource(const S3CopySource& source, ServiceCall& call) {
  call.headers.push_back(
      {"x-amz-copy-source", UriEncode("/" + source.bucket + "/" + source.key, UriSlash::kKeep)});
  if (!source.etag.empty()) {
    call.headers.push_back({"x-amz-copy-source-if-match", "\"" + source.etag + "\""});
  }
}

}  // namespace

Result<std::string> S3Client::Copy(const S3CopySource& source, const std::string& key,
                                   const std::stop_token& stop) {
  ServiceCall call = MakeCall("CopyObject", "PUT", key, stop);
  AddCopySource(source, call);
  AddS3Encryption(settings_.encryption, call);
  call.fault_in_200 = FaultIn200::kPossible;
  ASSIGN_OR_RETURN(ServiceAnswer answer, Send(std::move(call), key));
  ASSIGN_OR_RETURN(std::string etag, ParseS3Child(answer.response.body, "ETag"));
  return WithoutQuotes(etag);
}

Result<S3Part> S3Client::CopyPart(const S3Upload& upload, int number, const S3CopySource& source,
                                  const S3Range& range, const std::stop_token& stop) {
  ServiceCall call = MakeCall("UploadPartCopy", "PUT", upload.key, stop);
  call.query = {{"partNumber", fmt::format("{}", number)}, {"uploadId", upload.id}};
  AddCopySource(source, call);
  call.headers.push_back({"x-amz-copy-source-range",
                          fmt::format("bytes={}-{}", range.offset, range.offset + range.size - 1)});
  call.fault_in_200 = FaultIn200::kPossible;
  ASSIGN_OR_RETURN(ServiceAnswer answer, Send(std::move(call), upload.key));
  ASSIGN_OR_RETURN(std::string etag, ParseS3Child(answer.response.body, "ETag"));
  return S3Part{.number = number, .etag = WithoutQuotes(etag), .size = range.size};
}

Result<S3Upload> S3Client::CreateUpload(const std::string& key, const S3UploadOptions& options,
                                        const std::stop_token& stop) {
  S3Upload upload = {.key = key,
                     .write_id = options.write_id.empty() ? NewUuid() : options.write_id,
                     .started_us = host_.NowUs(),
                     .checksum = options.checksum};
  ServiceCall call = MakeCall("CreateMultipartUpload", "POST", key, stop);
  call.query = {{"uploads", ""}};
  call.headers = {{fmt::format("x-amz-meta-{}", kS3WriteMark), upload.write_id}};
  for (const auto& [name, value] : options.metadata) {
    if (name != kS3WriteMark) call.headers.push_back({"x-amz-meta-" + name, value});
  }
  for (const auto& [name, value] : options.content_headers) call.headers.push_back({name, value});
  AddS3Encryption(settings_.encryption, call);
  if (options.checksum == S3Checksum::kSha256) {
    call.headers.push_back({"x-amz-checksum-algorithm", "SHA256"});
  }
  ASSIGN_OR_RETURN(ServiceAnswer answer, Send(std::move(call), key));
  ASSIGN_OR_RETURN(upload.id, ParseS3Child(answer.response.body, "UploadId"));
  return upload;
}

Result<S3Part> S3Client::UploadPart(const S3Upload& upload, int number, const S3Body& body,
                                    const std::stop_token& stop) {
  ServiceCall call = MakeCall("UploadPart", "PUT", upload.key, stop);
  call.query = {{"partNumber", fmt::format("{}", number)}, {"uploadId", upload.id}};
  S3Part part = {.number = number};
  part.size = body.file ? body.file->size : static_cast<int64_t>(body.text.size());
  ASSIGN_OR_RETURN(part.checksum, AddS3Body(body, upload.checksum, call));
  ASSIGN_OR_RETURN(ServiceAnswer answer, Send(std::move(call), upload.key));
  part.etag = WithoutQuotes(S3HeaderValue(answer.response, "ETag"));
  if (part.etag.empty()) {
    return MakeError("EMBER_AWS.INVALID_ANSWER", {{"what", "a part without an ETag"}});
  }
  return part;
}

Result<std::string> S3Client::CompleteUpload(const S3Upload& upload,
                                             const std::vector<S3Part>& parts,
                                             const S3Condition& condition,
                                             const std::stop_token& stop) {
  ServiceCall call = MakeCall("CompleteMultipartUpload", "POST", upload.key, stop);
  call.query = {{"uploadId", upload.id}};
  call.headers = {{"Content-Type", "application/xml"}};
  AddS3Condition(condition, call);
  call.body = S3CompleteXml(parts);
  call.fault_in_200 = FaultIn200::kPossible;
  Result<ServiceAnswer> answer = Send(std::move(call), upload.key);
  if (answer.ok()) {
    ASSIGN_OR_RETURN(std::string etag, ParseS3Child(answer->response.body, "ETag"));
    return WithoutQuotes(etag);
  }
  // Completed by an earlier try, or by an earlier run: then the object carries the upload's mark.
  const std::string code = ServiceCodeOf(answer.error());
  if (code == "NoSuchUpload" || ServiceStatusOf(answer.error()) == 412) {
    ASSIGN_OR_RETURN(bool is_ours, IsOurs(upload.key, upload.write_id, stop));
    if (is_ours) {
      ASSIGN_OR_RETURN(std::optional<S3Object> object, Head(upload.key, stop));
      if (object) return object->etag;
    }
  }
  return std::move(answer).error();
}

Status S3Client::AbortUpload(const S3Upload& upload, const std::stop_token& stop) {
  ServiceCall call = MakeCall("AbortMultipartUpload", "DELETE", upload.key, stop);
  call.query = {{"uploadId", upload.id}};
  Result<ServiceAnswer> answer = Send(std::move(call), upload.key);
  if (answer.ok() || ServiceCodeOf(answer.error()) == "NoSuchUpload") return {};
  return std::move(answer).error();
}

Result<std::vector<S3Upload>> S3Client::ListUploads(const std::string& prefix,
                                                    const std::stop_token& stop) {
  std::vector<S3Upload> all;
  S3UploadsPage page;
  do {
    ServiceCall call = MakeCall("ListMultipartUploads", "GET", prefix, stop);
    call.query = {{"uploads", ""}, {"encoding-type", "url"}, {"prefix", prefix}};
    if (page.is_truncated) {
      call.query.emplace_back("key-marker", page.next_key);
      call.query.emplace_back("upload-id-marker", page.next_id);
    }
    ASSIGN_OR_RETURN(ServiceAnswer answer, Send(std::move(call), ""));
    ASSIGN_OR_RETURN(page, ParseS3UploadsPage(answer.response.body));
    all.insert(all.end(), page.uploads.begin(), page.uploads.end());
  } while (page.is_truncated);
  return all;
}

Result<std::vector<S3Part>> S3Client::ListParts(const S3Upload& upload,
                                                const std::stop_token& stop) {
  std::vector<S3Part> all;
  S3PartsPage page;
  do {
    ServiceCall call = MakeCall("ListParts", "GET", upload.key, stop);
    call.query = {{"uploadId", upload.id}};
    if (page.is_truncated) call.query.emplace_back("part-number-marker", page.next_marker);
    ASSIGN_OR_RETURN(ServiceAnswer answer, Send(std::move(call), upload.key));
    ASSIGN_OR_RETURN(page, ParseS3PartsPage(answer.response.body));
    all.insert(all.end(), page.parts.begin(), page.parts.end());
  } while (page.is_truncated);
  return all;
}

}  // namespace ember
