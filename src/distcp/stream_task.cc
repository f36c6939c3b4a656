#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>

#include "aws/s3_growing_uploads.h"
#include "aws/transfer_files.h"
#include "base/uuid.h"
#include "distcp/grouping.h"
#include "distcp/result_task.h"
#include "distcp/source_bytes.h"
#include "gzip/gzip_stream.h"
#include "store/store.h"

namespace ember {
namespace {

/// Where the bytes of a result go; nothing is to be seen before Commit.
class ResultSink {
 public:
  virtual ~ResultSink() = default;
  virtual Status Write(std::string_view bytes) = 0;
  virtual Status Finish() = 0;
  virtual Status Commit() = 0;
};

class LocalSink final : public ResultSink {
 public:
  LocalSink(std::string path, S3Condition condition)
      : path_(std::move(path)), condition_(std::move(condition)) {}
  ~LocalSink() override {
    if (descriptor_ >= 0) close(descriptor_);
    if (!partial_.empty()) unlink(partial_.c_str());
  }

  Status Write(std::string_view bytes) override {
    RETURN_IF_ERROR(Open());
    while (!bytes.empty()) {
      const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
      if (written < 0) return WriteError();
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return {};
  }

  Status Finish() override {
    RETURN_IF_ERROR(Open());
    const bool is_kept = fsync(descriptor_) == 0 && close(descriptor_) == 0;
    descriptor_ = -1;
    return is_kept ? Status() : WriteError();
  }

  Status Commit() override {
    const std::unique_ptr<FileOperations> files = MakeLocalFileOperations();
    RETURN_IF_ERROR(condition_.is_absent ? files->RenameNew(partial_, path_)
                                         : files->Rename(partial_, path_));
    partial_.clear();
    return {};
  }

 private:
  Error WriteError() const {
    return TransferError(
        fmt::format("cannot write \"{}\": {}", path_, std::generic_category().message(errno)));
  }

  Status Open() {
    if (descriptor_ >= 0) return {};
    const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    partial_ = folder / (std::string(kPartialDownload) + NewUuid());
    descriptor_ = open(partial_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return descriptor_ < 0 ? Status(WriteError()) : Status();
  }

  const std::string path_;
  const S3Condition condition_;
  std::string partial_;
  int descriptor_ = -1;
};

/// An upload whose end is not known before it comes.
class S3Sink final : public ResultSink {
 public:
  S3Sink(DistCopyWorld& world, TransferPlace to, S3Condition condition)
      : world_(world), to_(std::move(to)), condition_(std::move(condition)) {}
  ~S3Sink() override {
    if (!upload_) return;
    Result<std::shared_ptr<S3Client>> client = world_.clients.For(to_.bucket);
    if (client.ok()) static_cast<void>((*client)->AbortUpload(*upload_));
  }

  Status Write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto limit = static_cast<size_t>(PartSize());
      const std::string_view piece = bytes.substr(0, limit - open_.size());
      open_.append(piece);
      bytes.remove_prefix(piece.size());
      if (open_.size() == limit) RETURN_IF_ERROR(SendPart());
    }
    return {};
  }
  Status Finish() override { return open_.empty() ? Status() : SendPart(); }

  Status Commit() override {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(to_.bucket));
    if (!upload_) {
      return WithoutValue(client->Put(to_.path, {}, {.condition = condition_}, world_.stop));
    }
    RETURN_IF_ERROR(
        WithoutValue(client->CompleteUpload(*upload_, parts_, condition_, world_.stop)));
    upload_.reset();
    return {};
  }

 private:
  int64_t PartSize() const {
    return std::max(world_.request.part_size, GrowingPartSize(static_cast<int>(parts_.size()) + 1));
  }

  Status SendPart() {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(to_.bucket));
    if (!upload_) {
      ASSIGN_OR_RETURN(upload_, client->CreateUpload(to_.path, {}, world_.stop));
    }
    ASSIGN_OR_RETURN(S3Part part,
                     client->UploadPart(*upload_, static_cast<int>(parts_.size()) + 1,
                                        {.text = std::exchange(open_, {})}, world_.stop));
    parts_.push_back(std::move(part));
    return {};
  }

  DistCopyWorld& world_;
  const TransferPlace to_;
  const S3Condition condition_;
  std::string open_;
  std::optional<S3Upload> upload_;
  std::vector<S3Part> parts_;
};

/// Lets the header of the first file through, and not those of the others, which must be the same;
/// gives an end to a file's last line that has none.
class HeaderFilter {
 public:
  HeaderFilter(ByteSink sink, const std::string& first) : sink_(std::move(sink)), first_(first) {}

  void BeginFile(const std::string& name) {
    name_ = name;
    line_.clear();
    is_in_header_ = true;
  }

