// Rules on the network and on names of AWS's things.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "emr/names.h"
#include "emr/nodes.h"
#include "emr/validate.h"
#include "yaml/yaml_reader.h"

namespace ember {
namespace {

constexpr auto kError = EmrSeverity::kError;
constexpr auto kWarning = EmrSeverity::kWarning;
constexpr auto kDocs = EmrSource::kDocumentation;
constexpr auto kMemory = EmrSource::kMemory;
constexpr auto kEmber = EmrSource::kEmber;

void CheckName(EmrRuleContext& context) {
  if (!context.cluster.IsSet("name")) context.Find("name", "the cluster has no name");
}

void CheckNameForm(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.IsSet("name") && !IsEmrName(cluster.name))
    context.Find("name", fmt::format("'{}'", cluster.name));
}

void CheckRegion(EmrRuleContext& context) {
  if (!context.cluster.IsSet("region")) context.Find("region", "the cluster has no region");
}

void CheckRegionKnown(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  const auto& regions = context.facts.regions;
  if (!cluster.IsSet("region") ||
      std::find(regions.begin(), regions.end(), cluster.region) != regions.end()) {
    return;
  }
  const std::vector<std::string_view> names(regions.begin(), regions.end());
  const std::string nearest = NearestName(cluster.region, names);
  context.Find("region", fmt::format("'{}' is no region that Ember knows", cluster.region),
               nearest.empty() ? "" : fmt::format("Did you mean {}?", nearest));
}

void CheckNetworkMissing(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  if (!network.create && network.subnets.empty()) context.Find("network", "there is no network");
}

void CheckNetworkBoth(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (!cluster.network.create) return;
  for (const std::string_view key : {"vpc", "subnets", "master_security_group",
                                     "core_security_group", "service_security_group"}) {
    const std::string path = fmt::format("network.{}", key);
    if (cluster.IsSet(path)) return context.Find(path, fmt::format("'{}' with create: true", path));
  }
}

void CheckCreatedKeys(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.network.create || cluster.network.subnets.empty()) return;
  for (const std::string_view key : {"cidr", "zones", "nat", "endpoints"}) {
    const std::string path = fmt::format("network.{}", key);
    if (cluster.IsSet(path)) context.Find(path, fmt::format("'{}' with an existing network", path));
  }
}

void CheckId(EmrRuleContext& context, const std::string& path, const std::string& id,
             std::string_view prefix) {
  if (!id.empty() && !IsAwsId(id, prefix)) context.Find(path, fmt::format("'{}'", id));
}

void CheckSubnetForm(EmrRuleContext& context) {
  for (const std::string& subnet : context.cluster.network.subnets)
    CheckId(context, "network.subnets", subnet, "subnet-");
}

void CheckGroupForm(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  CheckId(context, "network.master_security_group", network.master_security_group, "sg-");
  CheckId(context, "network.core_security_group", network.core_security_group, "sg-");
  CheckId(context, "network.service_security_group", network.service_security_group, "sg-");
}

void CheckVpcForm(EmrRuleContext& context) {
  CheckId(context, "network.vpc", context.cluster.network.vpc, "vpc-");
}

void CheckSubnetsWithoutFleets(EmrRuleContext& context) {
  if (!context.cluster.HasFleets() && context.cluster.network.subnets.size() > 1) {
    context.Find("network.subnets",
                 fmt::format("{} subnets for groups", context.cluster.network.subnets.size()));
  }
}

void CheckGroupsIncomplete(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  if (network.master_security_group.empty() != network.core_security_group.empty()) {
    context.Find("network", network.master_security_group.empty()
                                ? "a core security group without the master's"
                                : "a master security group without the core nodes'");
  }
}

void CheckServiceGroupMissing(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  if (!network.create && network.is_private && !network.master_security_group.empty() &&
      !network.core_security_group.empty() && network.service_security_group.empty()) {
    context.Find("network", "a private subnet without service_security_group");
  }
}

void CheckServiceGroupPublic(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  if (!network.is_private && !network.service_security_group.empty())
    context.Find("network.service_security_group", "a service security group in a public subnet");
}

void CheckServiceGroupShared(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  const std::string& group = network.service_security_group;
  if (!group.empty() &&
      (group == network.master_security_group || group == network.core_security_group)) {
    context.Find("network.service_security_group",
                 fmt::format("'{}' is the nodes' group too", group));
  }
}

void CheckPublic(EmrRuleContext& context) {
  if (!context.cluster.network.is_private) context.Find("network.private", "a public subnet");
}

