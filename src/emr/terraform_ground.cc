// The ground's template in the words of Terraform's AWS provider: a row for every type, a row for
// every property.
#include "emr/terraform_ground.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <span>

namespace ember {
namespace {

enum class ArgumentKind {
  kValue,
  kTags,      // a list of keys and values becomes a map
  kDocument,  // JSON text
  kFirst,     // of a list
};
struct ArgumentRow {
  std::string_view property;
  std::string_view argument;
  ArgumentKind kind = ArgumentKind::kValue;
};
struct ResourceRow {
  std::string_view type;        // CloudFormation's
  std::string_view resource;    // Terraform's
  std::string_view ref = "id";  // what CloudFormation's Ref is
  std::span<const ArgumentRow> arguments;
};

constexpr ArgumentRow kTags = {"Tags", "tags", ArgumentKind::kTags};
constexpr ArgumentRow kVpc = {"VpcId", "vpc_id"};
constexpr ArgumentRow kRoutes = {"RouteTableId", "route_table_id"};

constexpr auto kVpcArguments =
    std::to_array<ArgumentRow>({{"CidrBlock", "cidr_block"},
                                {"EnableDnsHostnames", "enable_dns_hostnames"},
                                {"EnableDnsSupport", "enable_dns_support"},
                                kTags});
constexpr auto kSubnetArguments =
    std::to_array<ArgumentRow>({kVpc,
                                {"CidrBlock", "cidr_block"},
                                {"AvailabilityZone", "availability_zone"},
                                {"MapPublicIpOnLaunch", "map_public_ip_on_launch"},
                                kTags});
constexpr auto kVpcAndTags = std::to_array<ArgumentRow>({kVpc, kTags});
constexpr auto kOnlyTags = std::to_array<ArgumentRow>({kTags});
constexpr auto kAssociationArguments =
    std::to_array<ArgumentRow>({{"SubnetId", "subnet_id"}, kRoutes});
constexpr auto kAttachmentArguments =
    std::to_array<ArgumentRow>({kVpc, {"InternetGatewayId", "internet_gateway_id"}});
constexpr auto kRouteArguments =
    std::to_array<ArgumentRow>({kRoutes,
                                {"DestinationCidrBlock", "destination_cidr_block"},
                                {"GatewayId", "gateway_id"},
                                {"NatGatewayId", "nat_gateway_id"}});
constexpr auto kAddressArguments = std::to_array<ArgumentRow>({{"Domain", "domain"}, kTags});
constexpr auto kNatArguments = std::to_array<ArgumentRow>(
    {{"AllocationId", "allocation_id"}, {"SubnetId", "subnet_id"}, kTags});
constexpr auto kEndpointArguments =
    std::to_array<ArgumentRow>({kVpc,
                                {"VpcEndpointType", "vpc_endpoint_type"},
                                {"ServiceName", "service_name"},
                                {"RouteTableIds", "route_table_ids"},
                                {"PrivateDnsEnabled", "private_dns_enabled"},
                                {"SubnetIds", "subnet_ids"},
                                {"SecurityGroupIds", "security_group_ids"}});
constexpr auto kRuleArguments =
    std::to_array<ArgumentRow>({{"GroupId", "security_group_id"},
                                {"IpProtocol", "ip_protocol"},
                                {"FromPort", "from_port"},
                                {"ToPort", "to_port"},
                                {"CidrIp", "cidr_ipv4"},
                                {"SourceSecurityGroupId", "referenced_security_group_id"},
                                {"DestinationSecurityGroupId", "referenced_security_group_id"},
                                {"Description", "description"}});
constexpr auto kGroupArguments = std::to_array<ArgumentRow>({{"GroupDescription", "description"},
                                                             kVpc,
                                                             kTags,
                                                             {"SecurityGroupIngress", ""},
                                                             {"SecurityGroupEgress", ""}});
constexpr auto kKeyArguments =
    std::to_array<ArgumentRow>({{"Description", "description"},
                                {"EnableKeyRotation", "enable_key_rotation"},
                                {"KeyPolicy", "policy", ArgumentKind::kDocument},
                                kTags});
constexpr auto kBucketArguments =
    std::to_array<ArgumentRow>({{"BucketName", "bucket"},
                                kTags,
                                {"BucketEncryption", ""},
                                {"VersioningConfiguration", ""},
                                {"OwnershipControls", ""},
                                {"LifecycleConfiguration", ""},
                                {"PublicAccessBlockConfiguration", ""}});
constexpr auto kBucketPolicyArguments = std::to_array<ArgumentRow>(
    {{"Bucket", "bucket"}, {"PolicyDocument", "policy", ArgumentKind::kDocument}});
constexpr auto kDatabaseArguments =
    std::to_array<ArgumentRow>({{"CatalogId", "catalog_id"}, {"DatabaseInput", ""}});
constexpr auto kLogArguments = std::to_array<ArgumentRow>({{"LogGroupName", "name"},
                                                           {"RetentionInDays", "retention_in_days"},
                                                           {"KmsKeyId", "kms_key_id"},
                                                           kTags});
constexpr auto kRoleArguments = std::to_array<ArgumentRow>(
    {{"AssumeRolePolicyDocument", "assume_role_policy", ArgumentKind::kDocument},
     kTags,
     {"ManagedPolicyArns", ""},
     {"Policies", ""}});
constexpr auto kRolePolicyArguments =
    std::to_array<ArgumentRow>({{"RoleName", "role"},
                                {"PolicyName", "name"},
                                {"PolicyDocument", "policy", ArgumentKind::kDocument}});
constexpr auto kProfileArguments =
    std::to_array<ArgumentRow>({{"Roles", "role", ArgumentKind::kFirst}});
constexpr auto kSecurityArguments = std::to_array<ArgumentRow>(
    {{"SecurityConfiguration", "configuration", ArgumentKind::kDocument}});
constexpr auto kBudgetArguments =
    std::to_array<ArgumentRow>({{"Budget", ""}, {"NotificationsWithSubscribers", ""}});

constexpr auto kResources = std::to_array<ResourceRow>({
    {"AWS::EC2::VPC", "aws_vpc", "id", kVpcArguments},
    {"AWS::EC2::Subnet", "aws_subnet", "id", kSubnetArguments},
    {"AWS::EC2::RouteTable", "aws_route_table", "id", kVpcAndTags},
    {"AWS::EC2::SubnetRouteTableAssociation", "aws_route_table_association", "id",
     kAssociationArguments},
    {"AWS::EC2::InternetGateway", "aws_internet_gateway", "id", kOnlyTags},
    {"AWS::EC2::VPCGatewayAttachment", "aws_internet_gateway_attachment", "id",
     kAttachmentArguments},
    {"AWS::EC2::Route", "aws_route", "id", kRouteArguments},
    {"AWS::EC2::EIP", "aws_eip", "public_ip", kAddressArguments},
    {"AWS::EC2::NatGateway", "aws_nat_gateway", "id", kNatArguments},
    {"AWS::EC2::VPCEndpoint", "aws_vpc_endpoint", "id", kEndpointArguments},
    {"AWS::EC2::SecurityGroup", "aws_security_group", "id", kGroupArguments},
    {"AWS::EC2::SecurityGroupIngress", "aws_vpc_security_group_ingress_rule", "id", kRuleArguments},
    {"AWS::EC2::SecurityGroupEgress", "aws_vpc_security_group_egress_rule", "id", kRuleArguments},
    {"AWS::KMS::Key", "aws_kms_key", "key_id", kKeyArguments},
    {"AWS::S3::Bucket", "aws_s3_bucket", "id", kBucketArguments},
    {"AWS::S3::BucketPolicy", "aws_s3_bucket_policy", "id", kBucketPolicyArguments},
    {"AWS::Glue::Database", "aws_glue_catalog_database", "name", kDatabaseArguments},
    {"AWS::Logs::LogGroup", "aws_cloudwatch_log_group", "name", kLogArguments},
    {"AWS::IAM::Role", "aws_iam_role", "name", kRoleArguments},
    {"AWS::IAM::RolePolicy", "aws_iam_role_policy", "id", kRolePolicyArguments},
    {"AWS::IAM::InstanceProfile", "aws_iam_instance_profile", "name", kProfileArguments},
    {"AWS::EMR::SecurityConfiguration", "aws_emr_security_configuration", "name",
     kSecurityArguments},
    {"AWS::Budgets::Budget", "aws_budgets_budget", "id", kBudgetArguments},
});

struct AttributeRow {
  std::string_view attribute;
  std::string_view terraform;
};
constexpr auto kAttributes = std::to_array<AttributeRow>(
    {{"Arn", "arn"}, {"GroupId", "id"}, {"AllocationId", "allocation_id"}});

// What the nodes' way to S3, and their rights, consist of.
constexpr auto kBeforeNodes = std::to_array<std::string_view>(
    {"S3Endpoint", "PrivateRoute", "PublicRoute", "NodePolicy", "BucketPolicy", "ServiceFromMaster",
     "ServiceToMaster", "ServiceToCore", "MasterFromService", "CoreFromService"});

const ResourceRow* FindResource(std::string_view type) {
  const auto row = std::find_if(kResources.begin(), kResources.end(),
                                [&](const ResourceRow& r) { return r.type == type; });
  return row == kResources.end() ? nullptr : &*row;
}

// "master_group" of "MasterGroup".
std::string SnakeCase(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isupper(byte) != 0 && !out.empty()) out += '_';
    out += static_cast<char>(std::tolower(byte));
  }
  return out;
}