  Status Write(std::string_view bytes) {
    if (is_in_header_) {
      const size_t end = bytes.find('\n');
      line_.append(bytes.substr(0, end));
      constexpr size_t kMaxHeader = size_t{16} << 20;
      if (line_.size() > kMaxHeader) {
        return InvalidInput(fmt::format("the first line of \"{}\" has no end: no header", name_));
      }
      if (end == std::string_view::npos) return {};
      RETURN_IF_ERROR(EndHeader());
      bytes.remove_prefix(end + 1);
    }
    if (bytes.empty()) return {};
    if (needs_line_end_) RETURN_IF_ERROR(sink_("\n"));
    needs_line_end_ = false;
    last_ = bytes.back();
    return sink_(bytes);
  }

  Status EndFile() {
    if (is_in_header_ && !line_.empty()) RETURN_IF_ERROR(EndHeader());
    needs_line_end_ = needs_line_end_ || (last_ != '\n' && last_ != '\0');
    return {};
  }

 private:
  Status EndHeader() {
    is_in_header_ = false;
    if (line_.ends_with('\r')) line_.pop_back();
    if (!header_) {
      header_ = line_;
      last_ = '\n';
      return sink_(line_ + "\n");
    }
    if (line_ == *header_) return {};
    return InvalidInput(
        fmt::format("\"{}\" begins with \"{}\" and \"{}\" with \"{}\": with --header the files of "
                    "a group have the same first line",
                    first_, header_->substr(0, 80), name_, line_.substr(0, 80)));
  }

  ByteSink sink_;
  const std::string& first_;
  std::string name_;
  std::string line_;
  bool is_in_header_ = true;
  std::optional<std::string> header_;
  char last_ = '\0';
  bool needs_line_end_ = false;
};

class StreamTask final : public ResultTask {
 public:
  StreamTask(DistCopyWorld& world, const DistCopyResult& result) : world_(world), result_(result) {
    const S3Condition condition = ResultCondition(world.request);
    if (result.to.bucket.empty()) {
      sink_ = std::make_unique<LocalSink>(result.to.path, condition);
    } else {
      sink_ = std::make_unique<S3Sink>(world, result.to, condition);
    }
  }

  int piece_count() const override { return 1; }
  int64_t size() const override { return size_; }
  Status Commit() override { return sink_->Commit(); }

  Status MakePiece(int) override {
    const bool has_header = world_.request.header == DistCopyHeader::kFirstOnly;
    const ByteSink store = [this](std::string_view bytes) {
      size_ += static_cast<int64_t>(bytes.size());
      return sink_->Write(bytes);
    };
    // Lines of compressed files are to be seen when they are not.
    const bool reads_gzip = world_.request.codec != DistCopyCodec::kKeep || has_header;
    const bool writes_gzip = world_.request.codec == DistCopyCodec::kGzip ||
                             (world_.request.codec == DistCopyCodec::kKeep && has_header &&
                              IsGzipName(result_.from[0].from.path));
    std::optional<GzipWriter> writer;
    ByteSink out = store;
    if (writes_gzip) {
      writer.emplace(store);
      out = [&](std::string_view bytes) { return writer->Write(bytes); };
    }
    const std::string first = result_.from[0].from.Display();
    HeaderFilter header(out, first);
    if (has_header) out = [&](std::string_view bytes) { return header.Write(bytes); };
    for (const TransferFile& file : result_.from) {
      header.BeginFile(file.from.Display());
      Status copied = CopyFile(file, reads_gzip && IsGzipName(file.from.path), out);
      if (copied.ok()) copied = header.EndFile();
      if (!copied.ok()) return WithContext(std::move(copied).error(), file.from.Display());
      world_.observer.FileFinished(file);
    }
    if (writer) RETURN_IF_ERROR(writer->Finish());
    return sink_->Finish();
  }

 private:
  Status CopyFile(const TransferFile& file, bool is_gzip, const ByteSink& out) {
    std::optional<GzipReader> reader;
    if (is_gzip) reader.emplace(out);
    RETURN_IF_ERROR(ReadSource(
        world_.clients, file, 0, file.size,
        [&](std::string_view bytes) {
          world_.observer.BytesMoved(static_cast<int64_t>(bytes.size()));
          return reader ? reader->Write(bytes) : out(bytes);
        },
        world_.stop));
    return reader ? reader->Finish() : Status();
  }

  DistCopyWorld& world_;
  const DistCopyResult& result_;
  std::unique_ptr<ResultSink> sink_;
  int64_t size_ = 0;
};

}  // namespace

std::unique_ptr<ResultTask> MakeStreamTask(DistCopyWorld& world, const DistCopyResult& result) {
  return std::make_unique<StreamTask>(world, result);
}

}  // namespace ember
