#include "aws/service_call.h"

#include <fmt/format.h>
#include <time.h>

#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "aws/digest.h"

namespace ember {
namespace {

struct AdviceRow {
  std::string_view code;
  std::string_view advice;
};

// What a person can do about a code.
constexpr auto kAdvice = std::to_array<AdviceRow>({
    {"AccessDenied",
     "The credentials (<source>) may not do this: check their policy, the bucket's "
     "policy and the key of its encryption"},
    {"AccessDeniedException", "The credentials (<source>) may not do this: check their policy"},
    {"AuthorizationHeaderMalformed",
     "Set the region of the bucket: AWS_REGION, the profile's region "
     "or fs.s3a.endpoint.region"},
    {"BadRequest", "Check the endpoint; one with TLS needs https:// in its address"},
    {"ExpiredToken", "Renew the session behind the credentials (<source>)"},
    {"InvalidAccessKeyId",
     "The access key (<source>) is not known at this endpoint: check keys and "
     "endpoint"},
    {"InvalidToken", "The session token (<source>) does not belong to the access key"},
    {"NoSuchBucket", "Check the name of the bucket, the endpoint and the account"},
    {"PermanentRedirect",
     "The bucket is in another region: set AWS_REGION or fs.s3a.endpoint.region"},
    {"RequestTimeTooSkewed", "Set this machine's clock"},
    {"SignatureDoesNotMatch", "The secret key (<source>) is wrong, or a proxy changes requests"},
    {"SlowDown", "Use fewer parallel requests, or try again later"},
});

// "Advice" or "" for a code, with the source of the credentials filled in.
std::string AdviceFor(std::string_view code, const std::string& source) {
  for (const AdviceRow& row : kAdvice) {
    if (row.code != code) continue;
    std::string text(row.advice);
    const size_t at = text.find("<source>");
    if (at != text.npos) text.replace(at, 8, source.empty() ? "none" : source);
    return ". " + text + ".";
  }
  return {};
}

ServiceFault ParseXmlFault(const std::string& body) {
  ServiceFault fault;
  pugi::xml_document document;
  if (!document.load_buffer(body.data(), body.size())) return fault;
  // S3: <Error>; query services: <ErrorResponse><Error>…</Error><RequestId/>.
  const pugi::xml_node root = document.document_element();
  const pugi::xml_node error =
      std::string_view(root.name()) == "Error" ? root : root.child("Error");
  fault.code = error.child_value("Code");
  fault.message = error.child_value("Message");
  fault.region = error.child_value("Region");
  fault.endpoint = error.child_value("Endpoint");
  fault.request_id = error.child_value("RequestId");
  if (fault.request_id.empty()) fault.request_id = root.child_value("RequestId");
  return fault;
}

ServiceFault ParseJsonFault(const std::string& body) {
  ServiceFault fault;
  const nlohmann::json json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object()) return fault;
  for (const char* name : {"__type", "code", "Code"}) {
    if (fault.code.empty() && json.contains(name) && json[name].is_string())
      fault.code = json[name];
  }
  // "com.amazonaws.x#Name" and "Name:uri" are both "Name".
  fault.code = fault.code.substr(0, fault.code.find(':'));
  fault.code = fault.code.substr(fault.code.find('#') + 1);
  for (const char* name : {"message", "Message"}) {
    if (fault.message.empty() && json.contains(name) && json[name].is_string()) {
      fault.message = json[name];
    }
  }
  return fault;
}

// What an answer without a body means; HEAD never has one.
std::string_view CodeOfStatus(int status) {
  switch (status) {
    case 301:
    case 307:
      return "PermanentRedirect";
    case 400:
      return "BadRequest";
    case 403:
      return "AccessDenied";
    case 404:
      return "NotFound";
    case 412:
      return "PreconditionFailed";
    case 416:
      return "InvalidRange";
    default:
      return "HttpStatus";
  }
}

bool IsErrorDocument(const std::string& body) {
  pugi::xml_document document;
  return document.load_buffer(body.data(), body.size()) &&
         std::string_view(document.document_element().name()) == "Error";
}

// How far the server's clock is ahead of ours, by the answer's Date header.
int64_t ClockOffsetUs(const HttpResponse& response, int64_t now_us) {
  const std::string* date = FindHttpHeader(response.headers, "Date");
  struct tm parts{};
  if (date == nullptr || strptime(date->c_str(), "%a, %d %b %Y %H:%M:%S", &parts) == nullptr) {
    return 0;
  }
  return int64_t{timegm(&parts)} * 1000000 - now_us;
}

Error ServiceError(const ServiceCall& call, const HttpResponse& response, const ServiceFault& fault,
                   const std::string& source, bool was_unclear) {
  return MakeError("EMBER_AWS.SERVICE",
                   {{"operation", call.operation},
                    {"code", fault.code},
                    {"httpStatus", fmt::format("{}", response.status)},
                    {"serviceMessage", fault.message.empty() ? "no message" : fault.message},
                    {"requestId", fault.request_id},
                    {"region", fault.region},
                    {"unclear", was_unclear ? "true" : "false"},
                    {"advice", AdviceFor(fault.code, source)}});
}

Result<std::string> PayloadHash(const ServiceCall& call) {
  // Over TLS the connection guards the bytes; without it the signature has to.
  if (!call.file) return HexText(DigestBytes(Sha256(call.body)));
  if (call.endpoint.starts_with("https://")) return std::string(kUnsignedPayload);
  ASSIGN_OR_RETURN(Sha256Digest digest,
                   Sha256OfFile(call.file->path, call.file->offset, call.file->size));
  return HexText(DigestBytes(digest));
}

}  // namespace

