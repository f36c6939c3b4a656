#include "emulator/stack_kinds.h"

#include <algorithm>
#include <array>
#include <set>

namespace ember {
namespace {

// What Ember's own templates are made of.
constexpr auto kKinds = std::to_array<StackKind>({
    {"AWS::Budgets::Budget", "{stack}-{logical}-{upper}", "", "", ""},
    {"AWS::CloudWatch::Alarm", "{stack}-{logical}-{upper}", "AlarmName",
     "Arn=arn:aws:cloudwatch:{region}:{account}:alarm:{id}", "AlarmName"},
    {"AWS::CloudWatch::Dashboard", "{stack}-{logical}-{upper}", "DashboardName", "",
     "DashboardName"},
    {"AWS::EC2::EIP", "52.0.0.{octet}", "", "AllocationId=eipalloc-{hex} PublicIp={id}", "Domain"},
    {"AWS::EC2::InternetGateway", "igw-{hex}", "", "InternetGatewayId={id}", ""},
    {"AWS::EC2::NatGateway", "nat-{hex}", "", "NatGatewayId={id}", "AllocationId SubnetId"},
    {"AWS::EC2::Route", "{RouteTableId}|{DestinationCidrBlock}", "", "",
     "RouteTableId DestinationCidrBlock"},
    {"AWS::EC2::RouteTable", "rtb-{hex}", "", "RouteTableId={id}", "VpcId"},
    {"AWS::EC2::SecurityGroup", "sg-{hex}", "", "GroupId={id} VpcId={VpcId}",
     "GroupDescription GroupName VpcId", true},
    {"AWS::EC2::SecurityGroupEgress", "sgr-{hex}", "", "Id={id}",
     "GroupId IpProtocol FromPort ToPort DestinationSecurityGroupId CidrIp"},
    {"AWS::EC2::SecurityGroupIngress", "sgr-{hex}", "", "Id={id}",
     "GroupId IpProtocol FromPort ToPort SourceSecurityGroupId CidrIp"},
    {"AWS::EC2::Subnet", "subnet-{hex}", "",
     "SubnetId={id} VpcId={VpcId} AvailabilityZone={AvailabilityZone} CidrBlock={CidrBlock}",
     "VpcId CidrBlock AvailabilityZone", true},
    {"AWS::EC2::SubnetRouteTableAssociation", "rtbassoc-{hex}", "", "Id={id}",
     "SubnetId RouteTableId"},
    {"AWS::EC2::VPC", "vpc-{hex}", "", "VpcId={id} CidrBlock={CidrBlock}", "CidrBlock"},
    {"AWS::EC2::VPCEndpoint", "vpce-{hex}", "", "Id={id}", "VpcId ServiceName VpcEndpointType"},
    {"AWS::EC2::VPCGatewayAttachment", "IGW|{VpcId}", "", "", "VpcId"},
    {"AWS::EMR::SecurityConfiguration", "{stack}-{logical}-{upper}", "Name", "",
     "Name SecurityConfiguration", true},
    {"AWS::Glue::Database", "{stack}-{logical}-{lower}", "DatabaseInput.Name", "",
     "DatabaseInput.Name CatalogId"},
    {"AWS::IAM::InstanceProfile", "{stack}-{logical}-{upper}", "InstanceProfileName",
     "Arn=arn:aws:iam::{account}:instance-profile/{id}", "InstanceProfileName", true},
    {"AWS::IAM::Role", "{stack}-{logical}-{upper}", "RoleName",
     "Arn=arn:aws:iam::{account}:role/{id} RoleId=AROA{upper}", "RoleName", true},
    {"AWS::IAM::RolePolicy", "{RoleName}|{PolicyName}", "", "", "RoleName PolicyName"},
    {"AWS::KMS::Key", "{uuid}", "", "Arn=arn:aws:kms:{region}:{account}:key/{id} KeyId={id}",
     "KeySpec KeyUsage"},
    {"AWS::Logs::LogGroup", "{stack}-{logical}-{upper}", "LogGroupName",
     "Arn=arn:aws:logs:{region}:{account}:log-group:{id}:*", "LogGroupName"},
    {"AWS::S3::Bucket", "{stack}-{logical}-{lower}", "BucketName",
     "Arn=arn:aws:s3:::{id} DomainName={id}.s3.amazonaws.com", "BucketName"},
    {"AWS::S3::BucketPolicy", "{Bucket}", "", "", "Bucket"},
    {"AWS::SNS::Topic", "arn:aws:sns:{region}:{account}:{stack}-{logical}-{upper}", "",
     "TopicArn={id}", "TopicName"},
});

// "a.b" in a value; null without it.
AwsJson Property(const AwsJson& properties, std::string_view path) {
  const size_t dot = path.find('.');
  const std::string key(path.substr(0, dot));
  if (!properties.is_object() || !properties.contains(key)) return nullptr;
  if (dot == std::string_view::npos) return properties[key];
  return Property(properties[key], path.substr(dot + 1));
}

std::string Letters(std::string_view letters, int count, const StackNaming& naming) {
  std::string text;
  while (count-- > 0) text += letters[naming.random() % letters.size()];
  return text;
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string Uuid(const StackNaming& naming) {
  std::string text;
  for (const int count : {8, 4, 4, 4, 12})
    text += (text.empty() ? "" : "-") + Letters("0123456789abcdef", count, naming);
  return text;
}

std::string Value(std::string_view name, const std::string& id, const AwsJson& properties,
                  const StackNaming& naming) {
  if (name == "id") return id;
  if (name == "stack") return naming.stack;
  if (name == "logical") return naming.logical;
  if (name == "region") return naming.region;
  if (name == "account") return naming.account;
  if (name == "hex") return Letters("0123456789abcdef", 17, naming);
  if (name == "upper") return Letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 12, naming);
  if (name == "lower") return Letters("abcdefghijklmnopqrstuvwxyz0123456789", 12, naming);
  if (name == "octet") return std::to_string(naming.random() % 254 + 1);
  if (name == "uuid") return Uuid(naming);
  const AwsJson value = Property(properties, name);
  return value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump();
}

std::string Filled(std::string_view pattern, const std::string& id, const AwsJson& properties,
                   const StackNaming& naming) {
  std::string out;
  while (!pattern.empty()) {
    const size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const size_t close = pattern.find('}', open);
    out += Value(pattern.substr(open + 1, close - open - 1), id, properties, naming);
    pattern.remove_prefix(close + 1);
  }
  return out;
}

template <typename Visit>
void ForWords(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    if (end > 0) visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

const StackKind* FindStackKind(std::string_view type) {
  for (const StackKind& kind : kKinds) {
    if (kind.type == type) return &kind;
  }
  return nullptr;
}

std::string PhysicalId(const StackKind& kind, const AwsJson& properties,
                       const StackNaming& naming) {
  if (!kind.name_property.empty()) {
    const AwsJson name = Property(properties, kind.name_property);
    if (name.is_string() && !name.get<std::string>().empty()) return name;
  }
  const std::string id = Filled(kind.id, "", properties, naming);
  return kind.type == "AWS::S3::Bucket" ? Lower(id) : id;
}

std::map<std::string, std::string> StackAttributes(const StackKind& kind, const std::string& id,
                                                   const AwsJson& properties,
                                                   const StackNaming& naming) {
  std::map<std::string, std::string> attributes;
  ForWords(kind.attributes, [&](std::string_view word) {
    const size_t equals = word.find('=');
    attributes[std::string(word.substr(0, equals))] =
        Filled(word.substr(equals + 1), id, properties, naming);
  });
  return attributes;
}

bool ReplacesResource(const StackKind& kind, const AwsJson& before, const AwsJson& after,
                      std::vector<std::string>& changed) {
  std::set<std::string> names;
  for (const AwsJson* side : {&before, &after}) {
    for (const auto& [key, value] : side->items()) names.insert(key);
  }
  for (const std::string& name : names) {
    if (Property(before, name) != Property(after, name)) changed.push_back(name);
  }
  bool is_replaced = false;
  ForWords(kind.fixed, [&](std::string_view path) {
    is_replaced |= Property(before, path) != Property(after, path);
  });
  return is_replaced;
}

}  // namespace ember
