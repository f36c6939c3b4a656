#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/server_session.h"

namespace spark::connect {
class AddArtifactsRequest;
class AddArtifactsRequest_ArtifactChunk;
class AddArtifactsResponse;
}  // namespace spark::connect

namespace ember {

/// Takes the messages of one AddArtifacts call: whole artifacts in batches, and large ones in
/// chunks. An artifact with a wrong checksum is reported in the response and not kept.
class ArtifactReceiver {
 public:
  ArtifactReceiver(ServerSession& session, spark::connect::AddArtifactsResponse* response)
      : session_(session), response_(response) {}

  Status Receive(spark::connect::AddArtifactsRequest& request);

 private:
  Status Add(const std::string& name, std::string bytes, bool is_intact);  // NOLINT
  Status AddChunk(const spark::connect::AddArtifactsRequest_ArtifactChunk& chunk);

  ServerSession& session_;
  spark::connect::AddArtifactsResponse* response_;
  // The artifact that is arriving in chunks.
  std::string name_;
  std::string bytes_;
  int64_t chunks_left_ = 0;
  bool is_intact_ = true;
};

}  // namespace ember