void CheckNetworkTag(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (!cluster.network.create && !cluster.network.subnets.empty() && cluster.roles.create &&
      !cluster.network.is_tagged) {
    context.Find("network", "nothing says that the existing network carries EMR's tag");
  }
}

void CheckCidrForm(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  if (network.create && !ParseCidr(network.cidr))
    context.Find("network.cidr", fmt::format("'{}' is no block of addresses", network.cidr));
}

void CheckCidrSize(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  const auto cidr = ParseCidr(network.cidr);
  if (network.create && cidr && (cidr->bits < 16 || cidr->bits > 22))
    context.Find("network.cidr", fmt::format("'{}' has a length of {}", network.cidr, cidr->bits));
}

void CheckCidrPrivate(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  const auto cidr = ParseCidr(network.cidr);
  if (!network.create || !cidr) return;
  const uint32_t address = cidr->address;
  const bool is_private =
      (address >> 24) == 10 || (address >> 20) == 0xAC1 || (address >> 16) == 0xC0A8;
  if (!is_private) context.Find("network.cidr", fmt::format("'{}' is not private", network.cidr));
}

void CheckZones(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  for (size_t i = 0; i < cluster.network.zones.size(); ++i) {
    const std::string& zone = cluster.network.zones[i];
    const bool fits = zone.size() == cluster.region.size() + 1 &&
                      zone.starts_with(cluster.region) && zone.back() >= 'a' && zone.back() <= 'z';
    if (!fits && !cluster.region.empty()) {
      context.Find(fmt::format("network.zones[{}]", i + 1),
                   fmt::format("'{}' is no zone of {}", zone, cluster.region));
    }
  }
}

void CheckZonesTwice(EmrRuleContext& context) {
  const auto& zones = context.cluster.network.zones;
  if (std::set<std::string>(zones.begin(), zones.end()).size() != zones.size())
    context.Find("network.zones", "a zone is here twice");
}

void CheckZonesWithoutFleets(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.network.create && !cluster.HasFleets() && cluster.network.zones.size() > 1)
    context.Find("network.zones", fmt::format("{} zones for groups", cluster.network.zones.size()));
}

constexpr size_t kMaxZones = 6;
void CheckZonesCount(EmrRuleContext& context) {
  if (context.cluster.network.zones.size() > kMaxZones)
    context.Find("network.zones", fmt::format("{} zones", context.cluster.network.zones.size()));
}

constexpr auto kEndpoints = std::to_array<std::string_view>(
    {"elasticmapreduce", "ec2", "sts", "logs", "monitoring", "kms", "glue", "ssm", "ssmmessages",
     "ec2messages", "secretsmanager", "sqs", "sns", "athena", "ecr.api", "ecr.dkr",
     "emr-serverless"});

void CheckEndpoints(EmrRuleContext& context) {
  const auto& endpoints = context.cluster.network.endpoints;
  for (size_t i = 0; i < endpoints.size(); ++i) {
    if (std::find(kEndpoints.begin(), kEndpoints.end(), endpoints[i]) != kEndpoints.end()) continue;
    const std::string nearest = NearestName(endpoints[i], kEndpoints);
    context.Find(fmt::format("network.endpoints[{}]", i + 1),
                 fmt::format("'{}' is no endpoint that Ember knows", endpoints[i]),
                 nearest.empty() ? "" : fmt::format("Did you mean {}?", nearest));
  }
}

// What a cluster without any other way out must reach; the rest depends on the job.
constexpr auto kNeededEndpoints =
    std::to_array<std::string_view>({"elasticmapreduce", "ec2", "sts"});
void CheckNoWayOut(EmrRuleContext& context) {
  const EmrNetwork& network = context.cluster.network;
  if (!network.create || network.nat || !network.is_private) return;
  std::vector<std::string_view> missing;
  for (const std::string_view needed : kNeededEndpoints) {
    if (std::find(network.endpoints.begin(), network.endpoints.end(), needed) ==
        network.endpoints.end()) {
      missing.push_back(needed);
    }
  }
  if (!missing.empty()) {
    context.Find("network.nat",
                 fmt::format("no NAT gateway, and no endpoint for {}", fmt::join(missing, ", ")));
  }
}

