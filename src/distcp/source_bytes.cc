#include "distcp/source_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "aws/transfer_files.h"
#include "distcp/grouping.h"

namespace ember {
namespace {

constexpr size_t kBufferSize = size_t{256} << 10;
constexpr int64_t kBeginning = int64_t{64} << 10;

Error LocalReadError(const std::string& path) {
  return TransferError(
      fmt::format("cannot read \"{}\": {}", path, std::generic_category().message(errno)));
}

Status ReadLocal(const TransferFile& file, int64_t offset, int64_t size, const ByteSink& sink,
                 const std::stop_token& stop) {
  const int descriptor = open(file.from.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return LocalReadError(file.from.path);
  struct Closer {
    int descriptor;
    ~Closer() { close(descriptor); }
  } closer{descriptor};
  struct stat info{};
  if (fstat(descriptor, &info) != 0) return LocalReadError(file.from.path);
  const int64_t modified_us = int64_t{info.st_mtim.tv_sec} * 1000000 + info.st_mtim.tv_nsec / 1000;
  if (info.st_size != file.size || modified_us != file.modified_us) {
    return TransferError(fmt::format(
        "\"{}\" changed while it was copied: do it again once nobody writes it", file.from.path));
  }
  std::string buffer(std::min<size_t>(kBufferSize, static_cast<size_t>(size)), '\0');
  for (int64_t done = 0; done < size;) {
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    const auto wanted = std::min<size_t>(buffer.size(), static_cast<size_t>(size - done));
    const ssize_t got = pread(descriptor, buffer.data(), wanted, offset + done);
    if (got <= 0) return LocalReadError(file.from.path);
    RETURN_IF_ERROR(sink({buffer.data(), static_cast<size_t>(got)}));
    done += got;
  }
  return {};
}

}  // namespace

Status ReadSource(S3Clients& clients, const TransferFile& file, int64_t offset, int64_t size,
                  const ByteSink& sink, const std::stop_token& stop) {
  if (size == 0) return {};
  if (file.from.bucket.empty()) return ReadLocal(file, offset, size, sink, stop);
  ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients.For(file.from.bucket));
  return client->Get(file.from.path, {.offset = offset, .size = size}, file.etag, sink, stop);
}

Result<LinesAtEnds> ReadLinesAtEnds(S3Clients& clients, const TransferFile& file,
                                    const std::stop_token& stop) {
  LinesAtEnds lines;
  std::string bytes;
  const ByteSink collect = [&](std::string_view piece) {
    bytes.append(piece);
    return Status();
  };
  RETURN_IF_ERROR(ReadSource(clients, file, 0, std::min(file.size, kBeginning), collect, stop));
  const bool is_gzip = IsGzipName(file.from.path);
  if (is_gzip) {
    std::string text;
    GzipReader reader([&](std::string_view piece) {
      text.append(piece);
      return Status();
    });
    Status read = reader.Write(bytes);
    if (!read.ok()) return WithContext(std::move(read).error(), file.from.Display());
    bytes = std::move(text);
  } else if (file.size > 0) {
    std::string last(1, bytes.back());
    if (file.size > static_cast<int64_t>(bytes.size())) {
      last.clear();
      RETURN_IF_ERROR(ReadSource(
          clients, file, file.size - 1, 1,
          [&](std::string_view piece) {
            last.append(piece);
            return Status();
          },
          stop));
    }
    lines.has_line_end = last == "\n" || last == "\r";
  }
  lines.first_line = bytes.substr(0, bytes.find_first_of("\r\n"));
  return lines;
}

}  // namespace ember
