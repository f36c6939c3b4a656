#include "server/artifact_receiver.h"

#include <array>
#include <utility>

#include "spark/connect/base.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;

constexpr std::array<uint32_t, 256> MakeCrcTable() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < table.size(); ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0xEDB88320u : 0u);
    table[i] = value;
  }
  return table;
}

constexpr std::array<uint32_t, 256> kCrcTable = MakeCrcTable();

bool IsIntact(const proto::AddArtifactsRequest::ArtifactChunk& chunk) {
  return static_cast<uint32_t>(chunk.crc()) == Crc32(chunk.data());
}

}  // namespace

uint32_t Crc32(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFFu;
  for (const char c : bytes) {
    crc = (crc >> 8) ^ kCrcTable[(crc ^ static_cast<unsigned char>(c)) & 0xFF];
  }
  return ~crc;
}

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
