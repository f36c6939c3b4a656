#pragma once

// For tests: a host whose variables, files, clock and processes a test decides, and an HTTP client
// that answers from a function.

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "aws/host.h"
#include "aws/http.h"

namespace ember {

class ScriptedHost final : public AwsHost {
 public:
  std::map<std::string, std::string> variables;
  std::map<std::string, std::string> files;
  std::map<std::string, ProcessOutput> processes;  // by the words, joined by '|'
  int64_t now_us = int64_t{1700000000} * 1000000;
  std::vector<int64_t> slept_ms;

  std::optional<std::string> Variable(const std::string& name) override {
    const auto at = variables.find(name);
    if (at == variables.end() || at->second.empty()) return std::nullopt;
    return at->second;
  }
  Result<std::string> ReadFile(const std::string& path) override {
    const auto at = files.find(path);
    if (at == files.end()) return MakeError("PATH_NOT_FOUND", {{"path", path}});
    return at->second;
  }
  int64_t NowUs() override { return now_us; }
  double Random() override { return 0.5; }
  Status Sleep(int64_t duration_ms, const std::stop_token& stop) override {
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    std::lock_guard lock(mutex_);
    slept_ms.push_back(duration_ms);
    return {};
  }
  Result<ProcessOutput> Run(const std::vector<std::string>& arguments, int64_t,
                            const std::stop_token&) override {
    std::string words;
    for (const std::string& argument : arguments) words += (words.empty() ? "" : "|") + argument;
    const auto at = processes.find(words);
    if (at == processes.end()) return InvalidInput("cannot start " + words);
    return at->second;
  }

 private:
  std::mutex mutex_;
};

class ScriptedHttp final : public HttpClient {
 public:
  using Handler = std::function<Result<HttpResponse>(const HttpRequest&)>;
  explicit ScriptedHttp(Handler handler) : handler_(std::move(handler)) {}

  Result<HttpResponse> Send(const HttpRequest& request) override {
    {
      std::lock_guard lock(mutex_);
      sent.push_back(request);
    }
    Result<HttpResponse> response = handler_(request);
    if (response.ok() && request.sink && response->status < 300) {
      RETURN_IF_ERROR(request.sink(response->body));
      response->body.clear();
    }
    return response;
  }

  std::vector<HttpRequest> sent;

 private:
  Handler handler_;
  std::mutex mutex_;
};

/// What HttpClient::Send says of a connection that failed.
inline Error ConnectionFailure(const std::string& kind) {
  return MakeError("EMBER_AWS.CONNECTION",
                   {{"host", "h"}, {"kind", kind}, {"reason", "r"}, {"advice", "a"}});
}

}  // namespace ember
