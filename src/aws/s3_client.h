#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/s3_settings.h"
#include "aws/service_call.h"

namespace ember {

struct S3Object {
  std::string key;
  int64_t size = 0;
  int64_t modified_us = 0;                      // microseconds UTC
  std::string etag;                             // without quotes
  std::map<std::string, std::string> metadata;  // x-amz-meta-…, from Head only
  bool has_content_etag = true;                 // not encrypted by KMS; from Head only
  // "content-type" and its like, by their names in lower case; from Head only
  std::map<std::string, std::string> content_headers;
  bool operator==(const S3Object&) const = default;
};

struct S3Listing {
  std::vector<S3Object> objects;
  std::vector<std::string> prefixes;  // with a delimiter: what it groups, each ending with it
};

struct S3ListOptions {
  std::string prefix;
  std::string delimiter;
  int64_t max_keys = 0;  // stop after so many objects and prefixes; 0: all
};

/// Bytes [offset, offset + size) of an object; size < 0: to its end.
struct S3Range {
  int64_t offset = 0;
  int64_t size = -1;
};

/// What is sent as an object or a part: text, or a part of a file.
struct S3Body {
  std::string text;
  std::optional<HttpFileRange> file;
};

/// On which condition an object is written.
struct S3Condition {
  bool is_absent = false;  // nothing may be there (If-None-Match: *)
  std::string etag;        // what is there must be this (If-Match)
};

/// Whether a SHA-256 of the content is stored with the object and checked by the service. The
/// signature guards the way in either case, or TLS does.
enum class S3Checksum { kNone, kSha256 };

struct S3PutOptions {
  S3Condition condition;
  S3Checksum checksum = S3Checksum::kNone;
};

/// The object that a copy within the service reads.
struct S3CopySource {
  std::string bucket;
  std::string key;
  std::string etag;  // not empty: this version only
};

struct S3UploadOptions {
  S3Checksum checksum = S3Checksum::kNone;
  std::string write_id;                                // the object's mark; empty: a new one
  std::map<std::string, std::string> metadata;         // S3Object's
  std::map<std::string, std::string> content_headers;  // S3Object's
};

/// A multipart upload that is under way.
struct S3Upload {
  std::string key;
  std::string id;
  std::string write_id;  // metadata of the object to be, by which its writer knows it again
  int64_t started_us = 0;
  S3Checksum checksum = S3Checksum::kNone;
};
struct S3Part {
  int number = 0;  // from 1
  std::string etag;
  int64_t size = 0;
  std::string checksum;
};

/// Calls of S3 on one bucket. Safe to use from several threads. Every call blocks, is signed, tried
/// again and ended by `stop`. Errors: EMBER_AWS.SERVICE with S3's code (ServiceCodeOf), or what
/// connection and credentials say. A bucket in another region is asked there from then on.
class S3Client {
 public:
  /// `http` and `host` must outlive it.
  S3Client(HttpClient& http, AwsHost& host, std::shared_ptr<AwsCredentialsProvider> credentials,
           S3Settings settings);

  const S3Settings& settings() const { return settings_; }
  /// The settings with the region and endpoint that S3 has named since.
  S3Settings CurrentSettings() const;
  AwsCredentialsProvider& credentials() { return *credentials_; }

  /// All pages, in the order of the keys' bytes.
  Result<S3Listing> List(const S3ListOptions& options, const std::stop_token& stop = {});
  /// Nothing when there is no such object.
  Result<std::optional<S3Object>> Head(const std::string& key, const std::stop_token& stop = {});
  /// The size of the first part of an object that was uploaded in parts, where the service tells.
  Result<int64_t> FirstPartSize(const std::string& key, const std::stop_token& stop = {});
  /// Gives the bytes to `sink` in order. With `etag`, of that version only (412 otherwise), and a
  /// broken exchange goes on where it broke.
  Status Get(const std::string& key, const S3Range& range, const std::string& etag,
             const std::function<Status(std::string_view)>& sink, const std::stop_token& stop = {});
  /// At most `max_bytes` from the start of an object.
  Result<std::string> GetText(const std::string& key, int64_t max_bytes,
                              const std::stop_token& stop = {});
  /// The new object's ETag. PreconditionFailed (412) when the condition does not hold.
  Result<std::string> Put(const std::string& key, const S3Body& body,
                          const S3PutOptions& options = {}, const std::stop_token& stop = {});
  Status Delete(const std::string& key, const std::stop_token& stop = {});
  /// Any number of keys, a thousand a call. The error names the first key that stays.
  Status DeleteAll(const std::vector<std::string>& keys, const std::stop_token& stop = {});
  /// Within the service; up to 5 GiB. The new object's ETag.
  Result<std::string> Copy(const S3CopySource& source, const std::string& key,
                           const std::stop_token& stop = {});

  Result<S3Upload> CreateUpload(const std::string& key, const S3UploadOptions& options = {},
                                const std::stop_token& stop = {});
  /// A part made of bytes of another object.
  Result<S3Part> CopyPart(const S3Upload& upload, int number, const S3CopySource& source,
                          const S3Range& range, const std::stop_token& stop = {});
  /// 5 MiB at least, but for the last; number up to 10,000.
  Result<S3Part> UploadPart(const S3Upload& upload, int number, const S3Body& body,
                            const std::stop_token& stop = {});
  /// Makes the object of its parts; its ETag. May be repeated: an upload that was completed before
  /// and is the object now counts as done.
  Result<std::string> CompleteUpload(const S3Upload& upload, const std::vector<S3Part>& parts,
                                     const S3Condition& condition = {},
                                     const std::stop_token& stop = {});
  /// An upload that is gone counts as aborted.
  Status AbortUpload(const S3Upload& upload, const std::stop_token& stop = {});
  /// Uploads under way below a prefix.
  Result<std::vector<S3Upload>> ListUploads(const std::string& prefix,
                                            const std::stop_token& stop = {});
  Result<std::vector<S3Part>> ListParts(const S3Upload& upload, const std::stop_token& stop = {});

 private:
  ServiceCall MakeCall(std::string_view operation, std::string_view method, const std::string& key,
                       const std::stop_token& stop) const;
  Result<ServiceAnswer> Send(ServiceCall call, const std::string& key);
  void Place(ServiceCall& call, const std::string& key) const;
  bool MoveToRegion(const Error& error);
  Status DeleteThousand(const std::vector<std::string>& keys, size_t first, size_t last,
                        const std::stop_token& stop);
  Result<bool> IsOurs(const std::string& key, const std::string& write_id,
                      const std::stop_token& stop);

  AwsHost& host_;
  std::shared_ptr<AwsCredentialsProvider> credentials_;
  S3Settings settings_;
  ServiceCaller caller_;
  mutable std::mutex mutex_;
  std::string region_;    // guarded by mutex_: settings_.region until S3 names another
  std::string endpoint_;  // guarded by mutex_
};

}  // namespace ember
