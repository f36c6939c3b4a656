#include "emulator/s3_buckets.h"

#include <fmt/format.h>

#include "aws/service_call.h"

namespace ember {

S3Buckets::S3Buckets(HttpClient& http, AwsHost& host, AwsCredentials credentials,
                     std::string endpoint, std::string region)
    : http_(http),
      host_(host),
      credentials_(MakeStaticCredentials(std::move(credentials))),
      endpoint_(std::move(endpoint)),
      region_(std::move(region)) {}

Result<int> S3Buckets::Send(const std::string& method, const std::string& name,
                            const std::string& body) {
  ServiceCall call;
  call.operation = fmt::format("{} s3://{}", method, name);
  call.method = method;
  call.endpoint = endpoint_;
  call.path = "/" + name;
  call.body = body;
  call.scope = S3SigningScope(region_, 0);
  ServiceCaller caller(http_, host_, credentials_.get(), RetryPolicy{});
  ASSIGN_OR_RETURN(const ServiceAnswer answer, caller.Call(call));
  return answer.response.status;
}

// Making a bucket again is no error in us-east-1: whether it is there has to be asked.
Result<bool> S3Buckets::Make(const std::string& name) {
  const Result<int> there = Send("HEAD", name, "");
  if (there.ok()) return false;
  constexpr int kNotFound = 404;
  if (ServiceStatusOf(there.error()) != kNotFound) return there.error();
  const std::string body =
      region_ == "us-east-1"
          ? ""
          : fmt::format(
                "<CreateBucketConfiguration><LocationConstraint>{}</LocationConstraint>"
                "</CreateBucketConfiguration>",
                region_);
  const Result<int> made = Send("PUT", name, body);
  if (!made.ok()) return made.error();
  return true;
}

Status S3Buckets::Delete(const std::string& name) {
  const Result<int> deleted = Send("DELETE", name, "");
  if (deleted.ok() || ServiceCodeOf(deleted.error()) == "NoSuchBucket") return {};
  return deleted.error();
}

}  // namespace ember
