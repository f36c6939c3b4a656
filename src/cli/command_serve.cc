#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/local_server.h"
#include "cli/spark_version.h"

namespace ember {
namespace {

constexpr int kDefaultPort = 15002;  // Spark Connect's own

struct ServeFlags {
  std::string host = "127.0.0.1";
  int port = kDefaultPort;
  std::string secret;
  std::string secret_file;
  EngineFlags engine;
  std::string spark;
};

Result<std::string> SecretOf(const ServeFlags& flags) {
  if (!flags.secret.empty()) return flags.secret;
  if (flags.secret_file.empty()) return NewSecret();
  std::ifstream file(flags.secret_file);
  std::string secret{std::istreambuf_iterator<char>(file), {}};
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  if (!file || secret.empty()) {
    return InvalidInput(
        fmt::format("cannot read a secret from \"{}\": give a file that holds it as its only line",
                    flags.secret_file));
  }
  return secret;
}

int Serve(const ServeFlags& flags) {
  const InterruptGuard interrupt;
  const Result<std::string> secret = SecretOf(flags);
  if (!secret.ok()) return ReportError(secret.error());
  auto server = LocalServer::Start({.host = flags.host, .port = flags.port, .secret = *secret},
                                   flags.engine, flags.spark);
  if (!server.ok()) return ReportError(server.error());
  const std::string address = ConnectionString(flags.host, (*server)->server().port(), *secret);
  fmt::print("{}\n", address);
  std::fflush(stdout);
  fmt::print(stderr,
             "Ember listens; Ctrl-C ends it. Programs connect with\n  export SPARK_REMOTE='{}'\n",
             address);
  const std::stop_callback stop(interrupt.token(), [&] { (*server)->server().Stop(); });
  (*server)->server().Wait();
  return kExitOk;
}

}  // namespace

void AddServeCommand(CLI::App& app, int* exit_code) {
  CLI::App* command = app.add_subcommand("serve", "offer this machine to Spark Connect clients");
  const auto flags = std::make_shared<ServeFlags>();
  command->add_option("--host", flags->host, "address to listen on")
      ->capture_default_str()
      ->type_name("HOST");
  command->add_option("--port", flags->port, "port to listen on; 0 takes a free one")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str()
      ->type_name("PORT");
  CLI::Option* secret =
      command->add_option("--secret", flags->secret, "what clients must send (default: random)")
          ->type_name("TEXT");
  command->add_option("--secret-file", flags->secret_file, "file with the secret as its only line")
      ->excludes(secret)
      ->type_name("FILE");
  AddEngineFlags(*command, flags->engine);
  AddSparkFlag(*command, flags->spark);
  command->footer(
      "The address is printed with its secret; without the secret nothing is answered.\n"
      "Relative paths in programs are resolved in the folder where the server runs.\n\n"
      "Examples:\n"
      "  ember serve\n"
      "  ember serve --port 0 --memory 2GB\n"
      "  SPARK_REMOTE=\"$(head -1 address)\" python job.py");
  command->callback([flags, exit_code] { *exit_code = Serve(*flags); });
}

}  // namespace ember
