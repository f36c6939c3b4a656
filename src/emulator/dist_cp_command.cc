#include "emulator/dist_cp_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace ember {
namespace {

enum class CopyUse {
  kValue,          // the same value behind `own`
  kMebi,           // a number of MiB
  kSwitch,         // without a value
  kIgnore,         // it changes how the copy runs, and nothing of what it leaves
  kIgnoredSwitch,  // both
  kRefuse,
};
struct CopyOption {
  std::string_view name;  // s3-dist-cp's
  CopyUse use;
  std::string_view own = "";  // of `ember s3 copy`
};
// https://docs.aws.amazon.com/emr/latest/ReleaseGuide/UsingEMR_s3distcp.html, 2026.
constexpr auto kCopyOptions = std::to_array<CopyOption>({
    {"appendToLastFile", CopyUse::kRefuse},
    {"copyFromManifest", CopyUse::kSwitch, "--copy-from-manifest"},
    {"deleteOnSuccess", CopyUse::kSwitch, "--delete-on-success"},
    {"dest", CopyUse::kValue, "--dest"},
    {"disableMultipartUpload", CopyUse::kIgnoredSwitch},
    {"encryptionKey", CopyUse::kRefuse},
    {"endpoint", CopyUse::kIgnore},
    {"filesPerMapper", CopyUse::kRefuse},
    {"groupBy", CopyUse::kValue, "--group-by"},
    {"multipartUploadChunkSize", CopyUse::kIgnore},
    {"numberFiles", CopyUse::kRefuse},
    {"outputCodec", CopyUse::kValue, "--output-codec"},
    {"outputManifest", CopyUse::kValue, "--output-manifest"},
    {"previousManifest", CopyUse::kValue, "--previous-manifest"},
    {"requirePreviousManifest", CopyUse::kRefuse},
    {"s3Endpoint", CopyUse::kIgnore},
    {"s3ServerSideEncryption", CopyUse::kRefuse},
    {"src", CopyUse::kValue, "--src"},
    {"srcPattern", CopyUse::kValue, "--src-pattern"},
    {"startingIndex", CopyUse::kRefuse},
    {"storageClass", CopyUse::kRefuse},
    {"targetSize", CopyUse::kMebi, "--target-size"},
});

bool IsNumber(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
}

class DistCpReader {
 public:
  explicit DistCpReader(const std::vector<std::string>& words) : words_(words) {}

  Result<DistCpCopy> Read() {
    for (at_ = 1; at_ < words_.size();) RETURN_IF_ERROR(Option());
    for (const char* needed : {"--src=", "--dest="}) {
      const bool is_given =
          std::any_of(copy_.arguments.begin(), copy_.arguments.end(),
                      [&](const std::string& argument) { return argument.starts_with(needed); });
      if (!is_given) return InvalidInput(fmt::format("s3-dist-cp needs {}PATH", needed));
    }
    return std::move(copy_);
  }

 private:
  Status Option() {
    const std::string& word = words_[at_++];
    const size_t equals = std::min(word.find('='), word.size());
    const std::string name = word.substr(0, equals);
    const auto* row =
        std::find_if(kCopyOptions.begin(), kCopyOptions.end(), [&](const CopyOption& option) {
          return name.starts_with("--") && option.name == name.substr(2);
        });
    if (row == kCopyOptions.end())
      return InvalidInput(fmt::format("s3-dist-cp has no option '{}'", name));
    std::string value;
    const bool has_value = row->use != CopyUse::kSwitch && row->use != CopyUse::kIgnoredSwitch &&
                           row->use != CopyUse::kRefuse;
    if (!has_value) return Take(*row, name, value);
    if (equals < word.size()) {
      value = word.substr(equals + 1);
    } else if (at_ < words_.size()) {
      value = words_[at_++];
    } else {
      return InvalidInput(fmt::format("s3-dist-cp's '{}' needs a value", name));
    }
    return Take(*row, name, value);
  }

  Status Take(const CopyOption& row, const std::string& name, const std::string& value) {
    switch (row.use) {
      case CopyUse::kMebi:
        if (!IsNumber(value))
          return InvalidInput(
              fmt::format("s3-dist-cp's '{}' is a number of MiB: '{}'", name, value));
        copy_.arguments.push_back(fmt::format("{}={}MiB", row.own, value));
        return {};
      case CopyUse::kValue:
        copy_.arguments.push_back(fmt::format("{}={}", row.own, value));
        return {};
      case CopyUse::kSwitch:
        copy_.arguments.emplace_back(row.own);
        return {};
      case CopyUse::kIgnore:
      case CopyUse::kIgnoredSwitch:
        copy_.notes.push_back(fmt::format("without effect here: {} {}", name, value));
        return {};
      case CopyUse::kRefuse:
        return InvalidInput(fmt::format("s3-dist-cp's '{}' cannot be emulated", name));
    }
    return {};
  }

  const std::vector<std::string>& words_;
  size_t at_ = 1;
  DistCpCopy copy_;
};

}  // namespace

Result<DistCpCopy> DistCpCopyOf(const std::vector<std::string>& words) {
  return DistCpReader(words).Read();
}

}  // namespace ember
