// The sources that exchange one proof for another: assumed roles, web identities, SSO.

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "aws/credential_sources.h"
#include "aws/digest.h"
#include "aws/endpoints.h"
#include "aws/sts.h"
#include "aws/uri.h"

namespace ember {
namespace {

std::string Setting(const AwsSection& section, const char* name) {
  const auto at = section.find(name);
  return at == section.end() ? std::string() : at->second;
}

// The session's name that others see in their logs.
std::string SessionName(CredentialWorld& world, std::string given) {
  if (given.empty()) given = world.host.Variable("AWS_ROLE_SESSION_NAME").value_or("");
  if (given.empty()) given = fmt::format("ember-{}", world.host.NowUs() / 1000000);
  return given;
}

Result<AwsCredentials> AssumeWithToken(CredentialWorld& world, AssumeRole role,
                                       const std::string& token_file) {
  Result<std::string> token = world.host.ReadFile(token_file);  // anew each time: it is rotated
  if (!token.ok()) return AwsConfigError("the web identity token cannot be read: " + token_file);
  role.web_identity_token = *std::move(token);
  while (role.web_identity_token.ends_with('\n')) role.web_identity_token.pop_back();
  if (role.web_identity_token.empty()) {
    return AwsConfigError("the web identity token is empty: " + token_file);
  }
  return CallAssumeRole(world.http, world.host, ResolveStsEndpoint(world.host, world.config), role,
                        nullptr, world.stop);
}

bool HasRole(const AwsSection& section) {
  return !Setting(section, "role_arn").empty() &&
         Setting(section, "web_identity_token_file").empty() &&
         (!Setting(section, "source_profile").empty() ||
          !Setting(section, "credential_source").empty());
}

Result<AwsCredentials> FromCredentialSource(CredentialWorld& world, const std::string& profile,
                                            const std::string& name) {
  Result<SourceAnswer> answer = SourceAnswer{};
  if (name == "Environment") {
    answer = CredentialsFromEnvironment(world);
  } else if (name == "Ec2InstanceMetadata") {
    answer = CredentialsFromInstance(world);
  } else if (name == "EcsContainer") {
    answer = CredentialsFromContainer(world);
  } else {
    return AwsConfigError(fmt::format(
        "profile \"{}\": credential_source is \"{}\", not Environment, Ec2InstanceMetadata or "
        "EcsContainer",
        profile, name));
  }
  if (!answer.ok()) return std::move(answer).error();
  if (answer->credentials) return *answer->credentials;
  return AwsConfigError(fmt::format("profile \"{}\": credential_source {} has no credentials: {}",
                                    profile, name, answer->why_not));
}

Result<AwsCredentials> FromProfile(CredentialWorld& world, const std::string& profile,
                                   std::set<std::string>& visited);

// What a source profile offers but for roles: tokens and keys.
Result<AwsCredentials> FromPlainProfile(CredentialWorld& world, const std::string& profile) {
  AwsSharedConfig config = world.config;
  config.profile = profile;
  CredentialWorld inner = {world.host, world.http, config, world.stop};
  for (const auto ask : {CredentialsFromWebIdentity, CredentialsFromSso, CredentialsFromSharedFile,
                         CredentialsFromProcess, CredentialsFromConfigFile}) {
    ASSIGN_OR_RETURN(SourceAnswer answer, ask(inner));
    if (answer.credentials) return *std::move(answer.credentials);
  }
  return AwsConfigError(fmt::format("source profile \"{}\" has no credentials", profile));
}

Result<AwsCredentials> AssumeProfileRole(CredentialWorld& world, const std::string& profile,
                                         const AwsSection& section,
                                         std::set<std::string>& visited) {
  if (!Setting(section, "mfa_serial").empty()) {
    return Unsupported(
        fmt::format("mfa_serial (AWS profile \"{}\"): get a session by other means "
                    "and set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and "
                    "AWS_SESSION_TOKEN",
                    profile));
  }
  const std::string source_profile = Setting(section, "source_profile");
  const std::string credential_source = Setting(section, "credential_source");
  if (!source_profile.empty() && !credential_source.empty()) {
    return AwsConfigError(
        fmt::format("profile \"{}\" has both source_profile and credential_source", profile));
  }
  // A profile may name itself: then its own keys ask for the role.
  Result<AwsCredentials> source =
      credential_source.empty()
          ? (source_profile == profile ? FromPlainProfile(world, profile)
                                       : FromProfile(world, source_profile, visited))
          : FromCredentialSource(world, profile, credential_source);
  if (!source.ok()) return std::move(source).error();
  const AssumeRole role = {
      .role_arn = Setting(section, "role_arn"),
      .session_name = SessionName(world, Setting(section, "role_session_name")),
      .external_id = Setting(section, "external_id"),
      .duration_seconds = Setting(section, "duration_seconds")};
  const auto provider = MakeStaticCredentials(*std::move(source));
  return CallAssumeRole(world.http, world.host, ResolveStsEndpoint(world.host, world.config), role,
                        provider.get(), world.stop);
}

Result<AwsCredentials> FromProfile(CredentialWorld& world, const std::string& profile,
                                   std::set<std::string>& visited) {
  if (!visited.insert(profile).second) {
    return AwsConfigError(
        fmt::format("profile \"{}\" is its own source_profile by a circle", profile));
  }
  const std::optional<AwsSection> section = world.config.Profile(profile);
  if (!section) {
    return AwsConfigError(fmt::format("source_profile \"{}\" is not there", profile));
  }
  if (HasRole(*section)) return AssumeProfileRole(world, profile, *section, visited);
  return FromPlainProfile(world, profile);
}

// Text of a member; empty when it is not there or no text.
std::string TextMember(const nlohmann::json& json, const char* name) {
  if (!json.is_object() || !json.contains(name) || !json[name].is_string()) return {};
  return json[name].get<std::string>();
}

struct SsoSettings {
  std::string token_name;  // what the cached token's file is named by
  std::string region;
  std::string account;
  std::string role;
};

}  // namespace

Result<SourceAnswer> CredentialsFromRole(CredentialWorld& world) {
  const std::string& profile = world.config.profile;
  const std::optional<AwsSection> section = world.config.Profile(profile);
  if (!section || !HasRole(*section)) {
    return SourceAnswer{
        .why_not = fmt::format(
            "no role_arn with source_profile or credential_source in profile \"{}\"", profile)};
  }
  std::set<std::string> visited = {profile};
  ASSIGN_OR_RETURN(AwsCredentials credentials,
                   AssumeProfileRole(world, profile, *section, visited));
  return SourceAnswer{.credentials = std::move(credentials)};
}

Result<SourceAnswer> CredentialsFromWebIdentity(CredentialWorld& world) {
  const auto pick = [&](const char* variable, const char* setting) {
    std::optional<std::string> value = world.host.Variable(variable);
    return value ? *value : world.config.Setting(setting).value_or("");
  };
  const std::string file = pick("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
  if (file.empty()) return SourceAnswer{.why_not = "AWS_WEB_IDENTITY_TOKEN_FILE is not set"};
  AssumeRole role = {.role_arn = pick("AWS_ROLE_ARN", "role_arn")};
  if (role.role_arn.empty()) {
    return AwsConfigError("AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN");
  }
  role.session_name = SessionName(world, world.config.Setting("role_session_name").value_or(""));
  ASSIGN_OR_RETURN(AwsCredentials credentials, AssumeWithToken(world, std::move(role), file));
  return SourceAnswer{.credentials = std::move(credentials)};
}

Result<SourceAnswer> CredentialsFromSso(CredentialWorld& world) {
  const AwsSharedConfig& config = world.config;
  const std::optional<std::string> session = config.Setting("sso_session");
  const std::optional<std::string> start_url = config.Setting("sso_start_url");
  if (!session && !start_url) {
    return SourceAnswer{.why_not = fmt::format("no sso_session in profile \"{}\"", config.profile)};
  }
  SsoSettings sso = {.token_name = session ? *session : *start_url,
                     .region = config.Setting("sso_region").value_or(""),
                     .account = config.Setting("sso_account_id").value_or(""),
                     .role = config.Setting("sso_role_name").value_or("")};
  if (session) {
    const auto section = config.config.find("sso-session " + *session);
    if (section != config.config.end()) sso.region = Setting(section->second, "sso_region");
  }
  if (sso.region.empty() || sso.account.empty() || sso.role.empty()) {
    return AwsConfigError(fmt::format(
        "profile \"{}\" needs sso_region, sso_account_id and sso_role_name", config.profile));
  }
  const std::string cache = world.host.Variable("HOME").value_or("") + "/.aws/sso/cache/" +
                            Sha1Hex(sso.token_name) + ".json";
  Result<std::string> text = world.host.ReadFile(cache);
  const nlohmann::json json = nlohmann::json::parse(text.ok() ? *text : "", nullptr, false);
  const std::string token = TextMember(json, "accessToken");
  const std::string expires = TextMember(json, "expiresAt");
  if (token.empty() || ParseIsoTime(expires).value_or(0) <= world.host.NowUs()) {
    return Unsupported(
        fmt::format("signing in to SSO; run `aws sso login --profile {}` first", config.profile));
  }
  std::string endpoint = fmt::format("https://portal.sso.{}.{}", sso.region, AwsDomain(sso.region));
  if (auto given = ConfiguredAwsEndpoint(world.host, config, "sso")) endpoint = *given;
  const UriQuery query = {{"role_name", sso.role}, {"account_id", sso.account}};
  ASSIGN_OR_RETURN(
      HttpResponse response,
      world.http.Send({.url = endpoint + "/federation/credentials?" + UriQueryText(query),
                       .headers = {{"x-amz-sso_bearer_token", token}},
                       .max_body_bytes = 1 << 20,
                       .total_timeout_ms = 30000,
                       .stop = world.stop}));
  const nlohmann::json answer = nlohmann::json::parse(response.body, nullptr, false);
  const nlohmann::json keys = answer.is_object() && answer.contains("roleCredentials")
                                  ? answer["roleCredentials"]
                                  : nlohmann::json();
  AwsCredentials credentials = {.access_key_id = TextMember(keys, "accessKeyId"),
                                .secret_access_key = TextMember(keys, "secretAccessKey"),
                                .session_token = TextMember(keys, "sessionToken"),
                                .source = fmt::format("SSO role {}", sso.role)};
  if (response.status != 200 || credentials.access_key_id.empty() ||
      credentials.secret_access_key.empty()) {
    return AwsConfigError(
        fmt::format("SSO gives no credentials of role \"{}\" (HTTP {}): run `aws "
                    "sso login --profile {}`",
                    sso.role, response.status, config.profile));
  }
  if (keys.contains("expiration") && keys["expiration"].is_number_integer()) {
    credentials.expires_us = keys["expiration"].get<int64_t>() * 1000;  // in milliseconds
  }
  return SourceAnswer{.credentials = std::move(credentials)};
}

}  // namespace ember