EmrJson One(EmrJson block) { return EmrJson::array({std::move(block)}); }

class GroundWriter {
 public:
  GroundWriter(const EmrJson& stack, const std::string& region) : stack_(stack), region_(region) {}

  Result<TerraformGround> Write() {
    for (const auto& [name, resource] : stack_["Resources"].items()) {
      const ResourceRow* row = FindResource(resource["Type"].get<std::string>());
      if (row == nullptr) return InternalError(resource["Type"].get<std::string>());
      ASSIGN_OR_RETURN(EmrJson block, Block(*row, resource));
      Finish(name, *row, resource["Properties"], block);
      out_.resources[std::string(row->resource)][SnakeCase(name)] = std::move(block);
    }
    const EmrJson outputs = stack_.value("Outputs", EmrJson::object());
    for (const auto& [name, output] : outputs.items())
      out_.outputs[name] = Value(output["Value"]).get<std::string>();
    for (const std::string_view name : kBeforeNodes) {
      if (stack_["Resources"].contains(name)) out_.needed.push_back(Address(std::string(name)));
    }
    if (!failure_.empty()) return InternalError(failure_);
    return std::move(out_);
  }

 private:
  std::string Address(const std::string& name) {
    const EmrJson& resources = stack_["Resources"];
    const ResourceRow* row = resources.contains(name)
                                 ? FindResource(resources[name]["Type"].get<std::string>())
                                 : nullptr;
    if (row == nullptr) {
      failure_ = "no resource " + name;
      return name;
    }
    return fmt::format("{}.{}", row->resource, SnakeCase(name));
  }

