#include "aws/credential_chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <vector>

#include "aws/credential_sources.h"

namespace ember {
namespace {

// Asked again this long before they expire; and once nothing better is to be had, used to their
// end.
constexpr int64_t kRefreshUs = int64_t{300} * 1000000;

class StaticCredentials final : public AwsCredentialsProvider {
 public:
  explicit StaticCredentials(AwsCredentials credentials) : credentials_(std::move(credentials)) {}
  Result<AwsCredentials> Get(const std::stop_token&) override { return credentials_; }
  void Forget() override {}

 private:
  AwsCredentials credentials_;
};

class CredentialChain final : public AwsCredentialsProvider {
 public:
  CredentialChain(AwsHost& host, HttpClient& http, std::string profile,
                  std::vector<CredentialSourceRow> sources)
      : host_(host), http_(http), profile_(std::move(profile)), sources_(std::move(sources)) {}

  Result<AwsCredentials> Get(const std::stop_token& stop) override {
    std::lock_guard lock(mutex_);
    const int64_t now_us = host_.NowUs();
    if (kept_ && (kept_->expires_us == 0 || kept_->expires_us - kRefreshUs > now_us)) return *kept_;
    Result<AwsCredentials> asked = Ask(stop);
    if (asked.ok()) {
      kept_ = *asked;
    } else if (kept_ && kept_->expires_us > now_us) {
      return *kept_;
    }
    return asked;
  }

  void Forget() override {
    std::lock_guard lock(mutex_);
    kept_.reset();
  }

 private:
  Result<AwsCredentials> Ask(const std::stop_token& stop) {
    ASSIGN_OR_RETURN(AwsSharedConfig config, LoadAwsSharedConfig(host_, profile_));
    CredentialWorld world = {host_, http_, config, stop};
    std::string tried;
    for (const CredentialSourceRow& source : sources_) {
      Result<SourceAnswer> answer = source.ask(world);
      if (!answer.ok()) {
        return WithContext(std::move(answer).error(),
                           fmt::format("AWS credentials ({})", source.name));
      }
      if (answer->credentials) return *std::move(answer->credentials);
      tried += fmt::format("{}{} ({})", tried.empty() ? "" : ", ", source.name, answer->why_not);
    }
    return MakeError("EMBER_AWS.NO_CREDENTIALS", {{"sources", tried}});
  }

  AwsHost& host_;
  HttpClient& http_;
  std::string profile_;
  std::vector<CredentialSourceRow> sources_;
  std::mutex mutex_;
  std::optional<AwsCredentials> kept_;  // guarded by mutex_
};

}  // namespace

std::unique_ptr<AwsCredentialsProvider> MakeStaticCredentials(AwsCredentials credentials) {
  return std::make_unique<StaticCredentials>(std::move(credentials));
}

std::unique_ptr<AwsCredentialsProvider> MakeCredentialChain(AwsHost& host, HttpClient& http,
                                                            const std::string& profile) {
  const auto rows = CredentialSources();
  return std::make_unique<CredentialChain>(
      host, http, profile, std::vector<CredentialSourceRow>(rows.begin(), rows.end()));
}

std::unique_ptr<AwsCredentialsProvider> MakeCredentialSource(AwsHost& host, HttpClient& http,
                                                             std::string_view source) {
  for (const CredentialSourceRow& row : CredentialSources()) {
    if (row.name == source) {
      return std::make_unique<CredentialChain>(host, http, "",
                                               std::vector<CredentialSourceRow>{row});
    }
  }
  return nullptr;
}

}  // namespace ember
