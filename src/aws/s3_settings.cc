#include "aws/s3_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "aws/credential_chain.h"
#include "aws/endpoints.h"
#include "aws/uri.h"

namespace ember {
namespace {

/// Settings of S3A that change what is stored or who is asked: without them the work would be
/// another.
struct UnsupportedSettingRow {
  std::string_view name;      // after "fs.s3a."
  std::string_view harmless;  // the one value besides "" that means nothing
};
constexpr auto kUnsupportedSettings = std::to_array<UnsupportedSettingRow>({
    {"accesspoint.arn", ""},
    {"assumed.role.arn", ""},
    {"encryption.context", ""},
    {"endpoint.fips", "false"},
    {"proxy.host", ""},
    {"requester.pays.enabled", "false"},
    {"security.credential.provider.path", ""},
});

/// S3A's names of server-side encryption (S3AEncryptionMethods). With any other (SSE-C, CSE-KMS,
/// CSE-CUSTOM) reading would need the key as well.
struct EncryptionRow {
  std::string_view hadoop_name;
  std::string_view algorithm;
  bool has_key;
};
constexpr auto kEncryptions = std::to_array<EncryptionRow>({
    {"AES256", "AES256", false},
    {"SSE-KMS", "aws:kms", true},
    {"DSSE-KMS", "aws:kms:dsse", true},
});

// Which source a provider class of Hadoop or of AWS's SDKs stands for; several: asked in that
// order.
enum class ProviderKind { kKeys, kSessionKeys, kAnonymous, kSource, kProfile, kIam, kChain };
struct ProviderRow {
  std::string_view class_name;
  ProviderKind kind;
  std::string_view source;  // kSource: a name of CredentialSources()
};
constexpr auto kProviders = std::to_array<ProviderRow>({
    {"org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider", ProviderKind::kKeys, ""},
    {"org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider", ProviderKind::kSessionKeys, ""},
    {"org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider", ProviderKind::kAnonymous, ""},
    {"org.apache.hadoop.fs.s3a.auth.IAMInstanceCredentialsProvider", ProviderKind::kIam, ""},
    {"org.apache.hadoop.fs.s3a.auth.ProfileAWSCredentialsProvider", ProviderKind::kProfile, ""},
    {"com.amazonaws.auth.AnonymousAWSCredentials", ProviderKind::kAnonymous, ""},
    {"com.amazonaws.auth.DefaultAWSCredentialsProviderChain", ProviderKind::kChain, ""},
    {"com.amazonaws.auth.EC2ContainerCredentialsProviderWrapper", ProviderKind::kIam, ""},
    {"com.amazonaws.auth.EnvironmentVariableCredentialsProvider", ProviderKind::kSource,
     "environment"},
    {"com.amazonaws.auth.InstanceProfileCredentialsProvider", ProviderKind::kSource,
     "instance metadata"},
    {"com.amazonaws.auth.WebIdentityTokenCredentialsProvider", ProviderKind::kSource,
     "web identity"},
    {"com.amazonaws.auth.profile.ProfileCredentialsProvider", ProviderKind::kProfile, ""},
    {"software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider",
     ProviderKind::kAnonymous, ""},
    {"software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider", ProviderKind::kSource,
     "container"},
    {"software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider", ProviderKind::kChain,
     ""},
    {"software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider",
     ProviderKind::kSource, "environment"},
    {"software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider",
     ProviderKind::kSource, "instance metadata"},
    {"software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider", ProviderKind::kProfile,
     ""},
    {"software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider",
     ProviderKind::kSource, "web identity"},
});

// The sources that a profile of the shared files may hold.
constexpr auto kProfileSources = std::to_array<std::string_view>(
    {"assume-role profile", "SSO", "shared credentials file", "credential_process", "config file"});

const ProviderRow* FindProvider(std::string_view class_name) {
  for (const ProviderRow& row : kProviders) {
    if (row.class_name == class_name) return &row;
  }
  return nullptr;
}

/// Looks names up as Hadoop does for one bucket.
class HadoopSettings {
 public:
  HadoopSettings(const std::map<std::string, std::string>& session, const std::string& bucket)
      : session_(session), bucket_(bucket) {}

