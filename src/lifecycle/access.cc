#include "lifecycle/access.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "emr/names.h"
#include "emr/nodes.h"
#include "lifecycle/stack_parts.h"

namespace ember {
namespace {

// Which rights, on what. `resources` are ARNs after "arn:PARTITION:", separated by blanks, in which
// {region}, {account}, {name}, {bucket}, {database} and {log_group} stand for the file's.
struct RightsRow {
  std::string_view id;
  std::string_view needed_by;  // a type of the template; empty: the verbs themselves
  std::string_view actions;
  std::string_view resources;
};

// The verbs' own calls. A cluster's id is not known before it runs: its tag says which is meant.
constexpr auto kVerbs = std::to_array<RightsRow>({
    {"Clusters", "",
     "elasticmapreduce:DescribeCluster elasticmapreduce:ListInstanceGroups "
     "elasticmapreduce:ListInstanceFleets elasticmapreduce:ListInstances "
     "elasticmapreduce:ListSteps elasticmapreduce:ListBootstrapActions "
     "elasticmapreduce:DescribeStep elasticmapreduce:GetManagedScalingPolicy "
     "elasticmapreduce:GetAutoTerminationPolicy",
     "elasticmapreduce:{region}:{account}:cluster/*"},
    {"OwnClusters", "",
     "elasticmapreduce:PutManagedScalingPolicy elasticmapreduce:RemoveManagedScalingPolicy "
     "elasticmapreduce:PutAutoTerminationPolicy elasticmapreduce:RemoveAutoTerminationPolicy "
     "elasticmapreduce:ModifyInstanceGroups elasticmapreduce:ModifyInstanceFleet "
     "elasticmapreduce:AddInstanceGroups elasticmapreduce:AddInstanceFleet "
     "elasticmapreduce:ModifyCluster elasticmapreduce:SetTerminationProtection "
     "elasticmapreduce:SetKeepJobFlowAliveWhenNoSteps elasticmapreduce:RemoveTags "
     "elasticmapreduce:TerminateJobFlows elasticmapreduce:AddJobFlowSteps "
     "elasticmapreduce:CancelSteps elasticmapreduce:AddTags",
     "elasticmapreduce:{region}:{account}:cluster/*"},
    {"ListClusters", "", "elasticmapreduce:ListClusters", "*"},
    {"StartCluster", "", "elasticmapreduce:RunJobFlow", "*"},
    {"Stacks", "",
     "cloudformation:CreateChangeSet cloudformation:DescribeChangeSet "
     "cloudformation:ExecuteChangeSet cloudformation:DeleteChangeSet "
     "cloudformation:DescribeStacks cloudformation:DescribeStackEvents "
     "cloudformation:DeleteStack cloudformation:ListStackResources cloudformation:GetTemplate",
     "cloudformation:{region}:{account}:stack/ember-{name}/* "
     "cloudformation:{region}:{account}:stack/ember-{name}-watch/*"},
    {"Idle", "", "cloudwatch:GetMetricStatistics", "*"},
    {"Programs", "", "s3:PutObject s3:GetObject s3:DeleteObject s3:AbortMultipartUpload",
     "s3:::{bucket}/*"},
    {"Bucket", "", "s3:ListBucket s3:GetBucketLocation", "s3:::{bucket}"},
    {"Logs", "", "s3:GetObject", "s3:::{logs}*"},
});

#define EMBER_EC2(kind) "ec2:{region}:{account}:" kind "/*"
// What CloudFormation does in the caller's name, by the types of the templates. General knowledge
// of the resource providers' calls.
constexpr auto kResources = std::to_array<RightsRow>({
    {"Vpc", "AWS::EC2::VPC",
     "ec2:CreateVpc ec2:DeleteVpc ec2:ModifyVpcAttribute ec2:CreateTags ec2:DeleteTags "
     "ec2:DescribeVpcAttribute",
     EMBER_EC2("vpc")},
    {"Subnets", "AWS::EC2::Subnet",
     "ec2:CreateSubnet ec2:DeleteSubnet ec2:ModifySubnetAttribute ec2:CreateTags ec2:DeleteTags",
     EMBER_EC2("subnet") " " EMBER_EC2("vpc")},
    {"RouteTables", "AWS::EC2::RouteTable",
     "ec2:CreateRouteTable ec2:DeleteRouteTable ec2:CreateTags ec2:DeleteTags",
     EMBER_EC2("route-table") " " EMBER_EC2("vpc")},
    {"Routes", "AWS::EC2::Route", "ec2:CreateRoute ec2:ReplaceRoute ec2:DeleteRoute",
     EMBER_EC2("route-table")},
    {"Associations", "AWS::EC2::SubnetRouteTableAssociation",
     "ec2:AssociateRouteTable ec2:DisassociateRouteTable",
     EMBER_EC2("route-table") " " EMBER_EC2("subnet")},
    {"InternetGateway", "AWS::EC2::InternetGateway",
     "ec2:CreateInternetGateway ec2:DeleteInternetGateway ec2:CreateTags ec2:DeleteTags",
     EMBER_EC2("internet-gateway")},
    {"GatewayAttachment", "AWS::EC2::VPCGatewayAttachment",
     "ec2:AttachInternetGateway ec2:DetachInternetGateway",
     EMBER_EC2("internet-gateway") " " EMBER_EC2("vpc")},
    {"Addresses", "AWS::EC2::EIP",
     "ec2:AllocateAddress ec2:ReleaseAddress ec2:DisassociateAddress ec2:CreateTags ec2:DeleteTags",
     EMBER_EC2("elastic-ip") " " EMBER_EC2("network-interface")},
    {"NatGateway", "AWS::EC2::NatGateway",
     "ec2:CreateNatGateway ec2:DeleteNatGateway ec2:CreateTags ec2:DeleteTags",
     EMBER_EC2("natgateway") " " EMBER_EC2("elastic-ip") " " EMBER_EC2("subnet")},
    {"VpcEndpoints", "AWS::EC2::VPCEndpoint",
     "ec2:CreateVpcEndpoint ec2:ModifyVpcEndpoint ec2:DeleteVpcEndpoints ec2:CreateTags "
     "ec2:DeleteTags",
     EMBER_EC2("vpc-endpoint") " " EMBER_EC2("vpc") " " EMBER_EC2("subnet") " " EMBER_EC2(
         "route-table") " " EMBER_EC2("security-group")},
    {"SecurityGroups", "AWS::EC2::SecurityGroup",
     "ec2:CreateSecurityGroup ec2:DeleteSecurityGroup ec2:AuthorizeSecurityGroupIngress "
     "ec2:RevokeSecurityGroupIngress ec2:AuthorizeSecurityGroupEgress "
     "ec2:RevokeSecurityGroupEgress ec2:CreateTags ec2:DeleteTags",
     EMBER_EC2("security-group") " " EMBER_EC2("security-group-rule") " " EMBER_EC2("vpc")},
    {"DescribeNetwork", "AWS::EC2::VPC",
     "ec2:DescribeVpcs ec2:DescribeSubnets ec2:DescribeRouteTables ec2:DescribeInternetGateways "
     "ec2:DescribeAddresses ec2:DescribeNatGateways ec2:DescribeVpcEndpoints "
     "ec2:DescribeSecurityGroups ec2:DescribeSecurityGroupRules ec2:DescribeAvailabilityZones",
     "*"},
    {"MakeBucket", "AWS::S3::Bucket",
     "s3:CreateBucket s3:PutEncryptionConfiguration s3:PutBucketVersioning "
     "s3:PutBucketOwnershipControls s3:PutLifecycleConfiguration s3:PutBucketTagging "
     "s3:PutBucketPublicAccessBlock s3:GetBucketTagging s3:GetBucketVersioning "
     "s3:GetLifecycleConfiguration s3:GetEncryptionConfiguration s3:GetBucketOwnershipControls "
     "s3:GetBucketPublicAccessBlock",
     "s3:::{bucket}"},
    {"BucketPolicy", "AWS::S3::BucketPolicy",
     "s3:GetBucketPolicy s3:PutBucketPolicy s3:DeleteBucketPolicy", "s3:::{bucket}"},
    {"MakeKey", "AWS::KMS::Key", "kms:CreateKey", "*"},
    {"Key", "AWS::KMS::Key",
     "kms:PutKeyPolicy kms:GetKeyPolicy kms:EnableKeyRotation kms:GetKeyRotationStatus "
     "kms:DescribeKey kms:UpdateKeyDescription kms:TagResource kms:UntagResource "
     "kms:ListResourceTags kms:Decrypt kms:GenerateDataKey",
     "kms:{region}:{account}:key/*"},
    {"Database", "AWS::Glue::Database",
     "glue:CreateDatabase glue:GetDatabase glue:UpdateDatabase glue:DeleteDatabase",
     "glue:{region}:{account}:catalog glue:{region}:{account}:database/{database} "
     "glue:{region}:{account}:table/{database}/* "
     "glue:{region}:{account}:userDefinedFunction/{database}/*"},
    {"LogGroup", "AWS::Logs::LogGroup",
     "logs:CreateLogGroup logs:DeleteLogGroup logs:PutRetentionPolicy logs:DeleteRetentionPolicy "
     "logs:AssociateKmsKey logs:DisassociateKmsKey logs:TagResource logs:UntagResource "
     "logs:ListTagsForResource",
     "logs:{region}:{account}:log-group:{log_group} "
     "logs:{region}:{account}:log-group:{log_group}:*"},
    {"LogGroups", "AWS::Logs::LogGroup", "logs:DescribeLogGroups", "*"},
    {"Roles", "AWS::IAM::Role",
     "iam:CreateRole iam:DeleteRole iam:GetRole iam:UpdateRole iam:UpdateAssumeRolePolicy "
     "iam:PutRolePolicy iam:DeleteRolePolicy iam:GetRolePolicy iam:AttachRolePolicy "
     "iam:DetachRolePolicy iam:ListRolePolicies iam:ListAttachedRolePolicies iam:TagRole "
     "iam:UntagRole",
     "iam::{account}:role/ember-{name}-*"},
    {"InstanceProfile", "AWS::IAM::InstanceProfile",
     "iam:CreateInstanceProfile iam:DeleteInstanceProfile iam:GetInstanceProfile "
     "iam:AddRoleToInstanceProfile iam:RemoveRoleFromInstanceProfile",
     "iam::{account}:instance-profile/ember-{name}-*"},
    {"SecurityConfiguration", "AWS::EMR::SecurityConfiguration",
     "elasticmapreduce:CreateSecurityConfiguration elasticmapreduce:DescribeSecurityConfiguration "
     "elasticmapreduce:DeleteSecurityConfiguration",
     "*"},
    {"Budget", "AWS::Budgets::Budget",
     "budgets:ModifyBudget budgets:ViewBudget budgets:TagResource budgets:UntagResource "
     "budgets:ListTagsForResource",
     "budgets::{account}:budget/{name}-month"},
    {"Notices", "AWS::SNS::Topic",
     "sns:CreateTopic sns:DeleteTopic sns:GetTopicAttributes sns:SetTopicAttributes sns:Subscribe "
     "sns:ListSubscriptionsByTopic sns:ListTagsForResource sns:TagResource sns:UntagResource",
     "sns:{region}:{account}:ember-{name}-watch-*"},
    {"Unsubscribe", "AWS::SNS::Topic", "sns:Unsubscribe", "*"},
    {"Alarms", "AWS::CloudWatch::Alarm",
     "cloudwatch:PutMetricAlarm cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms "
     "cloudwatch:TagResource cloudwatch:ListTagsForResource",
     "cloudwatch:{region}:{account}:alarm:ember-{name}-watch-*"},
    {"Dashboard", "AWS::CloudWatch::Dashboard",
     "cloudwatch:PutDashboard cloudwatch:GetDashboard cloudwatch:DeleteDashboards",
     "cloudwatch::{account}:dashboard/{name}"},
});
#undef EMBER_EC2

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const size_t blank = std::min(text.find(' '), text.size());
    if (blank > 0) words.emplace_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return words;
}

class PolicyWriter {
 public:
  PolicyWriter(const EmrCluster& cluster, const std::string& account) : cluster_(cluster) {
    const S3Place logs = ParseS3Place(cluster.LogUri());
    values_ = {{"{region}", cluster.region},
               {"{account}", account.empty() ? "*" : account},
               {"{name}", cluster.name},
               {"{bucket}", cluster.storage.bucket},
               {"{database}", cluster.catalog.database},
               {"{log_group}", cluster.monitoring.log_group},
               {"{logs}", logs.bucket + "/" + logs.key}};
  }