  std::string Data(const std::string& type, const std::string& attribute, EmrJson arguments) {
    const std::string name = "current";
    out_.data[type][name] = std::move(arguments);
    return fmt::format("${{data.{}.{}.{}}}", type, name, attribute);
  }

  std::string Ref(const std::string& name) {
    if (name == "AWS::Region") return region_;
    if (name == "AWS::AccountId")
      return Data("aws_caller_identity", "account_id", EmrJson::object());
    if (name == "AWS::Partition") return Data("aws_partition", "partition", EmrJson::object());
    const EmrJson parameters = stack_.value("Parameters", EmrJson::object());
    if (parameters.contains(name)) return parameters[name]["Default"].get<std::string>();
    const std::string address = Address(name);
    if (!failure_.empty()) return address;
    const ResourceRow* row = FindResource(stack_["Resources"][name]["Type"].get<std::string>());
    return fmt::format("${{{}.{}}}", address, row->ref);
  }

  std::string Attribute(const std::string& name, const std::string& attribute) {
    const auto row = std::find_if(kAttributes.begin(), kAttributes.end(),
                                  [&](const AttributeRow& r) { return r.attribute == attribute; });
    if (row == kAttributes.end()) {
      failure_ = name + "." + attribute;
      return name;
    }
    return fmt::format("${{{}.{}}}", Address(name), row->terraform);
  }

