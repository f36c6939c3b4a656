#include "aws/s3_client.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "aws/digest.h"
#include "aws/endpoints.h"
#include "aws/s3_call_parts.h"
#include "aws/s3_xml.h"
#include "base/uuid.h"

namespace ember {
namespace {

// What is stored with an object and given back with it, beside its metadata.
constexpr auto kContentHeaders =
    std::to_array<std::string_view>({"cache-control", "content-disposition", "content-encoding",
                                     "content-language", "content-type", "expires"});

int64_t ParseSize(const std::string& text) {
  int64_t size = 0;
  std::from_chars(text.data(), text.data() + text.size(), size);
  return size;
}

int64_t ParseHttpTime(const std::string& text) {
  struct tm parts{};
  if (strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S", &parts) == nullptr) return 0;
  return int64_t{timegm(&parts)} * 1000000;
}

}  // namespace

S3Client::S3Client(HttpClient& http, AwsHost& host,
                   std::shared_ptr<AwsCredentialsProvider> credentials, S3Settings settings)
    : host_(host),
      credentials_(std::move(credentials)),
      settings_(std::move(settings)),
      caller_(http, host, credentials_.get(), settings_.retry),
      region_(settings_.region),
      endpoint_(settings_.endpoint) {}

S3Settings S3Client::CurrentSettings() const {
  S3Settings settings = settings_;
  std::lock_guard lock(mutex_);
  settings.region = region_;
  settings.endpoint = endpoint_;
  return settings;
}

ServiceCall S3Client::MakeCall(std::string_view operation, std::string_view method,
                               const std::string& key, const std::stop_token& stop) const {
  ServiceCall call;
  call.operation = fmt::format("{} s3://{}/{}", operation, settings_.bucket, key);
  call.method = method;
  call.stop = stop;
  return call;
}

void S3Client::Place(ServiceCall& call, const std::string& key) const {
  std::lock_guard lock(mutex_);
  call.scope = S3SigningScope(region_, 0);
  call.endpoint = endpoint_;
  const std::string encoded = UriEncode(key, UriSlash::kKeep);
  if (settings_.url_style == S3UrlStyle::kPath) {
    const std::string bucket = "/" + UriEncode(settings_.bucket, UriSlash::kEncode);
    call.path = encoded.empty() ? bucket : bucket + "/" + encoded;
  } else {
    const size_t host = call.endpoint.find("://") + 3;
    call.endpoint.insert(host, settings_.bucket + ".");
    call.path = "/" + encoded;
  }
}

// A 301, or a 400 about the scope of the signature, names the region where the bucket is.
bool S3Client::MoveToRegion(const Error& error) {
  const std::string code = ServiceCodeOf(error);
  const int status = ServiceStatusOf(error);
  const auto named = error.parameters.find("region");
  if (named == error.parameters.end() || named->second.empty()) return false;
  if (status != 301 && status != 307 && code != "AuthorizationHeaderMalformed" &&
      code != "IllegalLocationConstraintException" && !(status == 400 && code == "BadRequest")) {
    return false;
  }
  // It becomes a part of a host name.
  if (named->second.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") !=
      std::string::npos) {
    return false;
  }
  std::lock_guard lock(mutex_);
  if (named->second == region_) return false;
  region_ = named->second;
  if (settings_.is_aws) endpoint_ = fmt::format("https://s3.{}.{}", region_, AwsDomain(region_));
  return true;
}

Result<ServiceAnswer> S3Client::Send(ServiceCall call, const std::string& key) {
  Place(call, key);
  Result<ServiceAnswer> answer = caller_.Call(call);
  if (answer.ok() || !MoveToRegion(answer.error())) return answer;
  Place(call, key);
  return caller_.Call(call);
}

Result<S3Listing> S3Client::List(const S3ListOptions& options, const std::stop_token& stop) {
  S3Listing all;
  std::string token;
  do {
    ServiceCall call = MakeCall("ListObjectsV2", "GET", options.prefix, stop);
    call.query = {{"list-type", "2"}, {"encoding-type", "url"}, {"prefix", options.prefix}};
    if (!options.delimiter.empty()) call.query.emplace_back("delimiter", options.delimiter);
    const auto so_far = static_cast<int64_t>(all.objects.size() + all.prefixes.size());
    if (options.max_keys > 0) {
      const int64_t wanted = std::min<int64_t>(options.max_keys - so_far, 1000);
      call.query.emplace_back("max-keys", fmt::format("{}", wanted));
    }
    if (!token.empty()) call.query.emplace_back("continuation-token", token);
    ASSIGN_OR_RETURN(ServiceAnswer answer, Send(std::move(call), ""));
    ASSIGN_OR_RETURN(S3ListPage page, ParseS3ListPage(answer.response.body));
    std::move(page.listing.objects.begin(), page.listing.objects.end(),
              std::back_inserter(all.objects));
    std::move(page.listing.prefixes.begin(), page.listing.prefixes.end(),
              std::back_inserter(all.prefixes));
    token = page.next_token;
    const auto found = static_cast<int64_t>(all.objects.size() + all.prefixes.size());
    if (options.max_keys > 0 && found >= options.max_keys) break;
  } while (!token.empty());
  return all;
}

Result<std::optional<S3Object>> S3Client::Head(const std::string& key,
                                               const std::stop_token& stop) {
  Result<ServiceAnswer> answer = Send(MakeCall("HeadObject", "HEAD", key, stop), key);
  if (!answer.ok()) {
    // HEAD has no body: NotFound is a missing key as well as a missing bucket.
    const int status = ServiceStatusOf(answer.error());
    if (status == 404) return std::optional<S3Object>();
    if (status != 403 && status != 400) return std::move(answer).error();
    // The same question with GET is answered with a reason, or, where that could be put right (keys
    // that had expired), with the object.
    const Status reason =
        Get(key, {.size = 1}, "", [](std::string_view) { return Status(); }, stop);
    const int got = reason.ok() ? 200 : ServiceStatusOf(reason.error());
    if (got == 404) return std::optional<S3Object>();
    if (got != 200 && got != 416) return got != 0 ? reason.error() : std::move(answer).error();
    answer = Send(MakeCall("HeadObject", "HEAD", key, stop), key);
    if (!answer.ok()) return std::move(answer).error();
  }
  const HttpResponse& response = answer->response;
  S3Object object = {.key = key,
                     .size = ParseSize(S3HeaderValue(response, "Content-Length")),
                     .modified_us = ParseHttpTime(S3HeaderValue(response, "Last-Modified")),
                     .etag = WithoutQuotes(S3HeaderValue(response, "ETag"))};
  const std::string encryption = S3HeaderValue(response, "x-amz-server-side-encryption");
  object.has_content_etag = encryption.empty() || encryption == "AES256";
  constexpr std::string_view kMeta = "x-amz-meta-";
  for (const HttpHeader& header : response.headers) {
    std::string name = header.name;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    if (name.starts_with(kMeta)) object.metadata[name.substr(kMeta.size())] = header.value;
    const bool is_content =
        std::find(kContentHeaders.begin(), kContentHeaders.end(), name) != kContentHeaders.end();
    if (is_content && !header.value.empty()) object.content_headers[name] = header.value;
  }
  return std::optional<S3Object>(std::move(object));
}

Result<int64_t> S3Client::FirstPartSize(const std::string& key, const std::stop_token& stop) {
  ServiceCall call = MakeCall("HeadObject", "HEAD", key, stop);
  call.query = {{"partNumber", "1"}};
  ASSIGN_OR_RETURN(ServiceAnswer answer, Send(std::move(call), key));
  return ParseSize(S3HeaderValue(answer.response, "Content-Length"));
}

Status S3Client::Get(const std::string& key, const S3Range& range, const std::string& etag,
                     const std::function<Status(std::string_view)>& sink,
                     const std::stop_token& stop) {
  if (range.size == 0) return {};
  int64_t taken = 0;
  for (int attempt = 1;; ++attempt) {
    ServiceCall call = MakeCall("GetObject", "GET", key, stop);
    const int64_t from = range.offset + taken;
    const bool is_part = from > 0 || range.size > 0;
    if (range.size > 0) {
      call.headers.push_back(
          {"Range", fmt::format("bytes={}-{}", from, range.offset + range.size - 1)});
    } else if (from > 0) {
      call.headers.push_back({"Range", fmt::format("bytes={}-", from)});
    }
    if (!etag.empty()) call.headers.push_back({"If-Match", "\"" + etag + "\""});
    call.sink = [&](std::string_view piece) {
      taken += static_cast<int64_t>(piece.size());
      return sink(piece);
    };
    const int64_t before = taken;
    Result<ServiceAnswer> answer = Send(std::move(call), key);
    if (answer.ok()) {
      if (is_part && answer->response.status != 206) {
        return MakeError("EMBER_AWS.INVALID_ANSWER",
                         {{"what", "a whole object where a range was asked for"}});
      }
      return {};
    }
    // What was not taken yet may come from the same version only.
    const bool goes_on =
        taken > before && !etag.empty() && ClassifyFailure(answer.error()) == RetryKind::kTransient;
    if (!goes_on || attempt >= settings_.retry.max_attempts) return std::move(answer).error();
    if (range.size > 0 && taken >= range.size) return {};
    RETURN_IF_ERROR(host_.Sleep(
        RetryDelayMs(settings_.retry, RetryKind::kTransient, attempt, host_.Random(), {}), stop));
  }
}

Result<std::string> S3Client::GetText(const std::string& key, int64_t max_bytes,
                                      const std::stop_token& stop) {
  ServiceCall call = MakeCall("GetObject", "GET", key, stop);
  if (max_bytes <= 0) return std::string();
  std::string text;
  call.headers.push_back({"Range", fmt::format("bytes=0-{}", max_bytes - 1)});
  call.sink = [&](std::string_view piece) {
    text.append(piece);
    return Status();
  };
  call.restart = [&] {
    text.clear();
    return Status();
  };
  Result<ServiceAnswer> answer = Send(std::move(call), key);
  if (answer.ok()) return text;
  // An empty object has no first byte.
  if (ServiceStatusOf(answer.error()) == 416) return std::string();
  return std::move(answer).error();
}

Result<bool> S3Client::IsOurs(const std::string& key, const std::string& write_id,
                              const std::stop_token& stop) {
  if (write_id.empty()) return false;
  ASSIGN_OR_RETURN(std::optional<S3Object> object, Head(key, stop));
  if (!object) return false;
  const auto mark = object->metadata.find(std::string(kS3WriteMark));
  return mark != object->metadata.end() && mark->second == write_id;
}

Result<std::string> S3Client::Put(const std::string& key, const S3Body& body,
                                  const S3PutOptions& options, const std::stop_token& stop) {
  ServiceCall call = MakeCall("PutObject", "PUT", key, stop);
  RETURN_IF_ERROR(AddS3Body(body, options.checksum, call));
  AddS3Encryption(settings_.encryption, call);
  AddS3Condition(options.condition, call);
  std::string write_id;
  const bool is_conditional = options.condition.is_absent || !options.condition.etag.empty();
  if (is_conditional) {
    write_id = NewUuid();
    call.headers.push_back({fmt::format("x-amz-meta-{}", kS3WriteMark), write_id});
  }
  Result<ServiceAnswer> answer = Send(std::move(call), key);
  if (answer.ok()) return WithoutQuotes(S3HeaderValue(answer->response, "ETag"));
  // An earlier try of this very call may be what is in the way; libcurl makes such tries too, and
  // says nothing: of a connection that was used before and breaks before any answer.
  if (ServiceStatusOf(answer.error()) == 412) {
    ASSIGN_OR_RETURN(bool is_ours, IsOurs(key, write_id, stop));
    if (is_ours) {
      ASSIGN_OR_RETURN(std::optional<S3Object> object, Head(key, stop));
      if (object) return object->etag;
    }
  }
  return std::move(answer).error();
}

Status S3Client::Delete(const std::string& key, const std::stop_token& stop) {
  Result<ServiceAnswer> answer = Send(MakeCall("DeleteObject", "DELETE", key, stop), key);
  if (answer.ok() || ServiceCodeOf(answer.error()) == "NoSuchKey") return {};
  return std::move(answer).error();
}

Status S3Client::DeleteThousand(const std::vector<std::string>& keys, size_t first, size_t last,
                                const std::stop_token& stop) {
  ServiceCall call = MakeCall("DeleteObjects", "POST", keys[first], stop);
  call.query = {{"delete", ""}};
  call.body = S3DeleteXml(std::span(keys).subspan(first, last - first));
  call.headers = {{"Content-Type", "application/xml"},
                  {"x-amz-sdk-checksum-algorithm", "SHA256"},
                  {"x-amz-checksum-sha256", Base64Text(DigestBytes(Sha256(call.body)))}};
  call.fault_in_200 = FaultIn200::kPossible;
  ASSIGN_OR_RETURN(ServiceAnswer answer, Send(std::move(call), ""));
  ASSIGN_OR_RETURN(std::vector<S3DeleteFault> faults, ParseS3DeleteFaults(answer.response.body));
  for (const S3DeleteFault& fault : faults) {
    if (fault.code == "NoSuchKey") continue;
    // One by one, with its own tries and its own error.
    RETURN_IF_ERROR(Delete(fault.key, stop));
  }
  return {};
}

Status S3Client::DeleteAll(const std::vector<std::string>& keys, const std::stop_token& stop) {
  std::vector<std::string> batch;
  for (const std::string& key : keys) {
    if (IsXmlText(key)) {
      batch.push_back(key);
    } else {
      RETURN_IF_ERROR(Delete(key, stop));
    }
  }
  constexpr size_t kMost = 1000;
  for (size_t first = 0; first < batch.size(); first += kMost) {
    RETURN_IF_ERROR(DeleteThousand(batch, first, std::min(first + kMost, batch.size()), stop));
  }
  return {};
}

}  // namespace ember
