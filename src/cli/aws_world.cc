#include "cli/aws_world.h"

namespace ember {

Result<std::unique_ptr<AwsWorld>> AwsWorld::Make() {
  auto world = std::make_unique<AwsWorld>();
  HttpClientOptions options;
  options.ca_file = world->host->Variable("AWS_CA_BUNDLE").value_or("");
  ASSIGN_OR_RETURN(world->http, MakeCurlHttpClient(options));
  ASSIGN_OR_RETURN(world->api, MakeAwsApi(*world->http, *world->host));
  return world;
}

}  // namespace ember