constexpr auto kRules = std::to_array<EmrRule>({
    {"name-missing", kError, "Everything that is made carries the cluster's name.",
     "Add name: stocks.", kEmber, CheckName},
    {"name-form", kError,
     "The name becomes part of roles, buckets and stacks: lower-case letters, digits and hyphens, "
     "at most 40, a letter first.",
     "Write it like stocks-daily.", kEmber, CheckNameForm},
    {"region-missing", kError, "Prices, subnets and buckets belong to a region.",
     "Add region: us-east-1.", kEmber, CheckRegion},
    {"region-unknown", kError, "A misspelt region is found only when the first call fails.",
     "Take a region of AWS, or add it to the facts file.", kMemory, CheckRegionKnown},
    {"network-missing", kError, "A cluster needs a subnet.",
     "Add network: {create: true}, or network.subnets with an existing one.", kDocs,
     CheckNetworkMissing},
    {"network-both", kError, "A created network has ids of its own.", "Remove create, or the ids.",
     kEmber, CheckNetworkBoth},
    {"network-created-key", kError, "The key shapes a network that Ember makes.",
     "Remove it, or write create: true without ids.", kEmber, CheckCreatedKeys},
    {"subnet-form", kError, "A subnet's id is subnet- and 8 or 17 hexadecimal digits.",
     "Copy the id from the console or from `aws ec2 describe-subnets`.", kDocs, CheckSubnetForm},
    {"security-group-form", kError, "A security group's id is sg- and 8 or 17 hexadecimal digits.",
     "Copy the id; the group's name does not serve.", kDocs, CheckGroupForm},
    {"vpc-form", kError, "A VPC's id is vpc- and 8 or 17 hexadecimal digits.", "Copy the id.",
     kDocs, CheckVpcForm},
    {"subnets-without-fleets", kError,
     "Only fleets are offered several subnets; EMR refuses them for groups.",
     "Name one subnet, or set instances: fleets.", kDocs, CheckSubnetsWithoutFleets},
    {"security-groups-incomplete", kError, "EMR takes both managed security groups or none.",
     "Add the missing one.", kDocs, CheckGroupsIncomplete},
    {"service-group-missing", kError,
     "In a private subnet EMR reaches the nodes through the service security group (8443 and "
     "9443); "
     "without it the cluster does not start and managed scaling does not work.",
     "Add network.service_security_group.", kDocs, CheckServiceGroupMissing},
    {"service-group-public", kError,
     "EMR takes the service security group in private subnets only.",
     "Remove it, or set network.private: true.", kMemory, CheckServiceGroupPublic},
    {"service-group-shared", kError, "The service security group must be none of the nodes'.",
     "Make a third group.", kDocs, CheckServiceGroupShared},
    {"public-subnet", kWarning,
     "Nodes with public addresses can be reached from the internet when a security group is opened "
     "by mistake.",
     "Use a private subnet with an S3 gateway endpoint.", kDocs, CheckPublic},
    {"network-tag", kWarning,
     "With EMR's policy of version 2 the VPC, subnet and groups must carry "
     "for-use-with-amazon-emr-managed-policies=true; otherwise RunJobFlow is refused.",
     "Tag them, then write network.tagged: true.", kDocs, CheckNetworkTag},
    {"cidr-form", kError, "The VPC's addresses are written like 10.20.0.0/16.",
     "Write an address and a length whose lower bits are 0.", kEmber, CheckCidrForm},
    {"cidr-size", kError,
     "A VPC takes a block of /16 at most, and Ember's subnets need /22 at least.",
     "Take a length from 16 to 22.", kEmber, CheckCidrSize},
    {"cidr-public", kWarning, "Addresses that belong to others cannot be reached from the cluster.",
     "Take a block of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.", kDocs, CheckCidrPrivate},
    {"zone-form", kError, "An availability zone is the region and a letter.",
     "Write it like us-east-1a.", kDocs, CheckZones},
    {"zone-twice", kError, "Each zone gets one subnet.", "Remove one of them.", kEmber,
     CheckZonesTwice},
    {"zones-without-fleets", kWarning, "Groups use one subnet; the others would stay empty.",
     "Name one zone, or set instances: fleets.", kDocs, CheckZonesWithoutFleets},
    {"zones-count", kError, "Ember cuts the VPC into at most six private subnets.",
     "Name fewer zones.", kEmber, CheckZonesCount},
    {"endpoint-unknown", kError, "A misspelt endpoint is found only when the stack fails.",
     "Take a service that has an interface endpoint.", kMemory, CheckEndpoints},
    {"no-way-out", kError,
     "Nodes must reach EMR, EC2 and STS while they start; without NAT only endpoints lead there.",
     "Set network.nat: true, or add the endpoints.", kMemory, CheckNoWayOut},
});

}  // namespace

std::span<const EmrRule> EmrNetworkRules() { return kRules; }

}  // namespace ember
