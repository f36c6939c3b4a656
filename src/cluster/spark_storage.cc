#include "cluster/spark_storage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <vector>

#include "aws/digest.h"
#include "aws/http.h"
#include "aws/s3_settings.h"
#include "cluster/s3_committer.h"
#include "cluster/s3_jars.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

std::string Repository() {
  const char* given = std::getenv("EMBER_MAVEN_REPOSITORY");
  return given == nullptr || *given == 0 ? "https://repo1.maven.org/maven2" : given;
}

bool IsRight(const fs::path& file, const SparkJar& jar) {
  std::error_code code;
  const auto size = static_cast<int64_t>(fs::file_size(file, code));
  if (code) return false;
  const auto digest = Sha256OfFile(file.string(), 0, size);
  return digest.ok() && HexText(DigestBytes(*digest)) == jar.sha256;
}

Status Download(HttpClient& http, const SparkJar& jar, const fs::path& target,
                const std::stop_token& stop) {
  const fs::path part = target.string() + ".part";
  std::ofstream file(part, std::ios::binary | std::ios::trunc);
  HttpRequest request;
  request.url = fmt::format("{}/{}", Repository(), jar.path);
  request.stop = stop;
  request.sink = [&](std::string_view bytes) -> Status {
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return {};
  };
  auto response = http.Send(request);
  file.close();
  if (!response.ok()) return std::move(response).error();
  if (response->status != 200 || !file) {
    return InvalidInput(fmt::format(
        "cannot download '{}' (HTTP {}); EMBER_MAVEN_REPOSITORY names another Maven repository",
        request.url, response->status));
  }
  if (!IsRight(part, jar)) {
    return InvalidInput(fmt::format("'{}' is not the file that Ember knows: its SHA-256 is not {}",
                                    request.url, jar.sha256));
  }
  std::error_code code;
  fs::rename(part, target, code);
  if (!code) return {};
  return InvalidInput(fmt::format("cannot write '{}': {}", target.string(), code.message()));
}

// The class path of the jars in the cache; what is missing or wrong there is downloaded.
Result<std::string> JarPath(HttpClient& http, const SparkStorageRequest& request,
                            std::span<const SparkJar> jars, const std::stop_token& stop) {
  const fs::path folder = fs::absolute(fs::path(request.cache_folder) /
                                       fmt::format("spark-s3-{}", request.spark_version));
  std::error_code code;
  fs::create_directories(folder, code);
  std::vector<std::string> paths;
  std::vector<const SparkJar*> missing;
  for (const SparkJar& jar : jars) {
    const fs::path target = folder / fs::path(jar.path).filename();
    paths.push_back(target.string());
    if (!IsRight(target, jar)) missing.push_back(&jar);
  }
  for (size_t i = 0; i < missing.size(); ++i) {
    const fs::path name = fs::path(missing[i]->path).filename();
    request.progress(
        fmt::format("downloading {} ({} of {})", name.string(), i + 1, missing.size()));
    RETURN_IF_ERROR(Download(http, *missing[i], folder / name, stop));
  }
  return fmt::format("{}", fmt::join(paths, ":"));
}

// This machine, with some variables of its own.
class HostWithVariables final : public AwsHost {
 public:
  explicit HostWithVariables(const SparkStorageRequest& request) : request_(request) {}
  std::optional<std::string> Variable(const std::string& name) override {
    for (const auto& [given, value] : request_.environment) {
      if (given == name) return value.empty() ? std::nullopt : std::optional(value);
    }
    return host_->Variable(name);
  }
  Result<std::string> ReadFile(const std::string& path) override { return host_->ReadFile(path); }
  int64_t NowUs() override { return host_->NowUs(); }
  double Random() override { return host_->Random(); }
  Status Sleep(int64_t duration_ms, const std::stop_token& stop) override {
    return host_->Sleep(duration_ms, stop);
  }
  Result<ProcessOutput> Run(const std::vector<std::string>& arguments, int64_t timeout_ms,
                            const std::stop_token& stop) override {
    return host_->Run(arguments, timeout_ms, stop);
  }

 private:
  const SparkStorageRequest& request_;
  std::unique_ptr<AwsHost> host_ = MakeSystemAwsHost();
};

}  // namespace

std::string DefaultCacheFolder() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  const std::string given = variable("EMBER_CACHE");
  if (!given.empty()) return given;
  const std::string home = variable("HOME");
  return (home.empty() ? "/tmp" : home) + "/.cache/ember";
}

Result<SparkStorage> FindSparkStorage(const SparkStorageRequest& request,
                                      const std::stop_token& stop) {
  const auto host = std::make_unique<HostWithVariables>(request);
  HttpClientOptions http_options;
  http_options.ca_file = host->Variable("AWS_CA_BUNDLE").value_or("");
  ASSIGN_OR_RETURN(const std::unique_ptr<HttpClient> http, MakeCurlHttpClient(http_options));
  // Settings that hold for every bucket: of none in particular.
  ASSIGN_OR_RETURN(const S3Settings settings, ResolveS3Settings("", {}, *host, http.get(), stop));
  ASSIGN_OR_RETURN(const auto provider, MakeS3Credentials(settings, *host, *http));
  ASSIGN_OR_RETURN(const AwsCredentials credentials, provider->Get(stop));
  const SparkS3 s3 = S3Of(request.spark_version);
  ASSIGN_OR_RETURN(const std::string jars, JarPath(*http, request, s3.jars, stop));

  SparkStorage storage;
  std::map<std::string, std::string>& conf = storage.settings;
  conf["spark.driver.extraClassPath"] = jars;
  conf["spark.executor.extraClassPath"] = jars;
  const std::string s3a = "spark.hadoop.fs.s3a.";
  // Its jar is of Spark 4.0.
  if (request.spark_version.starts_with("4.")) conf.merge(MagicCommitterSettings());
  conf["spark.hadoop.fs.s3.impl"] = "org.apache.hadoop.fs.s3a.S3AFileSystem";
  if (!settings.is_aws) conf[s3a + "endpoint"] = settings.endpoint;
  if (!settings.region.empty()) conf[s3a + "endpoint.region"] = settings.region;
  // Markers of folders that are left alone cost nothing, and not every server lets them be deleted
  // (the default of Hadoop 3.3).
  conf[s3a + "directory.marker.retention"] = "keep";
  conf[s3a + "path.style.access"] = settings.url_style == S3UrlStyle::kPath ? "true" : "false";
  const bool is_plain = settings.endpoint.starts_with("http://");
  conf[s3a + "connection.ssl.enabled"] = is_plain ? "false" : "true";
  const std::string provider_key = s3a + "aws.credentials.provider";
  if (credentials.is_anonymous) {
    conf[provider_key] = "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider";
    return storage;
  }
  conf[provider_key] = std::string(s3.environment_credentials);
  storage.environment = {{"AWS_ACCESS_KEY_ID", credentials.access_key_id},
                         {"AWS_SECRET_ACCESS_KEY", credentials.secret_access_key},
                         {"AWS_SESSION_TOKEN", credentials.session_token}};
  if (credentials.expires_us != 0) {
    request.progress(
        fmt::format("these credentials expire: the cluster reaches S3 for {} minutes from now",
                    std::max<int64_t>(0, credentials.expires_us - host->NowUs()) / 60000000));
  }
  return storage;
}

}  // namespace ember
