#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ember {

/// Takes bytes in the order of a file.
using ByteSink = std::function<Status(std::string_view)>;

/// Bytes to one member of gzip. The result is the same for the same bytes: no time, no name.
class GzipWriter {
 public:
  explicit GzipWriter(ByteSink sink);
  ~GzipWriter();
  GzipWriter(const GzipWriter&) = delete;
  GzipWriter& operator=(const GzipWriter&) = delete;
  Status Write(std::string_view bytes);
  Status Finish();

 private:
  Status Deflate(std::string_view bytes, int flush);
  struct Deflater;
  std::unique_ptr<Deflater> state_;
  ByteSink sink_;
};

/// The reverse, of any number of members; bytes after the last that begin no other are passed over,
/// as Java's GZIPInputStream does.
class GzipReader {
 public:
  explicit GzipReader(ByteSink sink);
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;
  Status Write(std::string_view bytes);
  /// An error when a member is not whole.
  Status Finish();

 private:
  Status Inflate(std::string_view bytes);
  struct Inflater;
  std::unique_ptr<Inflater> state_;
  ByteSink sink_;
};

Result<std::string> Gzip(std::string_view text);
/// All members, one after the other. Errors: what is none, cut off or damaged, or holds more than
/// `max_bytes`.
Result<std::string> Gunzip(std::string_view bytes,
                           int64_t max_bytes = std::numeric_limits<int64_t>::max());

}  // namespace ember
