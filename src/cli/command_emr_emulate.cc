// ember emr emulate: Amazon EMR on this machine, to try clusters without an account.
#include "cli/command_emr_emulate.h"

#include <fmt/format.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>

#include "aws/host.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/s3_world.h"
#include "cluster/spark_installation.h"
#include "cluster/spark_storage.h"
#include "emulator/emr_emulator.h"
#include "emulator/named_nodes.h"

namespace ember {
namespace {

constexpr int kDefaultPort = 4810;
constexpr const char* kHost = "127.0.0.1";

struct EmulateFlags {
  int port = kDefaultPort;
  double speed = 10;
  std::string s3_endpoint;
  // Of the environment, never of the command line, which every user of the machine can read.
  std::string access_key = "test";
  std::string secret_key = "testsecret";
  bool has_given_keys = false;
  std::string region;
  std::string folder;
  std::string ready_file;
  int node_cores = 1;
  int node_memory_mb = 1024;
  double spot_loss_s = 0;
  bool in_name_only = false;
  bool verbose = false;
};

std::string VariableOr(AwsHost& host, const std::string& name, const std::string& otherwise) {
  return host.Variable(name).value_or(otherwise);
}

// Flags before the environment, the environment before the defaults.
void Complete(EmulateFlags& flags, AwsHost& host) {
  const auto access_key = host.Variable("AWS_ACCESS_KEY_ID");
  const auto secret_key = host.Variable("AWS_SECRET_ACCESS_KEY");
  if (access_key && secret_key) {
    flags.access_key = *access_key;
    flags.secret_key = *secret_key;
    flags.has_given_keys = true;
  }
  if (flags.region.empty())
    flags.region =
        VariableOr(host, "AWS_REGION", VariableOr(host, "AWS_DEFAULT_REGION", "us-east-1"));
  if (flags.s3_endpoint.empty()) flags.s3_endpoint = VariableOr(host, "AWS_ENDPOINT_URL_S3", "");
  while (flags.s3_endpoint.ends_with('/')) flags.s3_endpoint.pop_back();
}

std::vector<std::pair<std::string, std::string>> Environment(const EmulateFlags& flags,
                                                             const std::string& url) {
  std::vector<std::pair<std::string, std::string>> variables = {
      {"AWS_ENDPOINT_URL_EMR", url},
      {"AWS_ENDPOINT_URL_CLOUDFORMATION", url},
      {"AWS_ENDPOINT_URL_STS", url},
      {"AWS_ACCESS_KEY_ID", flags.access_key},
      {"AWS_SECRET_ACCESS_KEY", flags.secret_key},
      {"AWS_REGION", flags.region},
      {"AWS_DEFAULT_REGION", flags.region}};
  if (!flags.s3_endpoint.empty()) variables.emplace_back("AWS_ENDPOINT_URL_S3", flags.s3_endpoint);
  return variables;
}

// What a program writes at once: who reads the file never sees a part of it.
Status WriteWhole(const std::string& path, const std::string& text) {
  const std::string staged = path + ".part";
  std::ofstream(staged) << text;
  std::error_code code;
  std::filesystem::rename(staged, path, code);
  if (code) return InvalidInput(fmt::format("cannot write \"{}\": {}", path, code.message()));
  return {};
}

// S3, where logs of steps go and stacks make buckets.
class EmulatedStorage {
 public:
  static Result<std::unique_ptr<EmulatedStorage>> Make(const EmulateFlags& flags) {
    auto storage = std::make_unique<EmulatedStorage>();
    ASSIGN_OR_RETURN(storage->world_, S3World::Make({{"fs.s3a.endpoint", flags.s3_endpoint},
                                                     {"fs.s3a.endpoint.region", flags.region},
                                                     {"fs.s3a.path.style.access", "true"},
                                                     {"fs.s3a.access.key", flags.access_key},
                                                     {"fs.s3a.secret.key", flags.secret_key}}));
    storage->buckets_ = std::make_unique<S3Buckets>(
        *storage->world_->http, *storage->world_->host,
        AwsCredentials{.access_key_id = flags.access_key, .secret_access_key = flags.secret_key},
        flags.s3_endpoint, flags.region);
    return storage;
  }
  S3Buckets* buckets() { return buckets_.get(); }
  Status Put(const std::string& uri, const std::string& bytes) {
    const auto path = ParseS3Path(uri);
    if (!path) return InvalidInput(fmt::format("LogUri \"{}\" is no path of S3", uri));
    ASSIGN_OR_RETURN(const auto client, world_->clients->For(path->bucket));
    const auto put = client->Put(path->key, {.text = bytes});
    if (!put.ok()) return put.error();
    return {};
  }