  // "${Bucket.Arn}/*" and the like.
  std::string Substitute(const std::string& text) {
    std::string out;
    size_t at = 0;
    while (true) {
      const size_t begin = text.find("${", at);
      out += TerraformLiteral(text.substr(at, begin - at));
      if (begin == std::string::npos) return out;
      const size_t end = text.find('}', begin);
      const std::string name = text.substr(begin + 2, end - begin - 2);
      const size_t dot = name.find('.');
      out += dot == std::string::npos ? Ref(name)
                                      : Attribute(name.substr(0, dot), name.substr(dot + 1));
      at = end + 1;
    }
  }

  EmrJson Value(const EmrJson& value) {
    if (value.is_string()) return TerraformLiteral(value.get<std::string>());
    if (value.is_array()) {
      EmrJson out = EmrJson::array();
      for (const EmrJson& item : value) out.push_back(Value(item));
      return out;
    }
    if (!value.is_object()) return value;
    if (value.contains("Ref")) return Ref(value["Ref"].get<std::string>());
    if (value.contains("Fn::Sub")) return Substitute(value["Fn::Sub"].get<std::string>());
    if (value.contains("Fn::GetAtt")) {
      const EmrJson& pair = value["Fn::GetAtt"];
      return Attribute(pair[0].get<std::string>(), pair[1].get<std::string>());
    }
    if (value.contains("Fn::Select")) {
      return Data("aws_availability_zones", fmt::format("names[{}]", value["Fn::Select"][0].dump()),
                  {{"state", "available"}});
    }
    EmrJson out = EmrJson::object();
    for (const auto& [key, item] : value.items()) out[key] = Value(item);
    return out;
  }

  EmrJson TagMap(const EmrJson& tags) {
    EmrJson map = EmrJson::object();
    for (const EmrJson& tag : tags) map[tag["Key"].get<std::string>()] = Value(tag["Value"]);
    return map;
  }

  Result<EmrJson> Block(const ResourceRow& row, const EmrJson& resource) {
    EmrJson block = EmrJson::object();
    for (const auto& [property, value] : resource["Properties"].items()) {
      const auto argument =
          std::find_if(row.arguments.begin(), row.arguments.end(),
                       [&](const ArgumentRow& r) { return r.property == property; });
      if (argument == row.arguments.end())
        return InternalError(fmt::format("{} of {}", property, row.type));
      if (argument->argument.empty()) continue;  // Finish's
      EmrJson& out = block[std::string(argument->argument)];
      switch (argument->kind) {
        case ArgumentKind::kValue:
          out = Value(value);
          break;
        case ArgumentKind::kTags:
          out = TagMap(value);
          break;
        case ArgumentKind::kDocument:
          out = Value(value).dump();
          break;
        case ArgumentKind::kFirst:
          out = Value(value[0]);
          break;
      }
    }
    if (resource.contains("DependsOn"))
      block["depends_on"] = EmrJson::array({Address(resource["DependsOn"].get<std::string>())});
    if (resource.value("DeletionPolicy", "") == "Retain")
      block["lifecycle"] = One({{"prevent_destroy", true}});
    return block;
  }

