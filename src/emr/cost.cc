#include "emr/cost.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "emr/nodes.h"

namespace ember {
namespace {

constexpr double kHoursPerDay = 24;
constexpr int64_t kSplitBytes = int64_t{128} << 20;  // Spark's spark.sql.files.maxPartitionBytes
constexpr int kDefaultVolumeGbPerVcpu = 16;
constexpr int kDefaultRootGb = 15;

// So many units on demand and so many on spot.
struct Units {
  double on_demand = 0;
  double spot = 0;
};

// Prices of one unit, over the types that it may be.
struct UnitPrices {
  UsdRange ec2;
  UsdRange emr;
  UsdRange volumes;
  bool is_known = false;
  EmrSource source = EmrSource::kPriceTable;
};

class Estimate {
 public:
  Estimate(const EmrCluster& cluster, const EmrFacts& facts)
      : cluster_(cluster), facts_(facts), limits_(EmrScalingLimits(cluster)) {}

  EmrCost Make(const EmrCostQuestion& question) {
    for (const EmrRole& role : EmrRoleNodes(cluster_)) AddRole(role);
    AddNetwork();
    Sum(question);
    AddNotes();
    return std::move(cost_);
  }

 private:
  double Get(EmrNumber number) const { return facts_.Get(number); }
  double VolumeUsdHour(const EmrNodes& nodes, const EmrTypeFact& type) const;
  double UnitsOf(const EmrRole& role, const EmrInstanceType& type, const EmrTypeFact& fact) const;
  UnitPrices PricesOf(const EmrRole& role);
  Units StartOf(const EmrRole& role) const;
  Units MaxOf(const EmrRole& role) const;
  UsdRange Ec2(const Units& units, const UnitPrices& prices) const;
  void AddRole(const EmrRole& role);
  void AddNetwork();
  void AddWorkers(const EmrRole& role, const Units& start, const Units& max);
  void AddRequests(const EmrCostQuestion& question);
  void Sum(const EmrCostQuestion& question);
  void AddNotes();

