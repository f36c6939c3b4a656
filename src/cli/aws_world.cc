#include "cli/aws_world.h"

namespace ember {

Status AwsWorld::Connect(const std::string& region) {
  HttpClientOptions options;
  options.ca_file = host->Variable("AWS_CA_BUNDLE").value_or("");
  ASSIGN_OR_RETURN(http, MakeCurlHttpClient(options));
  ASSIGN_OR_RETURN(api, MakeAwsApi(*http, *host, {.region = region}));
  return {};
}

Result<std::unique_ptr<AwsWorld>> AwsWorld::Make(const std::string& region) {
  auto world = std::make_unique<AwsWorld>();
  RETURN_IF_ERROR(world->Connect(region));
  return world;
}

}  // namespace ember
