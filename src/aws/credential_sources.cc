#include "aws/credential_sources.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "aws/endpoints.h"
#include "aws/instance_metadata.h"
#include "aws/uri.h"

namespace ember {
namespace {

SourceAnswer None(std::string why_not) { return {.why_not = std::move(why_not)}; }
SourceAnswer Found(AwsCredentials credentials, std::string source) {
  credentials.source = std::move(source);
  return {.credentials = std::move(credentials)};
}

std::string Member(const nlohmann::json& json, const char* name) {
  return json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : "";
}

// Keys of one profile of one file.
Result<SourceAnswer> KeysOf(const AwsSections& sections, const std::string& profile,
                            const std::string& path) {
  const auto section = sections.find(profile);
  if (section == sections.end()) return None(fmt::format("no profile \"{}\" in {}", profile, path));
  const auto setting = [&](const char* name) {
    const auto at = section->second.find(name);
    return at == section->second.end() ? std::string() : at->second;
  };
  AwsCredentials credentials = {.access_key_id = setting("aws_access_key_id"),
                                .secret_access_key = setting("aws_secret_access_key"),
                                .session_token = setting("aws_session_token")};
  if (credentials.access_key_id.empty()) {
    return None(fmt::format("no aws_access_key_id in profile \"{}\" of {}", profile, path));
  }
  if (credentials.secret_access_key.empty()) {
    return AwsConfigError(fmt::format(
        "profile \"{}\" of {} has aws_access_key_id without aws_secret_access_key", profile, path));
  }
  return Found(std::move(credentials), fmt::format("profile {} of {}", profile, path));
}

// Plain http only where nobody else listens: this machine and the link-local addresses of AWS.
bool MayAskPlainly(const std::string& host) {
  return host == "localhost" || host.starts_with("127.") || host == "::1" ||
         host == "169.254.170.2" || host == "169.254.170.23" || host == "fd00:ec2::23";
}

}  // namespace

std::optional<AwsCredentials> ParseCredentialsJson(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  AwsCredentials credentials = {.access_key_id = Member(json, "AccessKeyId"),
                                .secret_access_key = Member(json, "SecretAccessKey"),
                                .session_token = Member(json, "Token")};
  if (credentials.session_token.empty()) credentials.session_token = Member(json, "SessionToken");
  const std::string expiration = Member(json, "Expiration");
  if (!expiration.empty()) {
    const std::optional<int64_t> expires_us = ParseIsoTime(expiration);
    if (!expires_us) return std::nullopt;
    credentials.expires_us = *expires_us;
  }
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return std::nullopt;
  }
  return credentials;
}

