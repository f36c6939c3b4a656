#include "lifecycle/cluster_logs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "aws/digest.h"
#include "aws/service_call.h"
#include "emr/nodes.h"
#include "gzip/gzip_stream.h"

namespace ember {
namespace {

constexpr int64_t kMaxPackedBytes = int64_t{256} << 20;
constexpr int64_t kMaxLogBytes = int64_t{2} << 30;
constexpr int kDenied = 403;
constexpr int kNotFound = 404;
constexpr int64_t kArrivalPollMs = 5000;
constexpr int64_t kSecondUs = 1000000;  // S3 tells times in whole seconds
constexpr int64_t kClockLeewayUs = 60 * kSecondUs;
constexpr int kLastLines = 20;
constexpr std::string_view kPacked = ".gz";

Error ExplainLogs(Error error, const EmrLogPlace& place) {
  const int status = ServiceStatusOf(error);
  if (status != kDenied && status != kNotFound) return error;
  const std::string what =
      status == kDenied
          ? fmt::format(
                "S3 denies s3://{}/{} to these credentials: they need s3:ListBucket on the bucket, "
                "s3:GetObject on that prefix and, where the logs are encrypted, kms:Decrypt on "
                "their key",
                place.bucket, place.prefix)
          : fmt::format("the bucket '{}' of the log URI is not there", place.bucket);
  Error explained = MakeError("EMBER_EMR.LOGS", {{"cluster", place.cluster_id}, {"what", what}});
  explained.context = {error.message};
  return explained;
}

std::string Digest(std::string_view text) { return HexText(DigestBytes(Sha256(text))); }

bool IsWanted(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

// The text of the log of that name, empty where there is none.
Result<std::string> TextOf(S3Client& s3, const EmrLogPlace& place,
                           const std::vector<EmrLogFile>& files, std::string_view name,
                           const std::stop_token& stop) {
  for (const EmrLogFile& file : files) {
    if (file.name == name) return ReadEmrLog(s3, place, file, stop);
  }
  return std::string();
}

// Of an application's containers the first: the driver's, where the driver runs on the cluster.
std::string FirstContainer(const std::vector<EmrLogFile>& files) {
  std::string first;
  for (const EmrLogFile& file : files) {
    const std::string container = file.name.substr(0, file.name.find('/'));
    if (container == file.name || !container.ends_with("_000001")) continue;
    // A second attempt of the application says what the last word is.
    first = std::max(first, container);
  }
  return first;
}

struct StepWords {
  std::vector<LogPiece> words;
  bool are_whole = false;  // nothing more is to be waited for
};

Status AddLastWords(S3Client& s3, const EmrLogPlace& place, const std::vector<EmrLogFile>& files,
                    const std::string& folder, const std::string& whose, std::string& all,
                    std::vector<LogPiece>& words, const std::stop_token& stop) {
  for (const char* name : {"stderr", "stdout"}) {
    ASSIGN_OR_RETURN(const std::string text, TextOf(s3, place, files, folder + name, stop));
    all += text;
    std::string last = LastWords(text, kLastLines);
    if (!last.empty()) words.push_back({whose + name, std::move(last)});
  }
  return {};
}

Result<StepWords> WordsOfStep(S3Client& s3, const EmrLogPlace& place, const std::string& step_id,
                              const std::stop_token& stop) {
  StepWords said;
  std::string text;
  ASSIGN_OR_RETURN(const auto files, ListEmrLogs(s3, place, place.StepPrefix(step_id), stop));
  RETURN_IF_ERROR(AddLastWords(s3, place, files, "", "", text, said.words, stop));
  const std::string application = YarnApplicationIn(text);
  said.are_whole = application.empty() && !said.words.empty();
  if (application.empty()) return said;
  const std::string prefix = place.prefix + "containers/" + application + "/";
  ASSIGN_OR_RETURN(const auto containers, ListEmrLogs(s3, place, prefix, stop));
  const std::string driver = FirstContainer(containers);
  if (driver.empty()) return said;
  said.are_whole = true;
  RETURN_IF_ERROR(
      AddLastWords(s3, place, containers, driver + "/", "the driver's ", text, said.words, stop));
  return said;
}

}  // namespace

Result<EmrLogPlace> EmrLogPlaceOf(const RunningCluster& cluster) {
  S3Place place = ParseS3Place(cluster.log_uri);
  if (place.bucket.empty()) {
    return MakeError(
        "EMBER_EMR.LOGS",
        {{"cluster", cluster.id},
         {"what", cluster.log_uri.empty()
                      ? "it was started without a log URI, so its logs stay on its nodes: those of "
                        "steps on the master, below /mnt/var/log/hadoop/steps. Set storage.logs "
                        "in the cluster file for the next one"
                      : fmt::format("its log URI '{}' is no place in S3", cluster.log_uri)}});
  }
  if (!place.key.empty() && !place.key.ends_with('/')) place.key += '/';
  return EmrLogPlace{
      .cluster_id = cluster.id, .bucket = place.bucket, .prefix = place.key + cluster.id + "/"};
}

Result<std::vector<EmrLogFile>> ListEmrLogs(S3Client& s3, const EmrLogPlace& place,
                                            const std::string& prefix,
                                            const std::stop_token& stop) {
  const auto listing = s3.List({.prefix = prefix}, stop);
  if (!listing.ok()) return ExplainLogs(listing.error(), place);
  std::vector<EmrLogFile> files;
  for (const S3Object& object : listing->objects) {
    if (object.key.ends_with('/')) continue;
    std::string name = object.key.substr(prefix.size());
    if (name.ends_with(kPacked)) name.resize(name.size() - kPacked.size());
    files.push_back({object.key, std::move(name), object.size, object.modified_us, object.etag});
  }
  return files;
}

Result<std::string> ReadEmrLog(S3Client& s3, const EmrLogPlace& place, const EmrLogFile& file,
                               const std::stop_token& stop) {
  if (file.size > kMaxPackedBytes) {
    return MakeError("EMBER_EMR.LOGS",
                     {{"cluster", place.cluster_id},
                      {"what", fmt::format("s3://{}/{} has {} bytes: fetch it with ember s3 copy",
                                           place.bucket, file.key, file.size)}});
  }
  auto text = s3.GetText(file.key, kMaxPackedBytes, stop);
  if (!text.ok()) return ExplainLogs(std::move(text).error(), place);
  if (!file.key.ends_with(kPacked) || text->empty()) return text;
  auto unpacked = Gunzip(*text, kMaxLogBytes);
  if (unpacked.ok()) return unpacked;
  return WithContext(std::move(unpacked).error(),
                     fmt::format("s3://{}/{}", place.bucket, file.key));
}

Result<std::vector<LogPiece>> EmrLogTail::Look(const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const auto files, ListEmrLogs(s3_, place_, prefix_, stop));
  std::vector<LogPiece> pieces;
  for (const EmrLogFile& file : files) {
    if (!IsWanted(names_, file.name)) continue;
    modified_us_ = std::max(modified_us_, file.modified_us);
    Seen& seen = seen_[file.key];
    if (!seen.etag.empty() && seen.etag == file.etag) continue;
    ASSIGN_OR_RETURN(std::string text, ReadEmrLog(s3_, place_, file, stop));
    // EMR brings the whole file again when it has grown.
    const bool has_grown =
        text.size() >= seen.size &&
        (seen.size == 0 || Digest(std::string_view(text).substr(0, seen.size)) == seen.digest);
    std::string fresh = has_grown ? text.substr(seen.size) : text;
    seen = {.etag = file.etag, .size = text.size(), .digest = Digest(text)};
    if (!fresh.empty()) pieces.push_back({file.name, std::move(fresh)});
  }
  return pieces;
}

Result<SubmittedStep> FollowEmrStepLogs(AwsApi& api, AwsHost& host, S3Client& s3,
                                        const EmrLogPlace& place, const std::string& step_id,
                                        const FollowOptions& options,
                                        const std::function<void(const LogPiece&)>& sink,
                                        const std::stop_token& stop) {
  EmrLogTail tail(s3, place, place.StepPrefix(step_id), options.names);
  int64_t end_seen_us = 0;
  while (true) {
    // The step before its logs: what is there after its end is all.
    auto step = DescribeEmrStep(api, place.cluster_id, step_id, stop);
    if (!step.ok() && !IsPassingFault(step.error())) return step;
    const auto pieces = tail.Look(stop);
    if (!pieces.ok() && !IsPassingFault(pieces.error())) return pieces.error();
    if (pieces.ok()) {
      for (const LogPiece& piece : *pieces) sink(piece);
    }
    if (step.ok() && step->has_ended()) {
      const int64_t now_us = host.NowUs();
      if (end_seen_us == 0) end_seen_us = now_us;
      const int64_t ended_us = step->ended_us == 0 ? end_seen_us : step->ended_us;
      // A service whose clock is ahead of ours and of S3's: its times say nothing of the logs.
      const bool is_other_clock = ended_us > now_us + kClockLeewayUs;
      const bool is_quiet = tail.modified_us() != 0 && pieces.ok() && pieces->empty();
      const bool is_whole = is_other_clock ? is_quiet : tail.modified_us() + kSecondUs > ended_us;
      const int64_t since_us = std::min(ended_us, end_seen_us);
      if (is_whole || now_us - since_us > options.late_ms * 1000) return step;
    }
    RETURN_IF_ERROR(host.Sleep(options.poll_ms, stop));
  }
}

std::string YarnApplicationIn(std::string_view text) {
  constexpr std::string_view kName = "application_";
  const size_t at = text.rfind(kName);
  if (at == std::string_view::npos) return "";
  const size_t end = text.find_first_not_of("0123456789_", at + kName.size());
  return std::string(text.substr(at, end == std::string_view::npos ? end : end - at));
}

std::string LastWords(std::string_view text, int lines) {
  std::vector<std::string_view> kept;
  size_t traceback = std::string_view::npos;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    const bool is_progress = line.find(" INFO ") != std::string_view::npos ||
                             line.find(" WARN ") != std::string_view::npos;
    if (is_progress || line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (line.starts_with("Traceback (most recent call last)")) traceback = kept.size();
    kept.push_back(line);
  }
  size_t begin = kept.size() > static_cast<size_t>(lines) ? kept.size() - lines : 0;
  // Twice as much of a traceback at most: its end is what matters.
  if (traceback < begin && kept.size() - traceback <= 2 * static_cast<size_t>(lines))
    begin = traceback;
  std::string out;
  for (size_t i = begin; i < kept.size(); ++i) out += std::string(kept[i]) + "\n";
  return out;
}

Result<std::vector<LogPiece>> LastWordsOfEmrStep(AwsHost& host, S3Client& s3,
                                                 const EmrLogPlace& place,
                                                 const std::string& step_id, int64_t wait_ms,
                                                 const std::stop_token& stop) {
  for (int64_t waited_ms = 0;; waited_ms += kArrivalPollMs) {
    ASSIGN_OR_RETURN(const StepWords said, WordsOfStep(s3, place, step_id, stop));
    if (said.are_whole || waited_ms >= wait_ms) return said.words;
    RETURN_IF_ERROR(host.Sleep(kArrivalPollMs, stop));
  }
}

}  // namespace ember
