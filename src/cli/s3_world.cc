#include "cli/s3_world.h"

#include <array>
#include <string_view>
#include <vector>

namespace ember {
namespace {

struct EncryptionName {
  std::string_view api;
  std::string_view hadoop;
};
constexpr auto kEncryptionNames = std::to_array<EncryptionName>(
    {{"AES256", "AES256"}, {"aws:kms", "SSE-KMS"}, {"aws:kms:dsse", "DSSE-KMS"}});

}  // namespace

Result<std::unique_ptr<S3World>> S3World::Make(std::map<std::string, std::string> session) {
  auto world = std::make_unique<S3World>();
  HttpClientOptions options;
  options.ca_file = world->host->Variable("AWS_CA_BUNDLE").value_or("");
  ASSIGN_OR_RETURN(world->http, MakeCurlHttpClient(options));
  world->clients = std::make_unique<S3Clients>(*world->http, *world->host, std::move(session));
  return world;
}

std::map<std::string, std::string> S3EncryptionFlags::Session() const {
  if (algorithm.empty()) return {};
  std::map<std::string, std::string> session;
  for (const EncryptionName& name : kEncryptionNames) {
    if (name.api == algorithm) session["fs.s3a.encryption.algorithm"] = name.hadoop;
  }
  // A flag says all of it: a bucket's key in the environment of this call is not meant.
  if (!key_id.empty()) session["fs.s3a.encryption.key"] = key_id;
  return session;
}

void AddS3EncryptionFlags(CLI::App& command, S3EncryptionFlags& flags) {
  std::vector<std::string> names;
  for (const EncryptionName& name : kEncryptionNames) names.emplace_back(name.api);
  CLI::Option* algorithm =
      command
          .add_option("--sse", flags.algorithm,
                      "how S3 encrypts what is written: AES256, aws:kms, aws:kms:dsse (the "
                      "bucket's own way)")
          ->type_name("ALGORITHM")
          ->check(CLI::IsMember(names));
  command.add_option("--sse-kms-key-id", flags.key_id, "the key of KMS that it takes")
      ->type_name("KEY")
      ->needs(algorithm);
}

}  // namespace ember
