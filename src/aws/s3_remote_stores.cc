#include "aws/s3_remote_stores.h"

#include <fmt/format.h>

#include <mutex>

#include "aws/s3_store.h"
#include "aws/uri.h"

namespace ember {
namespace {

class S3RemoteStores final : public RemoteStores {
 public:
  bool Owns(std::string_view path) const override { return ParseS3Path(path).has_value(); }

  bool IsSetting(std::string_view key) const override {
    return key.starts_with("fs.s3a.") || key.starts_with("spark.hadoop.fs.s3a.");
  }

  Result<std::shared_ptr<Store>> StoreFor(const Settings& settings) override {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Clients> clients, ClientsFor(settings));
    return std::shared_ptr<Store>(MakeS3Store(std::move(clients)));
  }

  Result<ObjectAccess> AccessTo(const std::string& path, const Settings& settings) override {
    const std::optional<S3Path> parsed = ParseS3Path(path);
    if (!parsed) return InvalidInput(fmt::format("\"{}\" is no path of S3", path));
    ASSIGN_OR_RETURN(std::shared_ptr<S3Clients> clients, ClientsFor(settings));
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients->For(parsed->bucket));
    ASSIGN_OR_RETURN(AwsCredentials credentials, client->credentials().Get({}));
    const S3Settings where = client->CurrentSettings();
    ASSIGN_OR_RETURN(UriParts parts, ParseUri(where.endpoint));
    ObjectAccess access = {
        .scope = path.substr(0, path.find("://") + 3) + parsed->bucket + "/",
        .endpoint = parts.authority,
        .transport = parts.scheme == "https" ? ObjectTransport::kTls : ObjectTransport::kPlain,
        .url_style = where.url_style == S3UrlStyle::kPath ? ObjectUrlStyle::kPath
                                                          : ObjectUrlStyle::kVirtualHost,
        .region = where.region,
        .max_attempts = where.retry.max_attempts,
        .ca_file = host_->Variable("AWS_CA_BUNDLE").value_or("")};
    if (credentials.is_anonymous) return access;
    access.access_key_id = std::move(credentials.access_key_id);
    access.secret_access_key = std::move(credentials.secret_access_key);
    access.session_token = std::move(credentials.session_token);
    access.expires_us = credentials.expires_us;
    return access;
  }

 private:
  Result<std::shared_ptr<S3Clients>> ClientsFor(const Settings& settings) {
    std::lock_guard lock(mutex_);
    if (http_ == nullptr) {
      HttpClientOptions options;
      options.ca_file = host_->Variable("AWS_CA_BUNDLE").value_or("");
      ASSIGN_OR_RETURN(http_, MakeCurlHttpClient(options));
    }
    std::shared_ptr<S3Clients>& clients = clients_[settings];
    if (clients == nullptr) clients = std::make_shared<S3Clients>(*http_, *host_, settings);
    return clients;
  }

  std::unique_ptr<AwsHost> host_ = MakeSystemAwsHost();
  std::unique_ptr<HttpClient> http_;
  std::mutex mutex_;
  std::map<Settings, std::shared_ptr<S3Clients>> clients_;  // guarded by mutex_, as http_ is
};

}  // namespace

std::unique_ptr<RemoteStores> MakeS3RemoteStores() { return std::make_unique<S3RemoteStores>(); }

}  // namespace ember
