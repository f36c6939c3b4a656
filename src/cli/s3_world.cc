#include "cli/s3_world.h"

namespace ember {

Result<std::unique_ptr<S3World>> S3World::Make(std::map<std::string, std::string> session) {
  auto world = std::make_unique<S3World>();
  HttpClientOptions options;
  options.ca_file = world->host->Variable("AWS_CA_BUNDLE").value_or("");
  ASSIGN_OR_RETURN(world->http, MakeCurlHttpClient(options));
  world->clients = std::make_unique<S3Clients>(*world->http, *world->host, std::move(session));
  return world;
}

}  // namespace ember