  // What one resource of CloudFormation's is several of here.
  void Finish(const std::string& name, const ResourceRow& row, const EmrJson& properties,
              EmrJson& block) {
    if (row.resource == "aws_security_group") FinishGroup(name, properties, block);
    if (row.resource == "aws_s3_bucket") FinishBucket(name, properties);
    if (row.resource == "aws_iam_role") FinishRole(name, properties);
    if (row.resource == "aws_glue_catalog_database") {
      block["name"] = Value(properties["DatabaseInput"]["Name"]);
      block["location_uri"] = Value(properties["DatabaseInput"]["LocationUri"]);
    }
    if (row.resource == "aws_budgets_budget") FinishBudget(properties, block);
  }

  void FinishGroup(const std::string& name, const EmrJson& properties, EmrJson& block) {
    const std::string group = fmt::format("${{aws_security_group.{}.id}}", SnakeCase(name));
    // EMR puts rules of its own into its groups, also such as refer to each other.
    block["revoke_rules_on_delete"] = true;
    for (const EmrJson& rule : properties.value("SecurityGroupIngress", EmrJson::array())) {
      EmrJson out = {{"security_group_id", group}};
      for (const ArgumentRow& argument : kRuleArguments) {
        const std::string property(argument.property);
        if (rule.contains(property)) out[std::string(argument.argument)] = Value(rule[property]);
      }
      out_.resources["aws_vpc_security_group_ingress_rule"][SnakeCase(name) + "_in"] = out;
    }
    // CloudFormation leaves AWS's rule that lets everything out, Terraform takes it away.
    if (properties.contains("SecurityGroupEgress")) return;
    out_.resources["aws_vpc_security_group_egress_rule"][SnakeCase(name) + "_out"] = {
        {"security_group_id", group},
        {"ip_protocol", "-1"},
        {"cidr_ipv4", "0.0.0.0/0"},
        {"description", "everything, as AWS has it"}};
  }

  void FinishBucket(const std::string& name, const EmrJson& properties) {
    const std::string id = SnakeCase(name);
    const std::string bucket = fmt::format("${{aws_s3_bucket.{}.id}}", id);
    const auto add = [&](const char* type, const char* block, EmrJson value) {
      out_.resources[type][id] = {{"bucket", bucket}, {block, One(std::move(value))}};
    };
    const EmrJson& encryption =
        properties["BucketEncryption"]["ServerSideEncryptionConfiguration"][0];
    const EmrJson& by_default = encryption["ServerSideEncryptionByDefault"];
    EmrJson algorithm = {{"sse_algorithm", by_default["SSEAlgorithm"]}};
    if (by_default.contains("KMSMasterKeyID"))
      algorithm["kms_master_key_id"] = Value(by_default["KMSMasterKeyID"]);
    EmrJson rule = {{"apply_server_side_encryption_by_default", One(algorithm)}};
    if (encryption.contains("BucketKeyEnabled"))
      rule["bucket_key_enabled"] = encryption["BucketKeyEnabled"];
    add("aws_s3_bucket_server_side_encryption_configuration", "rule", rule);
    add("aws_s3_bucket_versioning", "versioning_configuration",
        {{"status", properties["VersioningConfiguration"]["Status"]}});
    add("aws_s3_bucket_ownership_controls", "rule",
        {{"object_ownership", properties["OwnershipControls"]["Rules"][0]["ObjectOwnership"]}});
    AddLifecycle(id, bucket, properties["LifecycleConfiguration"]["Rules"]);
    if (!properties.contains("PublicAccessBlockConfiguration")) return;
    EmrJson block = {{"bucket", bucket}};
    for (const auto& [key, value] : properties["PublicAccessBlockConfiguration"].items())
      block[SnakeCase(key)] = value;
    out_.resources["aws_s3_bucket_public_access_block"][id] = block;
  }