  void Add(const RightsRow& row, EmrJson condition = nullptr) {
    EmrJson resources = EmrJson::array();
    for (const std::string& pattern : Words(row.resources)) resources.push_back(ArnOf(pattern));
    EmrJson statement = {{"Sid", row.id},
                         {"Effect", "Allow"},
                         {"Action", Words(row.actions)},
                         {"Resource", resources.size() == 1 ? resources[0] : resources}};
    if (!condition.is_null()) statement["Condition"] = std::move(condition);
    statements_.push_back(std::move(statement));
  }
  /// The roles that EMR and the nodes take.
  void AddPassRole() {
    EmrJson roles = EmrJson::array();
    const auto add = [&](const std::string& role) {
      if (role.empty()) return;
      roles.push_back(ParseArn(role) ? role : ArnOf("iam::{account}:role/" + role));
    };
    if (cluster_.roles.create) roles.push_back(ArnOf("iam::{account}:role/ember-{name}-*"));
    add(cluster_.roles.service);
    // A role of the profile's own name, as the console makes it.
    const std::string& profile = cluster_.roles.instance_profile;
    add(profile.substr(profile.find('/') + 1));
    if (roles.empty()) return;
    statements_.push_back(
        {{"Sid", "PassRoles"},
         {"Effect", "Allow"},
         {"Action", EmrJson::array({"iam:PassRole"})},
         {"Resource", roles.size() == 1 ? roles[0] : roles},
         {"Condition",
          {{"StringEquals",
            {{"iam:PassedToService",
              EmrJson::array({"elasticmapreduce.amazonaws.com", "ec2.amazonaws.com"})}}}}}});
  }
  EmrJson Take() { return {{"Version", "2012-10-17"}, {"Statement", std::move(statements_)}}; }

