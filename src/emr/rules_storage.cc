// Rules on buckets, logs and monitoring.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emr/names.h"
#include "emr/nodes.h"
#include "emr/validate.h"

namespace ember {
namespace {

constexpr auto kError = EmrSeverity::kError;
constexpr auto kWarning = EmrSeverity::kWarning;
constexpr auto kDocs = EmrSource::kDocumentation;
constexpr auto kMemory = EmrSource::kMemory;
constexpr auto kEmber = EmrSource::kEmber;

void CheckBucketMissing(EmrRuleContext& context) {
  if (context.cluster.storage.bucket.empty()) context.Find("storage", "there is no bucket");
}

void CheckBucketForm(EmrRuleContext& context) {
  const EmrStorage& storage = context.cluster.storage;
  if (storage.create && !storage.bucket.empty() && !IsBucketName(storage.bucket))
    context.Find("storage.bucket", fmt::format("'{}'", storage.bucket));
}

void CheckBucketPath(EmrRuleContext& context) {
  const std::string& bucket = context.cluster.storage.bucket;
  if (!context.cluster.storage.create && bucket.find_first_of("/:") != std::string::npos)
    context.Find("storage.bucket", fmt::format("'{}' is a path", bucket));
}

void CheckBucketDots(EmrRuleContext& context) {
  const std::string& bucket = context.cluster.storage.bucket;
  const bool is_name = bucket.find_first_of("/:") == std::string::npos && IsBucketName(bucket);
  if (is_name && bucket.find('.') != std::string::npos)
    context.Find("storage.bucket", fmt::format("'{}' has dots", bucket));
}

void CheckLogs(EmrRuleContext& context) {
  const std::string& logs = context.cluster.storage.logs;
  if (!logs.empty() && (!logs.starts_with("s3://") || ParseS3Place(logs).bucket.empty()))
    context.Find("storage.logs", fmt::format("'{}' is no folder of S3", logs));
}

void CheckLogRegion(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (!cluster.storage.log_region.empty() && !cluster.region.empty() &&
      cluster.storage.log_region != cluster.region) {
    context.Find("storage.log_region", fmt::format("logs in {}, the cluster in {}",
                                                   cluster.storage.log_region, cluster.region));
  }
}

void CheckMultipart(EmrRuleContext& context) {
  const auto release = ParseEmrRelease(context.cluster.release);
  if (context.cluster.storage.abort_multipart_days == 0 && release && release->IsAtLeast7(10))
    context.Find("storage.abort_multipart_days", "unfinished uploads are kept for ever");
}

void CheckInfrequentAccess(EmrRuleContext& context) {
  const int days = context.cluster.storage.infrequent_access_days;
  if (days > 0 && days < context.facts.Get(EmrNumber::kInfrequentAccessMinDays))
    context.Find("storage.infrequent_access_days", fmt::format("after {} days", days));
}

void CheckAccessPaths(EmrRuleContext& context) {
  const EmrStorage& storage = context.cluster.storage;
  const auto check = [&](std::string_view key, const std::vector<std::string>& paths) {
    for (size_t i = 0; i < paths.size(); ++i) {
      if (!ParseS3Place(paths[i]).bucket.empty()) continue;
      const std::string path = fmt::format("storage.{}[{}]", key, i + 1);
      context.Find(path, fmt::format("'{}' is no path of S3", paths[i]));
    }
  };
  check("read", storage.read);
  check("write", storage.write);
}

void CheckEmail(EmrRuleContext& context) {
  const std::string& email = context.cluster.monitoring.email;
  const size_t at = email.find('@');
  const bool is_good = at != std::string::npos && at > 0 && at == email.rfind('@') &&
                       email.find('.', at) != std::string::npos &&
                       email.find_first_of(" ,;") == std::string::npos;
  if (!email.empty() && !is_good) context.Find("monitoring.email", fmt::format("'{}'", email));
}

constexpr auto kRetentionDays =
    std::to_array<int>({1,   3,   5,   7,   14,   30,   60,   90,   120,  150,  180,
                        365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653});
void CheckRetention(EmrRuleContext& context) {
  const int days = context.cluster.monitoring.log_days;
  if (std::find(kRetentionDays.begin(), kRetentionDays.end(), days) == kRetentionDays.end()) {
    context.Find("monitoring.log_days", fmt::format("{} days", days),
                 fmt::format("Take one of {}.", fmt::join(kRetentionDays, ", ")));
  }
}

void CheckAgent(EmrRuleContext& context) {
  const auto release = ParseEmrRelease(context.cluster.release);
  if (context.cluster.monitoring.agent && release && !release->IsAtLeast7(0))
    context.Find("monitoring.agent", fmt::format("the agent on {}", context.cluster.release));
}

void CheckIdleAlarm(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  const int minutes = cluster.monitoring.idle_alarm_minutes;
  if (cluster.monitoring.alarms && (minutes < 5 || minutes % 5 != 0 || minutes > 1440))
    context.Find("monitoring.idle_alarm_minutes", fmt::format("{} minutes", minutes));
}

void CheckLogGroup(EmrRuleContext& context) {
  const std::string& name = context.cluster.monitoring.log_group;
  const bool is_good = name.size() <= 512 && std::all_of(name.begin(), name.end(), [](char c) {
                         return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                (c >= '0' && c <= '9') ||
                                std::string_view("_-/.#").find(c) != std::string_view::npos;
                       });
  if (!is_good) context.Find("monitoring.log_group", fmt::format("'{}'", name));
}

constexpr auto kRules = std::to_array<EmrRule>({
    {"bucket-missing", kError,
     "Logs, tables and outputs need a bucket, and the nodes' rights name it.",
     "Add storage: {bucket: NAME}.", kEmber, CheckBucketMissing},
    {"bucket-form", kError,
     "A bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens.",
     "Write it like acme-stocks.", kDocs, CheckBucketForm},
    {"bucket-path", kError, "A bucket is named without s3:// and without a folder.",
     "Write the name alone.", kEmber, CheckBucketPath},
    {"bucket-dots", kWarning, "TLS certificates of S3 do not cover names with dots.",
     "Use hyphens.", kMemory, CheckBucketDots},
    {"log-uri-form", kError, "EMR writes its logs into a folder of S3.", "Write s3://bucket/logs/.",
     kDocs, CheckLogs},
    {"log-region", kError, "EMR writes logs into buckets of its own region only.",
     "Take a bucket of the cluster's region.", kDocs, CheckLogRegion},
    {"multipart-lifecycle", kError,
     "From emr-7.10 on s3:// is S3A, which leaves the parts of failed uploads; they are paid and "
     "invisible.",
     "Set storage.abort_multipart_days: 7.", kDocs, CheckMultipart},
    {"infrequent-access-early", kError,
     "S3 moves objects to Infrequent Access after 30 days at least.",
     "Write 30 or more, or 0 for never.", kMemory, CheckInfrequentAccess},
    {"access-path-form", kError, "The nodes' rights are given by folder of S3.",
     "Write s3://bucket/folder/.", kEmber, CheckAccessPaths},
    {"email-form", kError, "Alarms and budgets are sent to an address of email.",
     "Write it like data@example.com.", kEmber, CheckEmail},
    {"log-days", kError, "CloudWatch keeps logs for certain numbers of days only.", "Take 30.",
     kMemory, CheckRetention},
    {"agent-release", kError, "CloudWatch's agent is an application from emr-7.0 on.",
     "Take a newer release, or remove agent.", kDocs, CheckAgent},
    {"idle-alarm-period", kError,
     "EMR sends its metrics every five minutes, and an alarm sees a day.",
     "Write a multiple of 5, at most 1440.", kDocs, CheckIdleAlarm},
    {"log-group-form", kError, "A log group's name has letters, digits and _-/.#.",
     "Write it like /ember/stocks.", kMemory, CheckLogGroup},
});

}  // namespace

std::span<const EmrRule> EmrStorageRules() { return kRules; }

}  // namespace ember
