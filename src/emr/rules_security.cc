// Rules on roles, encryption, access and tags.
#include <fmt/format.h>

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

void CheckRoles(EmrRuleContext& context) {
  const EmrRoles& roles = context.cluster.roles;
  if (roles.create) return;
  if (roles.service.empty())
    context.Find("roles", "roles.create is false and roles.service is missing");
  else if (roles.instance_profile.empty())
    context.Find("roles", "roles.create is false and roles.instance_profile is missing");
}

void CheckRolesBoth(EmrRuleContext& context) {
  const EmrRoles& roles = context.cluster.roles;
  if (roles.create && (!roles.service.empty() || !roles.instance_profile.empty())) {
    context.Find(roles.service.empty() ? "roles.instance_profile" : "roles.service",
                 "an existing role while roles are created");
  }
}

void CheckRetiredRoles(EmrRuleContext& context) {
  const EmrRoles& roles = context.cluster.roles;
  const auto ends_with = [](const std::string& text, std::string_view name) {
    return text == name || text.ends_with(fmt::format("/{}", name));
  };
  if (ends_with(roles.service, "EMR_DefaultRole"))
    context.Find("roles.service", fmt::format("'{}'", roles.service));
  for (const std::string_view name : {"EMR_EC2_DefaultRole", "AmazonElasticMapReduceforEC2Role"}) {
    if (ends_with(roles.instance_profile, name))
      context.Find("roles.instance_profile", fmt::format("'{}'", roles.instance_profile));
  }
}

void CheckProfileForm(EmrRuleContext& context) {
  const std::string& profile = context.cluster.roles.instance_profile;
  if (!profile.starts_with("arn:")) return;
  const auto arn = ParseArn(profile);
  if (!arn || arn->service != "iam" || !arn->resource.starts_with("instance-profile/"))
    context.Find("roles.instance_profile", fmt::format("'{}' is no instance profile", profile));
}

void CheckServiceRoleForm(EmrRuleContext& context) {
  const std::string& role = context.cluster.roles.service;
  if (!role.starts_with("arn:")) return;
  const auto arn = ParseArn(role);
  if (!arn || arn->service != "iam" || !arn->resource.starts_with("role/"))
    context.Find("roles.service", fmt::format("'{}' is no role", role));
}

constexpr std::string_view kManagedTag = "for-use-with-amazon-emr-managed-policies";

void CheckManagedTag(EmrRuleContext& context) {
  const auto found = context.cluster.tags.find(std::string(kManagedTag));
  if (found != context.cluster.tags.end() && found->second != "true")
    context.Find(fmt::format("tags.{}", kManagedTag), fmt::format("'{}'", found->second));
}

void CheckTagCount(EmrRuleContext& context) {
  if (context.cluster.tags.size() > context.facts.Get(EmrNumber::kTags))
    context.Find("tags", fmt::format("{} tags", context.cluster.tags.size()));
}

void CheckTagForm(EmrRuleContext& context) {
  for (const auto& [key, value] : context.cluster.tags) {
    if (key.empty() || key.size() > 128 || value.size() > 256 || key.starts_with("aws:"))
      context.Find(fmt::format("tags.{}", key), fmt::format("tag '{}'", key));
  }
}

void CheckKeyForm(EmrRuleContext& context) {
  const std::string& key = context.cluster.security.kms_key;
  if (key.empty() || key == "create") return;
  const auto arn = ParseArn(key);
  if (!arn || arn->service != "kms" || !arn->resource.starts_with("key/"))
    context.Find("security.kms_key", fmt::format("'{}' is no key's ARN", key));
}

void CheckKeyRegion(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  const auto arn = ParseArn(cluster.security.kms_key);
  if (arn && arn->service == "kms" && !cluster.region.empty() && arn->region != cluster.region) {
    context.Find("security.kms_key",
                 fmt::format("the key is in {}, the cluster in {}", arn->region, cluster.region));
  }
}

void CheckAtRest(EmrRuleContext& context) {
  const EmrSecurity& security = context.cluster.security;
  if (!security.at_rest && security.configuration.empty())
    context.Find("security.at_rest", "nothing is encrypted at rest");
}

void CheckCertificates(EmrRuleContext& context) {
  const std::string& path = context.cluster.security.tls_certificates;
  if (path.empty()) return;
  const S3Place place = ParseS3Place(path);
  if (place.bucket.empty() || !place.key.ends_with(".zip"))
    context.Find("security.tls_certificates", fmt::format("'{}'", path));
}

