#include "aws/sts.h"

#include <fmt/format.h>

#include <pugixml.hpp>

#include "aws/service_call.h"
#include "aws/shared_config.h"

namespace ember {

Result<AwsCredentials> CallAssumeRole(HttpClient& http, AwsHost& host, const StsEndpoint& endpoint,
                                      const AssumeRole& role, AwsCredentialsProvider* source,
                                      const std::stop_token& stop) {
  const bool is_web = !role.web_identity_token.empty();
  const std::string action = is_web ? "AssumeRoleWithWebIdentity" : "AssumeRole";
  UriQuery form = {{"Action", action},
                   {"Version", "2011-06-15"},
                   {"RoleArn", role.role_arn},
                   {"RoleSessionName", role.session_name}};
  if (is_web) form.emplace_back("WebIdentityToken", role.web_identity_token);
  if (!role.external_id.empty()) form.emplace_back("ExternalId", role.external_id);
  if (!role.duration_seconds.empty()) form.emplace_back("DurationSeconds", role.duration_seconds);
  ASSIGN_OR_RETURN(UriParts parts, ParseUri(endpoint.url));
  ServiceCall call;
  call.operation = fmt::format("{} of {}", action, role.role_arn);
  call.method = "POST";
  call.endpoint = parts.scheme + "://" + parts.authority;
  call.path = parts.path;
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  call.body = UriQueryText(form);
  call.scope = {.region = endpoint.region, .service = "sts"};
  call.total_timeout_ms = 30000;
  call.stop = stop;
  ServiceCaller caller(http, host, is_web ? nullptr : source, RetryPolicy{});
  ASSIGN_OR_RETURN(ServiceAnswer answer, caller.Call(call));
  pugi::xml_document document;
  const std::string& body = answer.response.body;
  const bool is_xml = static_cast<bool>(document.load_buffer(body.data(), body.size()));
  const pugi::xml_node node =
      document.document_element().child((action + "Result").c_str()).child("Credentials");
  AwsCredentials credentials;
  credentials.access_key_id = node.child_value("AccessKeyId");
  credentials.secret_access_key = node.child_value("SecretAccessKey");
  credentials.session_token = node.child_value("SessionToken");
  credentials.expires_us = ParseIsoTime(node.child_value("Expiration")).value_or(0);
  credentials.source = fmt::format("role {}", role.role_arn);
  if (!is_xml || credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return AwsConfigError(
        fmt::format("{} did not answer {} with credentials", parts.authority, action));
  }
  return credentials;
}

}  // namespace ember
