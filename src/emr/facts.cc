// The facts that validation, sizing and prices rest on: one table per kind, a row per fact.
#include "emr/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ember {
namespace {

constexpr auto kDocs = EmrSource::kDocumentation;
constexpr auto kMemory = EmrSource::kMemory;
constexpr auto kPrices = EmrSource::kPriceTable;

constexpr std::string_view kPriceDate = "2025-2026";
constexpr std::string_view kPriceRegion = "us-east-1";

struct TypeRow {
  std::string_view name;
  std::string_view architecture;
  int vcpu;
  int memory_mb;
  int yarn_mb;
  double ec2_usd_hour;
  double emr_usd_hour;
  EmrSource source;
  EmrSource price_source;
};

constexpr std::string_view kX86 = "x86_64";
constexpr std::string_view kArm = "arm64";

// Prices: Linux, on demand, us-east-1. Rows of general knowledge scale a family's xlarge.
constexpr auto kTypes = std::to_array<TypeRow>({
    {"m5.xlarge", kX86, 4, 16384, 12288, 0.192, 0.048, kDocs, kPrices},
    {"m5.2xlarge", kX86, 8, 32768, 24576, 0.384, 0.096, kDocs, kPrices},
    {"m5.4xlarge", kX86, 16, 65536, 57344, 0.768, 0.192, kDocs, kPrices},
    {"m5.8xlarge", kX86, 32, 131072, 122880, 1.536, 0.27, kMemory, kMemory},
    {"m5.12xlarge", kX86, 48, 196608, 188416, 2.304, 0.27, kMemory, kMemory},
    {"m5a.xlarge", kX86, 4, 16384, 12288, 0.172, 0.043, kMemory, kPrices},
    {"m5a.2xlarge", kX86, 8, 32768, 24576, 0.344, 0.086, kMemory, kMemory},
    {"m5a.4xlarge", kX86, 16, 65536, 57344, 0.688, 0.172, kMemory, kMemory},
    {"m5d.xlarge", kX86, 4, 16384, 12288, 0.226, 0.0565, kMemory, kMemory},
    {"m5d.2xlarge", kX86, 8, 32768, 24576, 0.452, 0.113, kMemory, kMemory},
    {"m6a.xlarge", kX86, 4, 16384, 12288, 0.1728, 0.0432, kMemory, kMemory},
    {"m6i.xlarge", kX86, 4, 16384, 12288, 0.192, 0.048, kMemory, kMemory},
    {"m6i.2xlarge", kX86, 8, 32768, 24576, 0.384, 0.096, kMemory, kMemory},
    {"m6i.4xlarge", kX86, 16, 65536, 57344, 0.768, 0.192, kMemory, kMemory},
    {"m7i.xlarge", kX86, 4, 16384, 12288, 0.2016, 0.0504, kMemory, kMemory},
    {"m7i.2xlarge", kX86, 8, 32768, 24576, 0.4032, 0.1008, kMemory, kMemory},
    {"m6g.xlarge", kArm, 4, 16384, 11712, 0.154, 0.0385, kDocs, kPrices},
    {"m6g.2xlarge", kArm, 8, 32768, 23424, 0.308, 0.077, kDocs, kPrices},
    {"m6g.4xlarge", kArm, 16, 65536, 57344, 0.616, 0.154, kMemory, kMemory},
    {"m7g.xlarge", kArm, 4, 16384, 11712, 0.1632, 0.0408, kMemory, kPrices},
    {"m7g.2xlarge", kArm, 8, 32768, 23424, 0.3264, 0.0816, kMemory, kMemory},
    {"m7g.4xlarge", kArm, 16, 65536, 57344, 0.6528, 0.1632, kMemory, kMemory},
    {"c5.xlarge", kX86, 4, 8192, 6144, 0.170, 0.0425, kDocs, kPrices},
    {"c5.2xlarge", kX86, 8, 16384, 12288, 0.340, 0.085, kDocs, kPrices},
    {"c5.4xlarge", kX86, 16, 32768, 24576, 0.680, 0.170, kMemory, kMemory},
    {"c6g.xlarge", kArm, 4, 8192, 5856, 0.136, 0.034, kMemory, kMemory},
    {"c6g.2xlarge", kArm, 8, 16384, 11712, 0.272, 0.068, kMemory, kMemory},
    {"c7g.xlarge", kArm, 4, 8192, 5856, 0.145, 0.0363, kMemory, kMemory},
    {"c7g.2xlarge", kArm, 8, 16384, 11712, 0.290, 0.0725, kMemory, kMemory},
    {"r5.xlarge", kX86, 4, 32768, 24576, 0.252, 0.063, kDocs, kPrices},
    {"r5.2xlarge", kX86, 8, 65536, 57344, 0.504, 0.126, kDocs, kPrices},
    {"r5.4xlarge", kX86, 16, 131072, 122880, 1.008, 0.252, kMemory, kMemory},
    {"r6g.xlarge", kArm, 4, 32768, 23424, 0.2016, 0.0504, kDocs, kMemory},
    {"r6g.2xlarge", kArm, 8, 65536, 57344, 0.4032, 0.1008, kMemory, kMemory},
    {"r6i.xlarge", kX86, 4, 32768, 24576, 0.252, 0.063, kMemory, kMemory},
    {"r6i.2xlarge", kX86, 8, 65536, 57344, 0.504, 0.126, kMemory, kMemory},
    {"r7g.xlarge", kArm, 4, 32768, 23424, 0.2142, 0.0536, kMemory, kPrices},
    {"r7g.2xlarge", kArm, 8, 65536, 57344, 0.4284, 0.1071, kMemory, kPrices},
    {"m4.large", kX86, 2, 8192, 6144, 0.100, 0.03, kMemory, kPrices},
    {"m4.xlarge", kX86, 4, 16384, 12288, 0.200, 0.06, kMemory, kMemory},
    {"c4.large", kX86, 2, 3840, 1792, 0.100, 0.026, kMemory, kMemory},
});

struct ReleaseRow {
  std::string_view name;
  std::string_view spark;
  EmrSource source;
};

constexpr auto kReleases = std::to_array<ReleaseRow>({
    {"emr-7.0.0", "3.5.0", kMemory},
    {"emr-7.1.0", "3.5.0", kMemory},
    {"emr-7.2.0", "3.5.1", kMemory},
    {"emr-7.3.0", "3.5.1", kMemory},
    {"emr-7.4.0", "3.5.2", kMemory},
    {"emr-7.5.0", "3.5.2", kMemory},
    {"emr-7.6.0", "3.5.3", kMemory},
    {"emr-7.7.0", "3.5.3", kMemory},
    {"emr-7.8.0", "3.5.4", kMemory},
    {"emr-7.9.0", "3.5.5", kMemory},
    {"emr-7.10.0", "3.5.5", kDocs},
    {"emr-7.11.0", "3.5.6", kDocs},
    {"emr-7.12.0", "3.5.6", kDocs},
    {"emr-7.13.0", "3.5.6", kDocs},
    {"emr-spark-8.0.0", "4.0.2", kDocs},
});

constexpr auto kRegions = std::to_array<std::string_view>(
    {"us-east-1",      "us-east-2",      "us-west-1",      "us-west-2",      "ca-central-1",
     "ca-west-1",      "sa-east-1",      "mx-central-1",   "eu-west-1",      "eu-west-2",
     "eu-west-3",      "eu-central-1",   "eu-central-2",   "eu-north-1",     "eu-south-1",
     "eu-south-2",     "me-south-1",     "me-central-1",   "il-central-1",   "af-south-1",
     "ap-south-1",     "ap-south-2",     "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
     "ap-southeast-4", "ap-southeast-5", "ap-southeast-7", "ap-northeast-1", "ap-northeast-2",
     "ap-northeast-3", "ap-east-1"});

// In the order of EmrNumber.
constexpr auto kNumbers = std::to_array<EmrNumberFact>({
    {"fleet_types", 5, "types", kDocs},
    {"fleet_types_with_strategy", 30, "types", kDocs},
    {"spot_timeout_min", 5, "minutes", kDocs},
    {"spot_timeout_max", 1440, "minutes", kDocs},
    {"idle_seconds_min", 60, "s", kDocs},
    {"idle_seconds_max", 604800, "s", kDocs},
    {"steps", 256, "steps", kDocs},
    {"step_concurrency_max", 256, "steps", kDocs},
    {"bootstrap_actions", 16, "actions", kMemory},
    {"tags", 50, "tags", kMemory},
    {"volumes_per_node", 25, "volumes", kMemory},
    {"root_volume_min", 15, "GiB", kMemory},
    {"root_volume_max", 100, "GiB", kMemory},
    {"weight_max", 999, "units", kMemory},
    {"session_idle_max_minutes", 1440, "minutes", kDocs},
    {"infrequent_access_min_days", 30, "days", kMemory},
    {"executor_overhead_factor", 0.1875, "", kDocs},
    {"executor_overhead_min_mb", 384, "MB", kDocs},
    {"application_master_mb", 1024, "MB", kDocs},
    {"spot_discount_low", 0.5, "of on-demand", kPrices},
    {"spot_discount_high", 0.7, "of on-demand", kPrices},
    {"gp3_gb_month", 0.08, "USD", kPrices},
    {"gp2_gb_month", 0.10, "USD", kPrices},
    {"serverless_vcpu_hour", 0.052624, "USD", kPrices},
    {"serverless_gb_hour", 0.0057785, "USD", kPrices},
    {"s3_gb_month", 0.023, "USD", kPrices},
    {"s3_put_thousand", 0.005, "USD", kPrices},
    {"s3_get_thousand", 0.0004, "USD", kPrices},
    {"nat_hour", 0.045, "USD", kPrices},
    {"nat_gb", 0.045, "USD", kPrices},
    {"public_address_hour", 0.005, "USD", kPrices},
    {"endpoint_hour", 0.01, "USD", kMemory},
    {"load_balancer_hour", 0.0225, "USD", kPrices},
    {"hours_per_month", 730, "h", EmrSource::kEmber},
});
static_assert(kNumbers.size() == static_cast<size_t>(EmrNumber::kCount));

// Types that EMR refuses, by family and size; the first row that fits counts. "*" is any family.
struct RefusedRow {
  std::string_view family;  // a prefix
  std::string_view size;    // empty: any
  std::string_view why;
  std::string_view substitute_family;  // empty: the same
  std::string_view substitute_size;    // empty: the same
};
constexpr auto kAllowedSmall = std::to_array<std::string_view>({"m4.large", "c4.large"});
constexpr auto kRefused = std::to_array<RefusedRow>({
    {"t", "", "EMR has no burstable instance types", "m5", "xlarge"},
    {"*", "nano", "EMR has no instance type so small", "m5", "xlarge"},
    {"*", "micro", "EMR has no instance type so small", "m5", "xlarge"},
    {"*", "small", "EMR has no instance type so small", "m5", "xlarge"},
    {"*", "medium", "EMR has no instance type so small", "m5", "xlarge"},
    {"*", "large", "of the .large types EMR has m4.large and c4.large only", "", "xlarge"},
});

}  // namespace