ServiceFault ParseServiceFault(const HttpResponse& response) {
  const size_t start = response.body.find_first_not_of(" \t\r\n");
  ServiceFault fault;
  if (start != std::string::npos && response.body[start] == '<') {
    fault = ParseXmlFault(response.body);
  } else if (start != std::string::npos && response.body[start] == '{') {
    fault = ParseJsonFault(response.body);
  }
  if (fault.code.empty()) fault.code = CodeOfStatus(response.status);
  const auto header = [&](const char* name) {
    const std::string* value = FindHttpHeader(response.headers, name);
    return value == nullptr ? std::string() : *value;
  };
  if (fault.request_id.empty()) fault.request_id = header("x-amz-request-id");
  if (fault.region.empty()) fault.region = header("x-amz-bucket-region");
  return fault;
}

Result<HttpRequest> ServiceCaller::Prepare(const ServiceCall& call, const std::string& payload_hash,
                                           int64_t clock_offset_us, size_t& taken) {
  HttpRequest request;
  request.method = call.method;
  request.url = call.endpoint + call.path;
  if (!call.query.empty()) request.url += "?" + UriQueryText(call.query);
  request.headers = call.headers;
  request.body = call.body;
  request.file = call.file;
  request.total_timeout_ms = call.total_timeout_ms;
  request.stop = call.stop;
  if (call.sink) {
    request.sink = [&call, &taken](std::string_view piece) {
      taken += piece.size();
      return call.sink(piece);
    };
  }
  if (credentials_ == nullptr) return request;
  ASSIGN_OR_RETURN(AwsCredentials credentials, credentials_->Get(call.stop));
  if (credentials.is_anonymous) return request;
  ASSIGN_OR_RETURN(UriParts parts, ParseUri(call.endpoint));
  SignableRequest signable = {.method = call.method,
                              .path = call.path,
                              .query = call.query,
                              .headers = call.headers,
                              .payload_hash = payload_hash};
  signable.headers.push_back({"Host", parts.authority});
  SigningScope scope = call.scope;
  scope.time_us = host_.NowUs() + clock_offset_us;
  for (HttpHeader& header : SignRequest(signable, credentials, scope).headers) {
    request.headers.push_back(std::move(header));
  }
  return request;
}

