#pragma once

// For tests: the S3 server of tools/setup/s3_server.sh, which verifies signatures, with one bucket.

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "aws/http.h"
#include "aws/local_http_server.h"

namespace ember {

class LocalS3Server {
 public:
  /// Null when the server is not installed. Keys are "test" and "testsecret", the bucket is
  /// "bucket".
  static std::unique_ptr<LocalS3Server> Start() {
    const std::string program = Program();
    if (!std::filesystem::exists(program)) return nullptr;
    std::unique_ptr<LocalS3Server> server(new LocalS3Server);
    const std::string data = server->folder_ + "/data";
    std::filesystem::create_directories(data + "/bucket");
    {
      const LocalHttpServer probe([](const LocalRequest&) { return LocalReply{}; });
      server->address_ = "127.0.0.1:" + std::to_string(probe.port());
    }
    std::vector<std::string> words = {program,      "--access", "test",           "--secret",
                                      "testsecret", "--port",   server->address_, "--region",
                                      "us-east-1",  "--quiet",  "posix",          data};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const std::string log = server->folder_ + "/log";
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_CREAT | O_WRONLY, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    CHECK(posix_spawn(&server->process_, arguments[0], &actions, nullptr, arguments.data(),
                      environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    auto http = MakeCurlHttpClient();
    for (int i = 0; i < 300 && !(*http)->Send({.url = server->url()}).ok(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return server;
  }
  ~LocalS3Server() {
    if (process_ > 0) {
      kill(process_, SIGTERM);
      waitpid(process_, nullptr, 0);
    }
    std::filesystem::remove_all(folder_);
  }
  LocalS3Server(const LocalS3Server&) = delete;
  LocalS3Server& operator=(const LocalS3Server&) = delete;

  std::string url() const { return "http://" + address_; }
  /// A scratch folder that goes with the server.
  const std::string& folder() const { return folder_; }

 private:
  LocalS3Server() { CHECK(mkdtemp(folder_.data()) != nullptr); }

  static std::string Program() {
    if (const char* given = getenv("EMBER_S3_SERVER")) return given;
    const char* cache = getenv("EMBER_CACHE");
    const char* home = getenv("HOME");
    const std::string folder =
        cache != nullptr ? cache : std::string(home == nullptr ? "" : home) + "/.cache/ember";
    return folder + "/s3-server/versitygw";
  }

  std::string folder_ = "/tmp/ember_s3_XXXXXX";
  std::string address_;
  pid_t process_ = 0;
};

}  // namespace ember