  void AddLifecycle(const std::string& id, const std::string& bucket, const EmrJson& rules) {
    EmrJson list = EmrJson::array();
    for (const EmrJson& rule : rules) {
      EmrJson out = {{"id", rule["Id"]},
                     {"status", rule["Status"]},
                     {"filter", One({{"prefix", rule.value("Prefix", "")}})}};
      if (rule.contains("AbortIncompleteMultipartUpload")) {
        out["abort_incomplete_multipart_upload"] =
            One({{"days_after_initiation",
                  rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"]}});
      }
      if (rule.contains("NoncurrentVersionExpiration")) {
        out["noncurrent_version_expiration"] =
            One({{"noncurrent_days", rule["NoncurrentVersionExpiration"]["NoncurrentDays"]}});
      }
      for (const EmrJson& transition : rule.value("Transitions", EmrJson::array())) {
        out["transition"].push_back({{"days", transition["TransitionInDays"]},
                                     {"storage_class", transition["StorageClass"]}});
      }
      list.push_back(std::move(out));
    }
    out_.resources["aws_s3_bucket_lifecycle_configuration"][id] = {{"bucket", bucket},
                                                                   {"rule", list}};
  }

  void FinishRole(const std::string& name, const EmrJson& properties) {
    const std::string id = SnakeCase(name);
    const std::string role = fmt::format("${{aws_iam_role.{}.name}}", id);
    for (const EmrJson& arn : properties.value("ManagedPolicyArns", EmrJson::array())) {
      out_.resources["aws_iam_role_policy_attachment"][id] = {{"role", role},
                                                              {"policy_arn", Value(arn)}};
    }
    for (const EmrJson& policy : properties.value("Policies", EmrJson::array())) {
      const std::string policy_name = policy["PolicyName"].get<std::string>();
      out_.resources["aws_iam_role_policy"][id + "_" + policy_name] = {
          {"role", role},
          {"name", policy_name},
          {"policy", Value(policy["PolicyDocument"]).dump()}};
    }
  }

  void FinishBudget(const EmrJson& properties, EmrJson& block) {
    const EmrJson& budget = properties["Budget"];
    block = {{"name", Value(budget["BudgetName"])},
             {"budget_type", budget["BudgetType"]},
             {"time_unit", budget["TimeUnit"]},
             {"limit_amount", budget["BudgetLimit"]["Amount"].dump()},
             {"limit_unit", budget["BudgetLimit"]["Unit"]},
             {"cost_filter", EmrJson::array()},
             {"notification", EmrJson::array()}};
    for (const auto& [key, values] : budget["CostFilters"].items())
      block["cost_filter"].push_back({{"name", key}, {"values", Value(values)}});
    for (const EmrJson& item : properties["NotificationsWithSubscribers"]) {
      const EmrJson& notice = item["Notification"];
      EmrJson addresses = EmrJson::array();
      for (const EmrJson& subscriber : item["Subscribers"])
        addresses.push_back(Value(subscriber["Address"]));
      block["notification"].push_back({{"comparison_operator", notice["ComparisonOperator"]},
                                       {"threshold", notice["Threshold"]},
                                       {"threshold_type", notice["ThresholdType"]},
                                       {"notification_type", notice["NotificationType"]},
                                       {"subscriber_email_addresses", addresses}});
    }
  }

  const EmrJson& stack_;
  const std::string region_;
  TerraformGround out_;
  std::string failure_;
};

}  // namespace

std::string TerraformLiteral(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] == '$' || text[i] == '%') && i + 1 < text.size() && text[i + 1] == '{')
      out += text[i];
    out += text[i];
  }
  return out;
}

Result<TerraformGround> TerraformGroundOf(const EmrJson& stack, const std::string& region) {
  return GroundWriter(stack, region).Write();
}

}  // namespace ember
