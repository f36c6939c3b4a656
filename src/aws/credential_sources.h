#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "aws/credentials.h"
#include "aws/host.h"
#include "aws/http.h"
#include "aws/shared_config.h"

namespace ember {

/// What the sources may ask. All is borrowed.
struct CredentialWorld {
  AwsHost& host;
  HttpClient& http;
  const AwsSharedConfig& config;
  std::stop_token stop;
};

/// Credentials, or why this source has none: then the next is asked. An error means that the source
/// is set up but broken: it ends the search, so that nobody works under another identity than they
/// set up.
struct SourceAnswer {
  std::optional<AwsCredentials> credentials;
  std::string why_not;
};

struct CredentialSourceRow {
  std::string_view name;
  Result<SourceAnswer> (*ask)(CredentialWorld& world);
};
/// The sources in the order of AWS's tools.
std::span<const CredentialSourceRow> CredentialSources();

Result<SourceAnswer> CredentialsFromEnvironment(CredentialWorld& world);
Result<SourceAnswer> CredentialsFromRole(CredentialWorld& world);
Result<SourceAnswer> CredentialsFromWebIdentity(CredentialWorld& world);
Result<SourceAnswer> CredentialsFromSso(CredentialWorld& world);
Result<SourceAnswer> CredentialsFromSharedFile(CredentialWorld& world);
Result<SourceAnswer> CredentialsFromProcess(CredentialWorld& world);
Result<SourceAnswer> CredentialsFromConfigFile(CredentialWorld& world);
Result<SourceAnswer> CredentialsFromContainer(CredentialWorld& world);
Result<SourceAnswer> CredentialsFromInstance(CredentialWorld& world);

/// Credentials in the JSON of containers and instances ("AccessKeyId", "SecretAccessKey", "Token",
/// "Expiration") or of processes ("SessionToken"); nothing when it is not that.
std::optional<AwsCredentials> ParseCredentialsJson(const std::string& text);

}  // namespace ember