Result<ServiceAnswer> ServiceCaller::Call(const ServiceCall& call) {
  ASSIGN_OR_RETURN(const std::string payload_hash, PayloadHash(call));
  bool was_unclear = false;
  bool has_new_credentials = false;
  int64_t clock_offset_us = 0;
  for (int attempt = 1;; ++attempt) {
    size_t taken = 0;
    ASSIGN_OR_RETURN(HttpRequest request, Prepare(call, payload_hash, clock_offset_us, taken));
    Result<HttpResponse> sent = http_.Send(request);
    Error error;
    RetryKind kind = RetryKind::kFinal;
    std::vector<HttpHeader> answer_headers;
    if (sent.ok()) {
      answer_headers = sent->headers;
      const bool is_fault = sent->status >= 400 || sent->status == 301 || sent->status == 307 ||
                            (sent->status == 200 && call.fault_in_200 == FaultIn200::kPossible &&
                             IsErrorDocument(sent->body));
      if (!is_fault) return ServiceAnswer{*std::move(sent), was_unclear};
      const ServiceFault fault = ParseServiceFault(*sent);
      std::string source;
      if (credentials_ != nullptr) {
        Result<AwsCredentials> used = credentials_->Get(call.stop);
        if (used.ok()) source = used->source;
      }
      // A fault within a 200 has no status of its own.
      kind = ClassifyAnswer(sent->status == 200 ? 500 : sent->status, fault.code);
      error = ServiceError(call, *sent, fault, source, was_unclear);
      was_unclear = was_unclear || sent->status >= 500 || sent->status == 200;
      if (kind == RetryKind::kWrongClock) {
        // Once: the second time the clock is not what is wrong.
        if (clock_offset_us != 0) kind = RetryKind::kFinal;
        clock_offset_us = ClockOffsetUs(*sent, host_.NowUs());
      }
    } else {
      error = std::move(sent).error();
      kind = ClassifyFailure(error);
      was_unclear = was_unclear || MayHaveActed(error);
    }
    if (kind == RetryKind::kExpiredCredentials) {
      if (has_new_credentials || credentials_ == nullptr) return error;
      has_new_credentials = true;
      credentials_->Forget();
    }
    const bool can_restart = !call.sink || taken == 0 || call.restart;
    const bool is_final = kind == RetryKind::kFinal || (!call.is_repeatable && was_unclear);
    if (is_final || attempt >= policy_.max_attempts || !can_restart) {
      return attempt == 1 ? error
                          : WithContext(std::move(error), fmt::format("after {} tries", attempt));
    }
    RETURN_IF_ERROR(host_.Sleep(
        RetryDelayMs(policy_, kind, attempt, host_.Random(), answer_headers), call.stop));
    if (call.restart) RETURN_IF_ERROR(call.restart());
  }
}

std::string ServiceCodeOf(const Error& error) {
  if (error.condition != "EMBER_AWS.SERVICE") return {};
  const auto at = error.parameters.find("code");
  return at == error.parameters.end() ? "" : at->second;
}

bool MayHaveActed(const Error& error) {
  if (error.condition == "EMBER_AWS.CONNECTION") {
    const auto kind = error.parameters.find("kind");
    return kind != error.parameters.end() &&
           (kind->second == "TIMEOUT" || kind->second == "BROKEN");
  }
  const auto earlier = error.parameters.find("unclear");
  return ServiceStatusOf(error) >= 500 ||
         (earlier != error.parameters.end() && earlier->second == "true");
}

int ServiceStatusOf(const Error& error) {
  if (error.condition != "EMBER_AWS.SERVICE") return 0;
  const auto at = error.parameters.find("httpStatus");
  return at == error.parameters.end() ? 0 : std::atoi(at->second.c_str());
}

}  // namespace ember