std::string_view EmrSourceText(EmrSource source) {
  switch (source) {
    case EmrSource::kDocumentation:
      return "AWS documentation and service models, 2023-2026";
    case EmrSource::kPriceTable:
      return "secondary price tables, 2025-2026";
    case EmrSource::kMemory:
      return "general knowledge, not checked against AWS";
    case EmrSource::kEmber:
      return "Ember's own";
    case EmrSource::kFile:
      return "the facts file";
  }
  return "";
}

const EmrTypeFact* EmrFacts::FindType(const std::string& name) const {
  const auto found = types.find(name);
  return found == types.end() ? nullptr : &found->second;
}

EmrFacts DefaultEmrFacts() {
  EmrFacts facts;
  facts.date = kPriceDate;
  facts.price_region = kPriceRegion;
  for (const TypeRow& row : kTypes) {
    facts.types[std::string(row.name)] = {std::string(row.name),
                                          std::string(row.architecture),
                                          row.vcpu,
                                          row.memory_mb,
                                          row.yarn_mb,
                                          row.ec2_usd_hour,
                                          row.emr_usd_hour,
                                          row.source,
                                          row.price_source};
  }
  for (const ReleaseRow& row : kReleases) {
    facts.releases[std::string(row.name)] = {std::string(row.name), std::string(row.spark),
                                             row.source};
  }
  facts.regions.assign(kRegions.begin(), kRegions.end());
  std::copy(kNumbers.begin(), kNumbers.end(), facts.numbers.begin());
  return facts;
}