  std::string Get(std::string_view name) const {
    for (const std::string& scope : {"fs.s3a.bucket." + bucket_ + ".", std::string("fs.s3a.")}) {
      for (const char* prefix : {"", "spark.hadoop."}) {
        const auto at = session_.find(prefix + scope + std::string(name));
        if (at != session_.end() && !Trim(at->second).empty()) return Trim(at->second);
      }
    }
    return {};
  }

  static std::string Trim(const std::string& text) {
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  }

 private:
  const std::map<std::string, std::string>& session_;
  const std::string& bucket_;
};

std::string LowerText(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return text;
}

Result<std::optional<bool>> BooleanSetting(const HadoopSettings& hadoop, std::string_view name) {
  const std::string value = LowerText(hadoop.Get(name));
  if (value.empty()) return std::optional<bool>();
  if (value == "true") return std::optional<bool>(true);
  if (value == "false") return std::optional<bool>(false);
  return AwsConfigError(fmt::format("fs.s3a.{} is neither true nor false", name));
}

std::vector<std::string> SplitNames(const std::string& text) {
  std::vector<std::string> names;
  size_t start = 0;
  while (start < text.size()) {
    const size_t end = std::min(text.find_first_of(", \t\r\n", start), text.size());
    if (end > start) names.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return names;
}

// "eu-west-1" of "s3.eu-west-1.amazonaws.com".
std::string RegionOfHost(std::string_view host) {
  if (!host.starts_with("s3.") && !host.starts_with("s3-")) return {};
  std::string_view rest = host.substr(3);
  const size_t dot = rest.find(".amazonaws.");
  if (dot == rest.npos) return {};
  rest = rest.substr(0, dot);
  if (rest.starts_with("dualstack.")) rest.remove_prefix(10);
  return std::string(rest);
}

bool IsAwsHost(std::string_view host) {
  return host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn") ||
         host.ends_with(".amazonaws.eu");
}

// A bucket's name in a host name: lower case, and no dot, which AWS's certificate does not cover.
bool IsHostName(const std::string& bucket) {
  return bucket.size() >= 3 && bucket.size() <= 63 &&
         bucket.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

Status ResolveEndpoint(const HadoopSettings& hadoop, AwsHost& host, const AwsSharedConfig& shared,
                       S3Settings& settings) {
  settings.endpoint = hadoop.Get("endpoint");
  if (settings.endpoint.empty()) {
    settings.endpoint = ConfiguredAwsEndpoint(host, shared, "s3").value_or("");
  }
  if (settings.endpoint.empty()) return {};
  ASSIGN_OR_RETURN(std::optional<bool> has_tls, BooleanSetting(hadoop, "connection.ssl.enabled"));
  if (settings.endpoint.find("://") == std::string::npos) {
    settings.endpoint = (has_tls.value_or(true) ? "https://" : "http://") + settings.endpoint;
  }
  while (settings.endpoint.ends_with('/')) settings.endpoint.pop_back();
  ASSIGN_OR_RETURN(UriParts parts, ParseUri(settings.endpoint));
  settings.is_aws = IsAwsHost(parts.host);
  if (settings.region.empty()) settings.region = RegionOfHost(parts.host);
  // The global name stands for whatever the region's own is.
  if (parts.host == "s3.amazonaws.com") settings.endpoint.clear();
  return {};
}

Status ResolveKeys(const HadoopSettings& hadoop, S3Settings& settings) {
  settings.access_key = hadoop.Get("access.key");
  settings.secret_key = hadoop.Get("secret.key");
  settings.session_token = hadoop.Get("session.token");
  if (settings.access_key.empty() != settings.secret_key.empty()) {
    return AwsConfigError(fmt::format("fs.s3a.{} is set without fs.s3a.{}",
                                      settings.access_key.empty() ? "secret.key" : "access.key",
                                      settings.access_key.empty() ? "access.key" : "secret.key"));
  }
  settings.providers = SplitNames(hadoop.Get("aws.credentials.provider"));
  for (const std::string& name : settings.providers) {
    if (FindProvider(name) == nullptr) {
      return Unsupported("the provider \"" + name + "\" of fs.s3a.aws.credentials.provider");
    }
  }
  return {};
}

Status ResolveEncryption(const HadoopSettings& hadoop, S3Settings& settings) {
  // The second names are the older ones.
  std::string name = hadoop.Get("encryption.algorithm");
  if (name.empty()) name = hadoop.Get("server-side-encryption-algorithm");
  std::string key = hadoop.Get("encryption.key");
  if (key.empty()) key = hadoop.Get("server-side-encryption.key");
  if (name.empty()) {
    if (key.empty()) return {};
    return AwsConfigError("fs.s3a.encryption.key is set without fs.s3a.encryption.algorithm");
  }
  for (const EncryptionRow& row : kEncryptions) {
    if (LowerText(std::string(row.hadoop_name)) != LowerText(name)) continue;
    if (!row.has_key && !key.empty()) {
      return AwsConfigError("fs.s3a.encryption.key is set, but AES256 has no key of the user's");
    }
    settings.encryption = {.algorithm = std::string(row.algorithm), .key_id = std::move(key)};
    return {};
  }
  return Unsupported(fmt::format("\"{}\" as fs.s3a.encryption.algorithm", name));
}

Status ResolveRetries(const HadoopSettings& hadoop, AwsHost& host, const AwsSharedConfig& shared,
                      S3Settings& settings) {
  std::string text = hadoop.Get("attempts.maximum");
  if (text.empty()) text = host.Variable("AWS_MAX_ATTEMPTS").value_or("");
  if (text.empty()) text = shared.Setting("max_attempts").value_or("");
  if (text.empty()) return {};
  int attempts = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), attempts);
  if (error != std::errc() || end != text.data() + text.size() || attempts < 1) {
    return AwsConfigError("the number of attempts is no positive number");
  }
  settings.retry.max_attempts = attempts;
  return {};
}

/// The first of several providers that has credentials.
class FirstOfCredentials final : public AwsCredentialsProvider {
 public:
  explicit FirstOfCredentials(std::vector<std::unique_ptr<AwsCredentialsProvider>> providers)
      : providers_(std::move(providers)) {}