void CheckConfigurationBoth(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.security.configuration.empty()) return;
  for (const std::string_view key : {"tls_certificates", "at_rest", "imdsv2", "hop_limit"}) {
    const std::string path = fmt::format("security.{}", key);
    if (cluster.IsSet(path))
      return context.Find(path, fmt::format("'{}' beside an existing configuration", path));
  }
}

void CheckMetadataTokens(EmrRuleContext& context) {
  if (!context.cluster.security.imdsv2) context.Find("security.imdsv2", "metadata without tokens");
}

void CheckHopLimit(EmrRuleContext& context) {
  const int hops = context.cluster.security.hop_limit;
  if (hops < 1 || hops > 64) context.Find("security.hop_limit", fmt::format("{} hops", hops));
}

void CheckFarHops(EmrRuleContext& context) {
  const int hops = context.cluster.security.hop_limit;
  if (hops > 1 && hops <= 64) context.Find("security.hop_limit", fmt::format("{} hops", hops));
}

void CheckPublicAccess(EmrRuleContext& context) {
  if (!context.cluster.security.block_public_access)
    context.Find("security.block_public_access", "buckets may become public");
}

void CheckSshKey(EmrRuleContext& context) {
  if (!context.cluster.security.ssh_key.empty())
    context.Find("security.ssh_key",
                 fmt::format("key pair '{}'", context.cluster.security.ssh_key));
}

constexpr auto kRules = std::to_array<EmrRule>({
    {"role-missing", kError, "EMR needs a role of its own and a profile for the nodes.",
     "Name both, or leave roles out: Ember makes them.", kDocs, CheckRoles},
    {"roles-both", kError, "Created roles and existing ones exclude each other.",
     "Set roles.create: false, or remove the names.", kEmber, CheckRolesBoth},
    {"role-retired", kWarning,
     "EMR's first default roles may do far more than a cluster needs; their policies are retired.",
     "Leave roles out: Ember makes roles with the least rights that serve.", kDocs,
     CheckRetiredRoles},
    {"instance-profile-form", kError,
     "The nodes take an instance profile, which is not the role of the same name.",
     "Write the profile's name, or arn:aws:iam::ACCOUNT:instance-profile/NAME.", kDocs,
     CheckProfileForm},
    {"service-role-form", kError, "EMR's own role is an IAM role.",
     "Write the role's name, or arn:aws:iam::ACCOUNT:role/NAME.", kDocs, CheckServiceRoleForm},
    {"managed-tag", kError, "EMR's policy of version 2 asks for this tag with the value true.",
     "Write true, or leave the tag out: Ember adds it.", kDocs, CheckManagedTag},
    {"tag-count", kError, "A resource takes at most 50 tags.", "Remove some.", kMemory,
     CheckTagCount},
    {"tag-form", kError,
     "A tag's key has 1 to 128 characters and does not begin with aws:, its value has at most 256.",
     "Shorten it, or choose another name.", kMemory, CheckTagForm},
    {"kms-key-form", kError, "A key is named by its ARN, or made by Ember.",
     "Write create, or arn:aws:kms:REGION:ACCOUNT:key/ID.", kDocs, CheckKeyForm},
    {"kms-key-region", kError, "A key serves its own region only.",
     "Take a key of the cluster's region.", kDocs, CheckKeyRegion},
    {"at-rest-off", kWarning, "Shuffle files and cached data lie on the nodes' disks as they are.",
     "Remove at_rest: false.", kDocs, CheckAtRest},
    {"tls-certificates-form", kError, "EMR reads certificates from a zip of PEM files in S3.",
     "Write s3://bucket/certificates.zip.", kDocs, CheckCertificates},
    {"security-configuration-both", kError,
     "An existing security configuration says all of it; EMR takes one.",
     "Remove the key, or configuration.", kDocs, CheckConfigurationBoth},
    {"imdsv1", kWarning, "Metadata without tokens hands credentials to whoever can make a request.",
     "Remove imdsv2: false.", kDocs, CheckMetadataTokens},
    {"hop-limit-range", kError, "The hop limit is 1 to 64.", "Write 1.", kMemory, CheckHopLimit},
    {"hop-limit-far", kWarning, "More than one hop lets containers reach the nodes' credentials.",
     "Write 1.", kDocs, CheckFarHops},
    {"public-access", kWarning, "A bucket policy written by mistake would publish the data.",
     "Remove block_public_access: false.", kDocs, CheckPublicAccess},
    {"ssh-key", kWarning, "An SSH key needs an open port; Systems Manager needs neither.",
     "Remove ssh_key and use `aws ssm start-session`.", kDocs, CheckSshKey},
});

}  // namespace

std::span<const EmrRule> EmrSecurityRules() { return kRules; }

}  // namespace ember
