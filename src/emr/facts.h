#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ember {

/// Where a fact is from. General knowledge is said to be such wherever it is shown.
enum class EmrSource {
  kDocumentation,  // AWS's documentation and service models, 2023-2026
  kPriceTable,     // secondary tables of prices, 2025-2026
  kMemory,         // general knowledge, not checked against AWS
  kEmber,          // Ember's own rule
  kFile,           // a facts file of the user's
};
std::string_view EmrSourceText(EmrSource source);

struct EmrTypeFact {
  std::string name;
  std::string architecture;  // x86_64 | arm64
  int vcpu = 0;
  int memory_mb = 0;
  int yarn_mb = 0;  // what YARN gives out of it
  double ec2_usd_hour = 0;
  double emr_usd_hour = 0;
  EmrSource source = EmrSource::kDocumentation;  // of memory and YARN's share
  EmrSource price_source = EmrSource::kPriceTable;
};

struct EmrReleaseFact {
  std::string name;
  std::string spark;
  EmrSource source = EmrSource::kDocumentation;
};

/// A limit or a price, by name.
enum class EmrNumber {
  kFleetTypes,
  kFleetTypesWithStrategy,
  kSpotTimeoutMin,
  kSpotTimeoutMax,
  kIdleSecondsMin,
  kIdleSecondsMax,
  kSteps,
  kStepConcurrencyMax,
  kBootstrapActions,
  kTags,
  kVolumesPerNode,
  kRootVolumeMin,
  kRootVolumeMax,
  kWeightMax,
  kSessionIdleMaxMinutes,
  kInfrequentAccessMinDays,
  kExecutorOverheadFactor,
  kExecutorOverheadMinMb,
  kMasterMemoryMb,
  kSpotDiscountLow,
  kSpotDiscountHigh,
  kGp3GbMonth,
  kGp2GbMonth,
  kServerlessVcpuHour,
  kServerlessGbHour,
  kS3GbMonth,
  kS3PutThousand,
  kS3GetThousand,
  kNatHour,
  kNatGb,
  kPublicAddressHour,
  kEndpointHour,
  kLoadBalancerHour,
  kHoursPerMonth,
  kCount,
};

struct EmrNumberFact {
  std::string_view name;
  double value = 0;
  std::string_view unit;
  EmrSource source = EmrSource::kDocumentation;
};

/// What is known of EMR without asking it: made of the tables in facts.cc; a file may override it.
struct EmrFacts {
  std::string date;          // of the prices
  std::string price_region;  // where they hold
  std::map<std::string, EmrTypeFact> types;
  std::map<std::string, EmrReleaseFact> releases;
  std::vector<std::string> regions;
  std::array<EmrNumberFact, static_cast<size_t>(EmrNumber::kCount)> numbers;

  double Get(EmrNumber number) const { return numbers[static_cast<size_t>(number)].value; }
  const EmrTypeFact* FindType(const std::string& name) const;
};

EmrFacts DefaultEmrFacts();
/// The default facts with what a facts file says otherwise. Errors: file:line:column.
Result<EmrFacts> ReadEmrFacts(std::string file, const std::string& text);

/// Why EMR refuses the instance type and what to take instead; nothing where it may be taken.
struct EmrRefusal {
  std::string why;
  std::string substitute;
};
std::optional<EmrRefusal> RefusedEmrType(const std::string& name);

/// A release as numbers: "emr-7.13.0", "emr-spark-8.0.0".
struct EmrRelease {
  bool is_spark_only = false;
  int major = 0;
  int minor = 0;
  int patch = 0;
  /// Whether it is EMR of the 7 line, at least 7.`minor`, or Spark-only.
  bool IsAtLeast7(int at_least_minor) const {
    return is_spark_only || major > 7 || (major == 7 && minor >= at_least_minor);
  }
};
std::optional<EmrRelease> ParseEmrRelease(std::string_view name);

}  // namespace ember