  Result<AwsCredentials> Get(const std::stop_token& stop) override {
    std::string tried;
    for (const auto& provider : providers_) {
      Result<AwsCredentials> got = provider->Get(stop);
      if (got.ok() || got.error().condition != "EMBER_AWS.NO_CREDENTIALS") return got;
      tried += (tried.empty() ? "" : ", ") + got.error().parameters.at("sources");
    }
    return MakeError("EMBER_AWS.NO_CREDENTIALS", {{"sources", tried}});
  }
  void Forget() override {
    for (const auto& provider : providers_) provider->Forget();
  }

 private:
  std::vector<std::unique_ptr<AwsCredentialsProvider>> providers_;
};

/// A provider of keys that the settings do not hold.
class MissingCredentials final : public AwsCredentialsProvider {
 public:
  explicit MissingCredentials(std::string source) : source_(std::move(source)) {}
  Result<AwsCredentials> Get(const std::stop_token&) override {
    return MakeError("EMBER_AWS.NO_CREDENTIALS", {{"sources", source_}});
  }
  void Forget() override {}

 private:
  std::string source_;
};

std::unique_ptr<AwsCredentialsProvider> KeysOfSettings(const S3Settings& settings,
                                                       ProviderKind kind) {
  const bool needs_token = kind == ProviderKind::kSessionKeys;
  if (settings.access_key.empty() || (needs_token && settings.session_token.empty())) {
    return std::make_unique<MissingCredentials>(
        needs_token ? "fs.s3a.access.key, .secret.key and .session.token (not set)"
                    : "fs.s3a.access.key and .secret.key (not set)");
  }
  return MakeStaticCredentials({.access_key_id = settings.access_key,
                                .secret_access_key = settings.secret_key,
                                .session_token = settings.session_token,
                                .source = "fs.s3a.access.key"});
}

}  // namespace

Result<S3Settings> ResolveS3Settings(const std::string& bucket,
                                     const std::map<std::string, std::string>& session,
                                     AwsHost& host, HttpClient* http, const std::stop_token& stop) {
  const HadoopSettings hadoop(session, bucket);
  for (const UnsupportedSettingRow& row : kUnsupportedSettings) {
    const std::string value = LowerText(hadoop.Get(row.name));
    if (!value.empty() && value != row.harmless) {
      return Unsupported(fmt::format("the setting fs.s3a.{}", row.name));
    }
  }
  ASSIGN_OR_RETURN(AwsSharedConfig shared, LoadAwsSharedConfig(host));
  S3Settings settings;
  settings.bucket = bucket;
  settings.region = hadoop.Get("endpoint.region");
  RETURN_IF_ERROR(ResolveEndpoint(hadoop, host, shared, settings));
  RETURN_IF_ERROR(ResolveKeys(hadoop, settings));
  RETURN_IF_ERROR(ResolveEncryption(hadoop, settings));
  RETURN_IF_ERROR(ResolveRetries(hadoop, host, shared, settings));
  if (settings.region.empty()) {
    settings.region = ResolveAwsRegion(host, shared, settings.is_aws ? http : nullptr, stop);
  }
  // As S3A: AWS then tells where the bucket is.
  if (settings.region.empty()) settings.region = "us-east-1";
  if (settings.endpoint.empty()) {
    settings.endpoint =
        fmt::format("https://s3.{}.{}", settings.region, AwsDomain(settings.region));
  }
  ASSIGN_OR_RETURN(std::optional<bool> is_path, BooleanSetting(hadoop, "path.style.access"));
  const bool needs_path = !settings.is_aws || !IsHostName(bucket);
  settings.url_style = is_path.value_or(needs_path) ? S3UrlStyle::kPath : S3UrlStyle::kVirtualHost;
  return settings;
}

Result<std::unique_ptr<AwsCredentialsProvider>> MakeS3Credentials(const S3Settings& settings,
                                                                  AwsHost& host, HttpClient& http) {
  if (settings.providers.empty()) {
    if (!settings.access_key.empty()) return KeysOfSettings(settings, ProviderKind::kKeys);
    return MakeCredentialChain(host, http);
  }
  std::vector<std::unique_ptr<AwsCredentialsProvider>> providers;
  for (const std::string& name : settings.providers) {
    const ProviderRow* row = FindProvider(name);
    if (row == nullptr) return Unsupported("the credentials provider \"" + name + "\"");
    switch (row->kind) {
      case ProviderKind::kKeys:
      case ProviderKind::kSessionKeys:
        providers.push_back(KeysOfSettings(settings, row->kind));
        break;
      case ProviderKind::kAnonymous:
        providers.push_back(MakeStaticCredentials({.source = "anonymous", .is_anonymous = true}));
        break;
      case ProviderKind::kSource:
        providers.push_back(MakeCredentialSource(host, http, row->source));
        break;
      case ProviderKind::kProfile:
        for (const std::string_view source : kProfileSources) {
          providers.push_back(MakeCredentialSource(host, http, source));
        }
        break;
      case ProviderKind::kIam:
        providers.push_back(MakeCredentialSource(host, http, "container"));
        providers.push_back(MakeCredentialSource(host, http, "instance metadata"));
        break;
      case ProviderKind::kChain:
        providers.push_back(MakeCredentialChain(host, http));
        break;
    }
  }
  return std::unique_ptr<AwsCredentialsProvider>(
      std::make_unique<FirstOfCredentials>(std::move(providers)));
}

std::optional<S3Path> ParseS3Path(std::string_view path) {
  for (const std::string_view scheme : {"s3://", "s3a://", "s3n://"}) {
    if (!path.starts_with(scheme)) continue;
    path.remove_prefix(scheme.size());
    const std::string_view bucket = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(bucket.size(), path.size()));
    while (path.starts_with('/')) path.remove_prefix(1);
    return S3Path{.bucket = std::string(bucket), .key = std::string(path)};
  }
  return std::nullopt;
}

}  // namespace ember