 private:
  std::string ArnOf(const std::string& pattern) const {
    if (pattern == "*") return pattern;
    std::string arn = "arn:" + Partition() + ":" + pattern;
    for (const auto& [name, value] : values_) {
      for (size_t at = arn.find(name); at != std::string::npos; at = arn.find(name))
        arn.replace(at, name.size(), value);
    }
    return arn;
  }
  std::string Partition() const {
    if (cluster_.region.starts_with("cn-")) return "aws-cn";
    return cluster_.region.starts_with("us-gov-") ? "aws-us-gov" : "aws";
  }

  const EmrCluster& cluster_;
  std::map<std::string, std::string> values_;
  EmrJson statements_ = EmrJson::array();
};

}  // namespace

Result<EmrJson> EmrCallerPolicy(const EmrCluster& cluster, const EmrFacts& facts,
                                const std::string& account) {
  ASSIGN_OR_RETURN(const auto ground, EmrGroundStack(cluster, facts));
  ASSIGN_OR_RETURN(const auto watch, EmrWatchStack(cluster, facts, "", {}));
  std::set<std::string> types;
  for (const auto* stack : {&ground, &watch}) {
    if (!stack->has_value()) continue;
    for (const auto& [name, resource] : (*stack)->document["Resources"].items())
      types.insert(resource["Type"].get<std::string>());
  }
  PolicyWriter policy(cluster, account);
  const EmrJson own = {{"StringEquals", {{"aws:ResourceTag/ember-cluster", cluster.name}}}};
  const EmrJson starts = {{"StringEquals", {{"aws:RequestTag/ember-cluster", cluster.name}}}};
  for (const RightsRow& row : kVerbs) {
    policy.Add(row, row.id == "OwnClusters" ? own : row.id == "StartCluster" ? starts : EmrJson());
  }
  policy.AddPassRole();
  for (const RightsRow& row : kResources) {
    if (types.contains(std::string(row.needed_by))) policy.Add(row);
  }
  return policy.Take();
}

}  // namespace ember
