#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "aws/credentials.h"
#include "aws/host.h"
#include "aws/http.h"
#include "aws/retry.h"
#include "aws/sigv4.h"
#include "aws/uri.h"

namespace ember {

/// What a service says in the body of a failed answer, in XML or JSON.
struct ServiceFault {
  std::string code;
  std::string message;
  std::string request_id;
  std::string region;    // S3: where the bucket is
  std::string endpoint;  // S3: where to ask instead
};
ServiceFault ParseServiceFault(const HttpResponse& response);

/// Whether a 200 may carry an <Error> document (S3's CompleteMultipartUpload and CopyObject).
enum class FaultIn200 { kNo, kPossible };

/// One call of an AWS service, before it is signed.
struct ServiceCall {
  std::string operation;  // for messages: "HeadObject s3://bucket/key"
  std::string method = "GET";
  std::string endpoint;    // "https://host:port"
  std::string path = "/";  // encoded
  UriQuery query;
  std::vector<HttpHeader> headers;
  std::string body;
  std::optional<HttpFileRange> file;
  std::function<Status(std::string_view)> sink;
  /// Called before a try after the first: what the sink took is void. Without it, a call with a
  /// sink is not tried again once the sink has taken something.
  std::function<Status()> restart;
  FaultIn200 fault_in_200 = FaultIn200::kNo;
  /// False: a failure after which the server may have acted is final (RunJobFlow starts a second
  /// cluster when it is sent twice).
  bool is_repeatable = true;
  /// Region, service and rules of the signature; `time_us` is filled in.
  SigningScope scope;
  int64_t total_timeout_ms = 0;
  std::stop_token stop;
};

/// What came of a call: the answer of the last try. `was_unclear` when an earlier try ended without
/// an answer or with a server fault, so that the server may have acted on it.
struct ServiceAnswer {
  HttpResponse response;
  bool was_unclear = false;
};

/// Signs, sends and tries again. Safe to use from several threads.
class ServiceCaller {
 public:
  /// All must outlive this. Without `credentials` requests go unsigned.
  ServiceCaller(HttpClient& http, AwsHost& host, AwsCredentialsProvider* credentials,
                RetryPolicy policy)
      : http_(http), host_(host), credentials_(credentials), policy_(policy) {}

  /// An answer with a 2xx or 3xx status. EMBER_AWS.SERVICE for any other, with the parameters
  /// `code` (the service's), `httpStatus`, `requestId`, `region` and `unclear` ("true" when an
  /// earlier try may have been acted on); else what HttpClient::Send or the credentials say.
  Result<ServiceAnswer> Call(const ServiceCall& call);

 private:
  struct Try;
  Result<HttpRequest> Prepare(const ServiceCall& call, const std::string& payload_hash,
                              int64_t clock_offset_us, size_t& taken);

  HttpClient& http_;
  AwsHost& host_;
  AwsCredentialsProvider* credentials_;
  RetryPolicy policy_;
};

/// The code of an EMBER_AWS.SERVICE error; empty for any other.
std::string ServiceCodeOf(const Error& error);
/// Whether the server may have done what failed with this error: it answered with a server fault,
/// or not at all after the request was sent.
bool MayHaveActed(const Error& error);
/// The HTTP status of an EMBER_AWS.SERVICE error; 0 for any other.
int ServiceStatusOf(const Error& error);

}  // namespace ember
