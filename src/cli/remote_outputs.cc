#include "cli/remote_outputs.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <string_view>

#include "aws/s3_remote_stores.h"
#include "cluster/s3_committer.h"
#include "store/store.h"

namespace ember {
namespace {

// The stores that this process has, made when they are first asked for. What cannot be reached once
// is not tried again: waiting for credentials that are not there takes seconds.
class OutputStores {
 public:
  explicit OutputStores(const PipelineSpec& spec) {
    for (const auto& [key, value] : spec.spark) {
      if (objects_->IsSetting(key)) settings_[key] = value;
    }
  }

  std::optional<FileSizes> List(const std::string& path) {
    const bool is_object = objects_->Owns(path);
    // Another scheme's files are not ours to see.
    if (!is_object && path.find("://") != std::string::npos) return std::nullopt;
    if (is_object && is_blind_) return std::nullopt;
    auto files = Found(is_object, path);
    if (!files.ok() && is_object) is_blind_ = true;
    if (!files.ok()) return std::nullopt;
    return *std::move(files);
  }

 private:
  Result<FileSizes> Found(bool is_object, const std::string& path) {  // NOLINT: which store
    std::shared_ptr<Store> store = local_;
    if (is_object) {
      ASSIGN_OR_RETURN(store, objects_->StoreFor(settings_));
    }
    FileSizes sizes;
    const auto files = store->List(path);
    if (!files.ok() && files.error().condition == "PATH_NOT_FOUND") return sizes;
    if (!files.ok()) return files.error();
    for (const FileInfo& file : *files) {
      if (!file.is_directory) sizes[file.path] = file.size;
    }
    return sizes;
  }

  std::unique_ptr<FileOperations> operations_ = MakeLocalFileOperations();
  std::shared_ptr<Store> local_ = MakeLocalStore(*operations_);
  std::unique_ptr<RemoteStores> objects_ = MakeS3RemoteStores();
  RemoteStores::Settings settings_;
  bool is_blind_ = false;
};

bool IsSameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

bool IsDynamic(const std::map<std::string, std::string>& settings, std::string_view name) {
  return std::any_of(settings.begin(), settings.end(), [&](const auto& setting) {
    return IsSameWord(setting.first, name) && IsSameWord(setting.second, "dynamic");
  });
}

}  // namespace

ListFiles FilesOfRemoteOutputs(const PipelineSpec& spec) {
  return [stores = std::make_shared<OutputStores>(spec)](const std::string& path) {
    return stores->List(path);
  };
}

Status ChooseCommitter(const PipelineSpec& spec, const SparkSession& session) {
  constexpr const char* kProtocol = "spark.sql.sources.commitProtocolClass";
  const bool is_dynamic =
      IsDynamic(spec.spark, "spark.sql.sources.partitionOverwriteMode") ||
      std::any_of(spec.outputs.begin(), spec.outputs.end(), [](const OutputSpec& output) {
        return IsDynamic(output.options, "partitionOverwriteMode");
      });
  if (!is_dynamic || spec.spark.contains(kProtocol)) return {};
  const auto protocol = session.session()->FindConfig(kProtocol);
  if (!protocol || !IsMagicCommitProtocol(*protocol)) return {};
  for (const auto& [key, value] : RenamingCommitterSettings()) {
    RETURN_IF_ERROR(session.SetConfig(key, value));
  }
  return {};
}

}  // namespace ember
