#include "server/artifact_receiver.h"

#include "base/crc32.h"

#include <utility>

#include "spark/connect/base.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;

bool IsIntact(const proto::AddArtifactsRequest::ArtifactChunk& chunk) {
  return static_cast<uint32_t>(chunk.crc()) == Crc32(chunk.data());
}

}  // namespace

Status ArtifactReceiver::Receive(proto::AddArtifactsRequest& request) {
  if (request.has_batch()) {
    for (auto& artifact : *request.mutable_batch()->mutable_artifacts()) {
      const bool is_intact = IsIntact(artifact.data());
      RETURN_IF_ERROR(
          Add(artifact.name(), std::move(*artifact.mutable_data()->mutable_data()), is_intact));
    }
    return {};
  }
  if (request.has_begin_chunk()) {
    if (chunks_left_ > 0) return InternalError("artifact " + name_ + " has fewer chunks than said");
    const auto& begin = request.begin_chunk();
    name_ = begin.name();
    bytes_.clear();
    chunks_left_ = begin.num_chunks();
    is_intact_ = true;
    return AddChunk(begin.initial_chunk());
  }
  if (request.has_chunk()) {
    if (chunks_left_ <= 0) return InternalError("a chunk without an artifact that it belongs to");
    return AddChunk(request.chunk());
  }
  return Unsupported("an artifact message that this version does not know");
}

Status ArtifactReceiver::AddChunk(const proto::AddArtifactsRequest::ArtifactChunk& chunk) {
  is_intact_ = is_intact_ && IsIntact(chunk);
  bytes_ += chunk.data();
  --chunks_left_;
  if (chunks_left_ > 0) return {};
  return Add(name_, std::exchange(bytes_, {}), is_intact_);
}

Status ArtifactReceiver::Add(const std::string& name, std::string bytes, bool is_intact) {
  auto* summary = response_->add_artifacts();
  summary->set_name(name);
  summary->set_is_crc_successful(is_intact);
  if (!is_intact) return {};
  return session_.AddArtifact(name, std::move(bytes));
}

}  // namespace ember
