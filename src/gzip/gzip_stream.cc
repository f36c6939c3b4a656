#include "gzip/gzip_stream.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>

namespace ember {
namespace {

constexpr int kGzipWindow = 16 + MAX_WBITS;
constexpr size_t kBufferSize = size_t{64} << 10;
constexpr size_t kMaxPiece = size_t{1} << 30;  // zlib counts in 32 bits

}  // namespace

struct GzipWriter::Deflater {
  Deflater() {
    is_ready = deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, 8,
                            Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Deflater() {
    if (is_ready) deflateEnd(&stream);
  }
  z_stream stream{};
  bool is_ready = false;
  std::array<char, kBufferSize> buffer;
};

GzipWriter::GzipWriter(ByteSink sink)
    : state_(std::make_unique<Deflater>()), sink_(std::move(sink)) {}
GzipWriter::~GzipWriter() = default;

Status GzipWriter::Deflate(std::string_view bytes, int flush) {
  if (!state_->is_ready) return InvalidInput("no memory to compress with");
  z_stream& stream = state_->stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  int result = Z_OK;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(state_->buffer.data());
    stream.avail_out = kBufferSize;
    result = deflate(&stream, flush);
    if (result == Z_STREAM_ERROR) return InternalError("deflate");
    RETURN_IF_ERROR(sink_({state_->buffer.data(), kBufferSize - stream.avail_out}));
  } while (stream.avail_out == 0 || (flush == Z_FINISH && result != Z_STREAM_END));
  return {};
}

Status GzipWriter::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kMaxPiece);
    RETURN_IF_ERROR(Deflate(piece, Z_NO_FLUSH));
    bytes.remove_prefix(piece.size());
  }
  return {};
}

Status GzipWriter::Finish() { return Deflate({}, Z_FINISH); }

struct GzipReader::Inflater {
  Inflater() { is_ready = inflateInit2(&stream, kGzipWindow) == Z_OK; }
  ~Inflater() {
    if (is_ready) inflateEnd(&stream);
  }
  z_stream stream{};
  bool is_ready = false;
  bool is_within = false;    // a member has begun and not ended
  bool has_members = false;  // at least one has ended
  bool has_ended = false;    // what follows is no member
  std::array<char, kBufferSize> buffer;
};

GzipReader::GzipReader(ByteSink sink)
    : state_(std::make_unique<Inflater>()), sink_(std::move(sink)) {}
GzipReader::~GzipReader() = default;

Status GzipReader::Inflate(std::string_view bytes) {
  if (!state_->is_ready) return InvalidInput("no memory to decompress with");
  z_stream& stream = state_->stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  // A full buffer may mean that zlib holds more of what it has taken.
  bool may_hold_more = false;
  while (stream.avail_in > 0 || may_hold_more) {
    if (!state_->is_within) {
      if (stream.avail_in == 0) return {};
      if (state_->has_members && *stream.next_in != 0x1f) {
        state_->has_ended = true;
        return {};
      }
      state_->is_within = true;
    }
    stream.next_out = reinterpret_cast<Bytef*>(state_->buffer.data());
    stream.avail_out = kBufferSize;
    const int result = inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      return InvalidInput("it is no gzip file, or a damaged one");
    }
    RETURN_IF_ERROR(sink_({state_->buffer.data(), kBufferSize - stream.avail_out}));
    may_hold_more = stream.avail_out == 0;
    if (result == Z_STREAM_END) {
      inflateReset(&stream);
      state_->is_within = false;
      state_->has_members = true;
      may_hold_more = false;
    }
  }
  return {};
}

Status GzipReader::Write(std::string_view bytes) {
  while (!bytes.empty() && !state_->has_ended) {
    const std::string_view piece = bytes.substr(0, kMaxPiece);
    RETURN_IF_ERROR(Inflate(piece));
    bytes.remove_prefix(piece.size());
  }
  return {};
}

Status GzipReader::Finish() {
  if (state_->is_within) return InvalidInput("its last gzip member is not whole");
  return {};
}

Result<std::string> Gzip(std::string_view text) {
  std::string bytes;
  GzipWriter writer([&](std::string_view piece) {
    bytes.append(piece);
    return Status();
  });
  RETURN_IF_ERROR(writer.Write(text));
  RETURN_IF_ERROR(writer.Finish());
  return bytes;
}

Result<std::string> Gunzip(std::string_view bytes, int64_t max_bytes) {
  std::string text;
  GzipReader reader([&](std::string_view piece) -> Status {
    if (piece.size() > static_cast<uint64_t>(max_bytes) - text.size())
      return InvalidInput(fmt::format("it holds more than {} bytes", max_bytes));
    text.append(piece);
    return {};
  });
  RETURN_IF_ERROR(reader.Write(bytes));
  RETURN_IF_ERROR(reader.Finish());
  return text;
}

}  // namespace ember