std::optional<EmrRefusal> RefusedEmrType(const std::string& name) {
  if (std::find(kAllowedSmall.begin(), kAllowedSmall.end(), name) != kAllowedSmall.end()) {
    return std::nullopt;
  }
  const size_t dot = name.find('.');
  if (dot == std::string::npos) return std::nullopt;
  const std::string family = name.substr(0, dot);
  const std::string size = name.substr(dot + 1);
  for (const RefusedRow& row : kRefused) {
    if (row.family != "*" && !family.starts_with(row.family)) continue;
    if (row.family == "t" && family.starts_with("trn")) continue;
    if (!row.size.empty() && row.size != size) continue;
    return EmrRefusal{
        std::string(row.why),
        fmt::format(
            "{}.{}",
            row.substitute_family.empty() ? std::string_view(family) : row.substitute_family,
            row.substitute_size.empty() ? std::string_view(size) : row.substitute_size)};
  }
  return std::nullopt;
}

std::optional<EmrRelease> ParseEmrRelease(std::string_view name) {
  EmrRelease release;
  constexpr std::string_view kSparkOnly = "emr-spark-";
  constexpr std::string_view kUsual = "emr-";
  if (name.starts_with(kSparkOnly)) {
    release.is_spark_only = true;
    name.remove_prefix(kSparkOnly.size());
  } else if (name.starts_with(kUsual)) {
    name.remove_prefix(kUsual.size());
  } else {
    return std::nullopt;
  }
  for (int* part : {&release.major, &release.minor, &release.patch}) {
    const auto [end, code] = std::from_chars(name.data(), name.data() + name.size(), *part);
    if (code != std::errc()) return std::nullopt;
    name.remove_prefix(static_cast<size_t>(end - name.data()));
    if (part == &release.patch) return name.empty() ? std::optional(release) : std::nullopt;
    if (!name.starts_with('.')) return std::nullopt;
    name.remove_prefix(1);
  }
  return std::nullopt;
}

}  // namespace ember
