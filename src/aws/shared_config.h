#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "aws/host.h"
#include "base/result.h"

namespace ember {

/// A section of AWS's shared files. Settings below a setting have the name "outer.inner".
using AwsSection = std::map<std::string, std::string>;
/// Sections by their whole name: "default", "profile x", "services y", "sso-session z".
using AwsSections = std::map<std::string, AwsSection>;

/// Reads the form of ~/.aws/config and ~/.aws/credentials; what is no setting is left out, as the
/// AWS tools do.
AwsSections ParseAwsSections(std::string_view text);

/// The two shared files of one user, and the profile that counts.
struct AwsSharedConfig {
  std::string config_path;
  std::string credentials_path;
  AwsSections config;       // profiles by their bare name; other sections by their whole name
  AwsSections credentials;  // profiles by name
  std::string profile = "default";

  /// The settings of a profile: those of the credentials file count over those of the other.
  /// Nothing when neither file has it.
  std::optional<AwsSection> Profile(const std::string& name) const;
  /// A setting of the profile that counts.
  std::optional<std::string> Setting(const std::string& name) const;
  /// A setting of a service ("s3", "endpoint_url") from the profile's services section.
  std::optional<std::string> ServiceSetting(const std::string& service,
                                            const std::string& name) const;
};

/// AWS_PROFILE, AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE count. EMBER_AWS.INVALID_CONFIG for
/// a profile that is asked for and not there. `profile` not empty: in place of AWS_PROFILE.
Result<AwsSharedConfig> LoadAwsSharedConfig(AwsHost& host, const std::string& profile = "");

Error AwsConfigError(std::string what);

}  // namespace ember