 private:
  std::unique_ptr<S3World> world_;
  std::unique_ptr<S3Buckets> buckets_;
};

EmulatorSettings SettingsOf(const EmulateFlags& flags, AwsHost& host, EmulatedStorage* storage) {
  EmulatorSettings settings;
  settings.region = flags.region;
  settings.folder = flags.folder;
  settings.speed = flags.speed;
  settings.node_cores = flags.node_cores;
  settings.node_memory_mb = flags.node_memory_mb;
  settings.has_s3 = !flags.s3_endpoint.empty();
  settings.now_us = [&host] { return host.NowUs(); };
  std::error_code code;
  settings.ember = std::filesystem::read_symlink("/proc/self/exe", code);
  if (storage != nullptr) {
    settings.put_object = [storage](const std::string& uri, const std::string& bytes) {
      return storage->Put(uri, bytes);
    };
  }
  settings.spot_loss_s = flags.spot_loss_s;
  if (flags.in_name_only) {
    settings.make_spark = [speed = flags.speed] { return MakeNamedNodes(speed); };
    settings.find_spark = [](const std::string&) { return SparkInstallation{}; };
  } else {
    settings.make_spark = [] { return MakeEmulatedSpark(); };
    settings.find_spark = [](const std::string& version) {
      return FindSpark("", version, DefaultCacheFolder());
    };
  }
  return settings;
}

void PrintEnvironment(const std::vector<std::pair<std::string, std::string>>& variables) {
  for (const auto& [name, value] : variables) fmt::print("export {}={}\n", name, value);
  fmt::print(stderr,
             "Amazon EMR is emulated; Ctrl-C ends it and everything it started. Give these "
             "variables to other programs.\n");
  std::fflush(stdout);
}

Result<int> Emulate(EmulateFlags flags) {
  const InterruptGuard interrupt;
  const auto host = MakeSystemAwsHost();
  Complete(flags, *host);
  const bool owns_folder = flags.folder.empty();
  if (owns_folder) {
    std::string pattern = std::filesystem::temp_directory_path() / "ember-emr-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) return InvalidInput("cannot make a temporary folder");
    flags.folder = pattern;
  }
  std::unique_ptr<EmulatedStorage> storage;
  if (!flags.s3_endpoint.empty()) {
    ASSIGN_OR_RETURN(storage, EmulatedStorage::Make(flags));
  }
  EmulatorSettings settings = SettingsOf(flags, *host, storage.get());
  EventJournal journal(flags.verbose
                           ? [](const std::string& line) { fmt::print(stderr, "{}\n", line); }
                           : std::function<void(const std::string&)>());
  settings.environment = Environment(flags, "");
  std::erase_if(settings.environment, [](const auto& entry) { return entry.second.empty(); });
  {
    EmrEmulator emulator(std::move(settings),
                         {.access_key_id = flags.access_key, .secret_access_key = flags.secret_key},
                         journal, storage == nullptr ? nullptr : storage->buckets());
    ASSIGN_OR_RETURN(const auto server, EmulatorHttpServer::Start(
                                            kHost, flags.port, [&](const EmulatorRequest& request) {
                                              return emulator.Answer(request);
                                            }));
    auto variables = Environment(flags, fmt::format("http://{}:{}", kHost, server->port()));
    // Keys that may be real are nothing to print: who gave them has them.
    if (flags.has_given_keys) {
      std::erase_if(variables, [](const auto& entry) {
        return entry.first == "AWS_ACCESS_KEY_ID" || entry.first == "AWS_SECRET_ACCESS_KEY";
      });
    }
    PrintEnvironment(variables);
    if (!flags.ready_file.empty()) {
      std::string text;
      for (const auto& [name, value] : variables) text += fmt::format("{}={}\n", name, value);
      RETURN_IF_ERROR(WriteWhole(flags.ready_file, text));
    }
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait(lock, interrupt.token(), [] { return false; });
  }
  std::error_code code;
  if (owns_folder) std::filesystem::remove_all(flags.folder, code);
  return kExitOk;
}

}  // namespace

void AddEmrEmulate(CLI::App& emr, int* exit_code) {
  CLI::App* verb = emr.add_subcommand("emulate", "Amazon EMR on this machine, without an account");
  const auto flags = std::make_shared<EmulateFlags>();
  verb->add_option("--port", flags->port, "port to listen on; 0 takes a free one")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  verb->add_option("--speed", flags->speed, "emulated seconds in a second")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  verb->add_option("--s3-endpoint", flags->s3_endpoint,
                   "S3 for logs, buckets and steps (AWS_ENDPOINT_URL_S3)")
      ->type_name("URL");
  verb->add_option("--region", flags->region, "that it is (AWS_REGION, else us-east-1)");
  verb->add_option("--folder", flags->folder, "where clusters keep logs and work folders")
      ->type_name("FOLDER");
  verb->add_option("--ready-file", flags->ready_file, "written with the variables once it answers")
      ->type_name("FILE");
  verb->add_option("--node-cores", flags->node_cores, "cores for four virtual processors")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  verb->add_option("--node-memory", flags->node_memory_mb, "MB for four virtual processors")
      ->check(CLI::Range(512, 1 << 20))
      ->capture_default_str();
  verb->add_option("--spot-loss", flags->spot_loss_s,
                   "emulated seconds between the losses of a cluster's spot nodes (0: none)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("SECONDS");
  verb->add_flag("--in-name-only", flags->in_name_only,
                 "no Spark: nodes and steps pass through their states and run nothing");
  verb->add_flag("-v,--verbose", flags->verbose, "print events as they happen");
  verb->footer(
      "Speaks EMR's JSON API, CloudFormation for what a cluster stands on and STS's\n"
      "GetCallerIdentity, with verified signatures by the environment's keys, else test\n"
      "and testsecret. The variables that lead other programs to it are printed.\n"
      "  GET  /_emulator/events      what happened, a JSON object a line\n"
      "  POST /_emulator/spot-loss   {\"cluster\": \"j-…\", \"count\": 1}\n"
      "  POST /_emulator/fault       {\"kind\": \"throttling\", \"count\": 3}; also server_error,\n"
      "                              unavailable, expired_token; no_capacity {type, off};\n"
      "                              bootstrap_failure; master_lost {cluster};\n"
      "                              resource_failure {resource} of a stack\n"
      "Sessions are over TLS with a certificate of the emulator's own: the event sessions_open\n"
      "says where it lies. They do not end by being idle; a cluster does, by the emulated clock:\n"
      "an idle time-out of 30 minutes is 3 minutes at --speed 10.\n\n"
      "Examples:\n"
      "  ember emr emulate\n"
      "  ember emr emulate --port 0 --ready-file ready.env --in-name-only\n"
      "  ember emr emulate --speed 120 --s3-endpoint http://127.0.0.1:9000 -v\n\n"
      "Exit codes: 0 ended by Ctrl-C or SIGTERM, 1 failed, 2 a wrong option or a taken port.");
  verb->callback([flags, exit_code] {
    const Result<int> code = Emulate(*flags);
    *exit_code = code.ok() ? *code : ReportError(code.error());
  });
}

}  // namespace ember