  const EmrCluster& cluster_;
  const EmrFacts& facts_;
  const EmrScaling limits_;
  EmrCost cost_;
  std::set<std::string> unpriced_;
  std::set<std::string> from_memory_;
  // Cores and memory of core and task nodes, as the cluster starts and at its limits.
  UsdRange vcpu_;
  UsdRange memory_gb_;
};

double Estimate::VolumeUsdHour(const EmrNodes& nodes, const EmrTypeFact& type) const {
  EmrVolumes volumes;
  volumes.size_gb = type.vcpu * kDefaultVolumeGbPerVcpu;
  volumes = nodes.volumes.value_or(volumes);
  const double usd = Get(volumes.type == "gp2" ? EmrNumber::kGp2GbMonth : EmrNumber::kGp3GbMonth);
  const int root_gb = cluster_.root_volume_gb > 0 ? cluster_.root_volume_gb : kDefaultRootGb;
  return (volumes.size_gb * volumes.count * usd + root_gb * Get(EmrNumber::kGp3GbMonth)) /
         Get(EmrNumber::kHoursPerMonth);
}

// How many of the units that are counted one node is.
double Estimate::UnitsOf(const EmrRole& role, const EmrInstanceType& type,
                         const EmrTypeFact& fact) const {
  if (cluster_.HasFleets()) return std::max(1, type.weight);
  const bool counts_vcpu = cluster_.scaling && limits_.unit == "vcpu" && role.path != "master";
  return counts_vcpu ? fact.vcpu : 1;
}

UnitPrices Estimate::PricesOf(const EmrRole& role) {
  UnitPrices prices;
  const auto widen = [&](UsdRange& range, double usd) {
    range.low = prices.is_known ? std::min(range.low, usd) : usd;
    range.high = prices.is_known ? std::max(range.high, usd) : usd;
  };
  for (const EmrInstanceType& type : role.nodes->types) {
    const EmrTypeFact* fact = facts_.FindType(type.name);
    if (fact == nullptr || fact->ec2_usd_hour == 0) {
      unpriced_.insert(type.name);
      continue;
    }
    if (fact->price_source == EmrSource::kMemory) from_memory_.insert(type.name);
    const double units = UnitsOf(role, type, *fact);
    widen(prices.ec2, fact->ec2_usd_hour / units);
    widen(prices.emr, fact->emr_usd_hour / units);
    widen(prices.volumes, VolumeUsdHour(*role.nodes, *fact) / units);
    if (fact->price_source != EmrSource::kPriceTable) prices.source = fact->price_source;
    prices.is_known = true;
  }
  return prices;
}

// The units of a group that counts nodes, in those of the scaling.
Units Estimate::StartOf(const EmrRole& role) const {
  const EmrNodes& nodes = *role.nodes;
  if (cluster_.HasFleets())
    return {static_cast<double>(nodes.on_demand_units), static_cast<double>(nodes.spot_units)};
  double count = nodes.count;
  if (!nodes.types.empty()) {
    if (const EmrTypeFact* fact = facts_.FindType(nodes.types.front().name))
      count *= UnitsOf(role, nodes.types.front(), *fact);
  }
  return nodes.market == "spot" ? Units{0, count} : Units{count, 0};
}

Units Estimate::MaxOf(const EmrRole& role) const {
  const Units start = StartOf(role);
  if (!cluster_.scaling || role.path == "master" || limits_.max == 0) return start;
  const double max_core = std::min(limits_.max_core, limits_.max);
  if (role.path == "core") {
    const double grown = std::max(start.on_demand + start.spot, max_core);
    return start.spot > start.on_demand ? Units{start.on_demand, grown - start.on_demand}
                                        : Units{grown - start.spot, start.spot};
  }
  const double rest = std::max(start.on_demand + start.spot, limits_.max - max_core);
  if (!cluster_.HasFleets()) return role.nodes->market == "spot" ? Units{0, rest} : Units{rest, 0};
  const double on_demand = std::clamp(limits_.max_on_demand - max_core, start.on_demand, rest);
  return {on_demand, rest - on_demand};
}

UsdRange Estimate::Ec2(const Units& units, const UnitPrices& prices) const {
  return {units.on_demand * prices.ec2.low +
              units.spot * prices.ec2.low * (1 - Get(EmrNumber::kSpotDiscountHigh)),
          units.on_demand * prices.ec2.high +
              units.spot * prices.ec2.high * (1 - Get(EmrNumber::kSpotDiscountLow))};
}

void Estimate::AddWorkers(const EmrRole& role, const Units& start, const Units& max) {
  if (role.path == "master" || role.nodes->types.empty()) return;
  const EmrInstanceType& type = role.nodes->types.front();
  const EmrTypeFact* fact = facts_.FindType(type.name);
  if (fact == nullptr) return;
  const double units = UnitsOf(role, type, *fact);
  const UsdRange nodes = {(start.on_demand + start.spot) / units,
                          (max.on_demand + max.spot) / units};
  vcpu_ += nodes * fact->vcpu;
  memory_gb_ += nodes * (fact->memory_mb / 1024.0);
}

void Estimate::AddRole(const EmrRole& role) {
  const UnitPrices prices = PricesOf(role);
  const Units start = StartOf(role);
  const Units max = MaxOf(role);
  AddWorkers(role, start, max);
  std::vector<std::string> types;
  for (const EmrInstanceType& type : role.nodes->types) types.push_back(type.name);
  const auto market = [](const Units& units) {
    std::string text;
    if (units.on_demand > 0 || units.spot == 0) text = fmt::format("{} on demand", units.on_demand);
    if (units.spot > 0) text += fmt::format("{}{} spot", text.empty() ? "" : " + ", units.spot);
    return text;
  };
  const std::string counts = market(start) == market(max)
                                 ? market(start)
                                 : fmt::format("{}, at most {}", market(start), market(max));
  const double start_units = start.on_demand + start.spot;
  const double max_units = max.on_demand + max.spot;
  const auto times = [](const UsdRange& range, double units) { return range * units; };
  cost_.hourly.push_back({role.path, "EC2", fmt::format("{}: {}", fmt::join(types, ", "), counts),
                          Ec2(start, prices), Ec2(max, prices), prices.source});
  cost_.hourly.push_back({role.path, "EMR", "not discounted on spot",
                          times(prices.emr, start_units), times(prices.emr, max_units),
                          prices.source});
  cost_.hourly.push_back({role.path, "EBS", role.nodes->volumes ? "" : "EMR's default volumes",
                          times(prices.volumes, start_units), times(prices.volumes, max_units),
                          role.nodes->volumes ? EmrSource::kPriceTable : EmrSource::kMemory});
}

void Estimate::AddNetwork() {
  const EmrNetwork& network = cluster_.network;
  const auto add = [&](const char* item, std::string detail, double usd, EmrSource source) {
    cost_.hourly.push_back({"network", item, std::move(detail), {usd, usd}, {usd, usd}, source});
  };
  if (network.create && network.nat && network.is_private) {
    add("NAT gateway", "and its public address",
        Get(EmrNumber::kNatHour) + Get(EmrNumber::kPublicAddressHour), EmrSource::kPriceTable);
  }
  if (network.create && !network.endpoints.empty()) {
    const double zones = static_cast<double>(std::max<size_t>(1, network.zones.size()));
    add("endpoints", fmt::format("{} in {} zones", network.endpoints.size(), zones),
        Get(EmrNumber::kEndpointHour) * zones * static_cast<double>(network.endpoints.size()),
        EmrSource::kMemory);
  }
  if (cluster_.connect.mode == "managed" && network.is_private) {
    add("load balancer", "of Connect's sessions", Get(EmrNumber::kLoadBalancerHour),
        EmrSource::kPriceTable);
  }
}

void Estimate::AddRequests(const EmrCostQuestion& question) {
  const int64_t bytes =
      question.input_bytes > 0 ? question.input_bytes : cluster_.spark.input.bytes;
  if (bytes == 0 && question.input_files == 0) return;
  const int64_t splits = (bytes + kSplitBytes - 1) / kSplitBytes;
  const int64_t files = question.input_files > 0 ? question.input_files : splits;
  // A Parquet file is opened for its footer and read once a split at least.
  const auto gets = static_cast<double>(files + std::max(files, splits));
  const double lists = std::ceil(static_cast<double>(files) / 1000);
  const double usd =
      gets / 1000 * Get(EmrNumber::kS3GetThousand) + lists / 1000 * Get(EmrNumber::kS3PutThousand);
  cost_.run.push_back({"S3 requests",
                       fmt::format("{} files: {} GET at least", files, gets),
                       {usd, usd * 4},
                       EmrSource::kPriceTable});
}

void Estimate::Sum(const EmrCostQuestion& question) {
  cost_.hours = question.hours > 0 ? question.hours : cluster_.limits.hours;
  AddRequests(question);
  for (const EmrCostRow& row : cost_.hourly) {
    cost_.hour_start += row.start;
    cost_.hour_max += row.max;
  }
  cost_.run_total = {cost_.hour_start.low * cost_.hours, cost_.hour_max.high * cost_.hours};
  for (const EmrRunRow& row : cost_.run) cost_.run_total += row.usd;
  cost_.day = UsdRange{cost_.hour_start.low, cost_.hour_max.high} * kHoursPerDay;
  cost_.month =
      UsdRange{cost_.hour_start.low, cost_.hour_max.high} * Get(EmrNumber::kHoursPerMonth);
  const auto serverless = [&](double vcpu, double memory_gb) {
    return (vcpu * Get(EmrNumber::kServerlessVcpuHour) +
            memory_gb * Get(EmrNumber::kServerlessGbHour)) *
           cost_.hours;
  };
  cost_.serverless = {serverless(vcpu_.low, memory_gb_.low),
                      serverless(vcpu_.high, memory_gb_.high)};
}

void Estimate::AddNotes() {
  auto& notes = cost_.notes;
  notes.push_back(
      fmt::format("prices of {}, {}, before taxes and discounts; spot is taken as "
                  "{:.0f} to {:.0f} % below on-demand",
                  facts_.price_region, facts_.date, Get(EmrNumber::kSpotDiscountLow) * 100,
                  Get(EmrNumber::kSpotDiscountHigh) * 100));
  if (!cluster_.region.empty() && cluster_.region != facts_.price_region)
    notes.push_back(fmt::format("{} has other prices: give them with --facts", cluster_.region));
  if (!unpriced_.empty())
    notes.push_back(
        fmt::format("not counted, for want of a price: {}", fmt::join(unpriced_, ", ")));
  if (!from_memory_.empty()) {
    notes.push_back(fmt::format("prices from general knowledge, not checked: {}",
                                fmt::join(from_memory_, ", ")));
  }
  notes.push_back(
      "not counted: what S3 keeps, KMS calls, CloudWatch, and data through the NAT gateway (S3 "
      "goes "
      "by its free gateway endpoint)");
}

}  // namespace

EmrCost EstimateEmrCost(const EmrCluster& cluster, const EmrFacts& facts,
                        const EmrCostQuestion& question) {
  return Estimate(cluster, facts).Make(question);
}

}  // namespace ember