Result<SourceAnswer> CredentialsFromEnvironment(CredentialWorld& world) {
  const std::optional<std::string> key = world.host.Variable("AWS_ACCESS_KEY_ID");
  const std::optional<std::string> secret = world.host.Variable("AWS_SECRET_ACCESS_KEY");
  if (!key && !secret) return None("AWS_ACCESS_KEY_ID is not set");
  if (!key || !secret) {
    return AwsConfigError(fmt::format("{} is set without {}",
                                      key ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY",
                                      key ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID"));
  }
  return Found({.access_key_id = *key,
                .secret_access_key = *secret,
                .session_token = world.host.Variable("AWS_SESSION_TOKEN").value_or("")},
               "environment");
}

Result<SourceAnswer> CredentialsFromSharedFile(CredentialWorld& world) {
  return KeysOf(world.config.credentials, world.config.profile, world.config.credentials_path);
}

Result<SourceAnswer> CredentialsFromConfigFile(CredentialWorld& world) {
  return KeysOf(world.config.config, world.config.profile, world.config.config_path);
}

Result<SourceAnswer> CredentialsFromProcess(CredentialWorld& world) {
  const std::optional<std::string> command = world.config.Setting("credential_process");
  if (!command) {
    return None(fmt::format("no credential_process in profile \"{}\"", world.config.profile));
  }
  const std::vector<std::string> words = SplitCommandLine(*command);
  // The command and what it writes may hold secrets: messages name the profile only.
  const std::string what =
      fmt::format("credential_process of profile \"{}\"", world.config.profile);
  Result<ProcessOutput> ran = world.host.Run(words, 60000, world.stop);
  if (!ran.ok()) {
    if (ran.error().condition == "OPERATION_CANCELLED") return std::move(ran).error();
    return AwsConfigError(what + " could not be run to its end: run it by hand to see why");
  }
  if (ran->exit_code != 0) {
    return AwsConfigError(
        fmt::format("{} ended with code {}: run it by hand to see why", what, ran->exit_code));
  }
  const nlohmann::json json = nlohmann::json::parse(ran->output, nullptr, false);
  const bool is_version_1 = json.is_object() && json.contains("Version") && json["Version"] == 1;
  std::optional<AwsCredentials> credentials = ParseCredentialsJson(ran->output);
  if (!is_version_1 || !credentials) {
    return AwsConfigError(what +
                          " did not write the JSON of Version 1 with AccessKeyId and "
                          "SecretAccessKey");
  }
  if (credentials->expires_us != 0 && credentials->expires_us <= world.host.NowUs()) {
    return AwsConfigError(what + " gave credentials that have expired");
  }
  return Found(*std::move(credentials), what);
}

Result<SourceAnswer> CredentialsFromContainer(CredentialWorld& world) {
  AwsHost& host = world.host;
  std::string url;
  if (auto relative = host.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")) {
    url = "http://169.254.170.2" + *relative;
  } else if (auto full = host.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
    url = *full;
  } else {
    return None("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and …_FULL_URI are not set");
  }
  ASSIGN_OR_RETURN(UriParts parts, ParseUri(url));
  if (parts.scheme == "http" && !MayAskPlainly(parts.host)) {
    return AwsConfigError(
        fmt::format("AWS_CONTAINER_CREDENTIALS_FULL_URI asks {} without TLS", parts.authority));
  }
  HttpRequest request = {.url = url,
                         .headers = {{"Accept", "application/json"}},
                         .max_body_bytes = 1 << 20,
                         .connect_timeout_ms = 2000,
                         .total_timeout_ms = 5000,
                         .proxy = HttpProxy::kNone,
                         .stop = world.stop};
  std::string token = host.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN").value_or("");
  if (auto file = host.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")) {
    Result<std::string> text = host.ReadFile(*file);  // anew each time: it is rotated
    if (!text.ok()) {
      return AwsConfigError("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read: " + *file);
    }
    token = *std::move(text);
    while (token.ends_with('\n') || token.ends_with('\r')) token.pop_back();
  }
  if (token.find_first_of("\r\n") != std::string::npos) {
    return AwsConfigError("the container's authorization token has more than one line");
  }
  if (!token.empty()) request.headers.push_back({"Authorization", token});
  std::string problem;
  for (int attempt = 1; attempt <= 3; ++attempt) {
    Result<HttpResponse> response = world.http.Send(request);
    if (!response.ok() && response.error().condition == "OPERATION_CANCELLED") {
      return std::move(response).error();
    }
    if (response.ok() && response->status == 200) {
      std::optional<AwsCredentials> credentials = ParseCredentialsJson(response->body);
      if (credentials) return Found(*std::move(credentials), "container");
      return AwsConfigError(parts.authority + " did not answer with credentials");
    }
    problem = response.ok() ? fmt::format("{} answers HTTP {}", parts.authority, response->status)
                            : response.error().message;
    if (response.ok() && response->status < 500) break;
    if (attempt < 3) RETURN_IF_ERROR(host.Sleep(attempt * int64_t{200}, world.stop));
  }
  return AwsConfigError("the container's credentials cannot be had: " + problem);
}

Result<SourceAnswer> CredentialsFromInstance(CredentialWorld& world) {
  InstanceMetadata metadata(world.http, world.host, world.config);
  const std::string folder = "/latest/meta-data/iam/security-credentials/";
  Result<std::string> roles = metadata.Get(folder, world.stop);
  if (!roles.ok()) {
    if (roles.error().condition == "OPERATION_CANCELLED") return std::move(roles).error();
    if (roles.error().condition == "PATH_NOT_FOUND") return None("the instance has no role");
    if (roles.error().condition != "EMBER_AWS.CONNECTION") return None(roles.error().message);
    return None("no answer: not an EC2 instance, or a container beyond the metadata hop limit");
  }
  const std::string role = roles->substr(0, roles->find('\n'));
  Result<std::string> text = metadata.Get(folder + UriEncode(role, UriSlash::kEncode), world.stop);
  if (!text.ok()) return std::move(text).error();
  std::optional<AwsCredentials> credentials = ParseCredentialsJson(*text);
  if (!credentials) return AwsConfigError(fmt::format("instance role \"{}\" gives no keys", role));
  return Found(*std::move(credentials), fmt::format("instance role {}", role));
}

std::span<const CredentialSourceRow> CredentialSources() {
  static constexpr auto kSources = std::to_array<CredentialSourceRow>({
      {"environment", CredentialsFromEnvironment},
      {"assume-role profile", CredentialsFromRole},
      {"web identity", CredentialsFromWebIdentity},
      {"SSO", CredentialsFromSso},
      {"shared credentials file", CredentialsFromSharedFile},
      {"credential_process", CredentialsFromProcess},
      {"config file", CredentialsFromConfigFile},
      {"container", CredentialsFromContainer},
      {"instance metadata", CredentialsFromInstance},
  });
  return kSources;
}

}  // namespace ember
