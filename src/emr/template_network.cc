// The VPC of a cluster: private subnets with a way to S3, and the three security groups.
#include <fmt/format.h>

#include <algorithm>

#include "emr/names.h"
#include "emr/template.h"

namespace ember {
namespace {

constexpr int kSubnetBits = 3;      // the VPC is cut into eight: one public, up to six private
constexpr int kNodePort = 8443;     // EMR to the nodes
constexpr int kServicePort = 9443;  // the master to EMR
constexpr const char* kEverywhere = "0.0.0.0/0";

class NetworkWriter {
 public:
  NetworkWriter(const EmrCluster& cluster, EmrTemplate& out) : cluster_(cluster), out_(out) {}

  void Write(EmrGround& ground) {
    AddVpc();
    if (HasWayOut()) AddPublicSubnet();
    if (HasNat()) AddNat();
    AddSubnets(ground);
    AddEndpoints();
    AddSecurityGroups(ground);
  }

 private:
  bool HasNat() const { return cluster_.network.is_private && cluster_.network.nat; }
  bool HasWayOut() const { return HasNat() || !cluster_.network.is_private; }
  EmrJson Tags(std::string_view what) const {
    return CfnTags(cluster_, fmt::format("{}-{}", cluster_.name, what));
  }
  EmrJson Zone(size_t index) const {
    const auto& zones = cluster_.network.zones;
    if (index < zones.size()) {
      // A parameter, so that the same template serves where an account has other zones.
      const std::string name = fmt::format("Zone{}", index + 1);
      out_.parameters[name] = {{"Type", "AWS::EC2::AvailabilityZone::Name"},
                               {"Default", zones[index]}};
      return CfnRef(name);
    }
    return {{"Fn::Select", EmrJson::array({index, {{"Fn::GetAZs", ""}}})}};
  }
  std::string Block(int index) const {
    const Cidr cidr = ParseCidr(cluster_.network.cidr).value_or(Cidr{});
    return SubCidr(cidr, cidr.bits + kSubnetBits, index);
  }

  void AddVpc() {
    out_.Add("Vpc", "AWS::EC2::VPC",
             {{"CidrBlock", cluster_.network.cidr},
              {"EnableDnsHostnames", true},
              {"EnableDnsSupport", true},
              {"Tags", Tags("vpc")}});
    out_.outputs["Vpc"] = {{"Value", CfnRef("Vpc")}};
  }

  void AddRouteTable(const std::string& name) {
    out_.Add(
        name, "AWS::EC2::RouteTable",
        {{"VpcId", CfnRef("Vpc")}, {"Tags", Tags(name == "PublicRoutes" ? "public" : "private")}});
  }

  void AddSubnet(const std::string& name, const std::string& routes, size_t zone, int block) {
    out_.Add(name, "AWS::EC2::Subnet",
             {{"VpcId", CfnRef("Vpc")},
              {"CidrBlock", Block(block)},
              {"AvailabilityZone", Zone(zone)},
              {"MapPublicIpOnLaunch", false},
              {"Tags", Tags(name)}});
    if (name.starts_with("Subnet") && !cluster_.network.is_private)
      out_.resources[name]["Properties"]["MapPublicIpOnLaunch"] = true;
    out_.Add(name + "Routes", "AWS::EC2::SubnetRouteTableAssociation",
             {{"SubnetId", CfnRef(name)}, {"RouteTableId", CfnRef(routes)}});
  }

  void AddPublicSubnet() {
    out_.Add("InternetGateway", "AWS::EC2::InternetGateway", {{"Tags", Tags("gateway")}});
    out_.Add("GatewayAttachment", "AWS::EC2::VPCGatewayAttachment",
             {{"VpcId", CfnRef("Vpc")}, {"InternetGatewayId", CfnRef("InternetGateway")}});
    AddRouteTable("PublicRoutes");
    out_.Add("PublicRoute", "AWS::EC2::Route",
             {{"RouteTableId", CfnRef("PublicRoutes")},
              {"DestinationCidrBlock", kEverywhere},
              {"GatewayId", CfnRef("InternetGateway")}});
    out_.resources["PublicRoute"]["DependsOn"] = "GatewayAttachment";
    if (HasNat()) AddSubnet("PublicSubnet", "PublicRoutes", 0, 0);
  }

  void AddNat() {
    out_.Add("NatAddress", "AWS::EC2::EIP", {{"Domain", "vpc"}, {"Tags", Tags("nat")}});
    out_.resources["NatAddress"]["DependsOn"] = "GatewayAttachment";
    out_.Add("NatGateway", "AWS::EC2::NatGateway",
             {{"AllocationId", CfnGetAtt("NatAddress", "AllocationId")},
              {"SubnetId", CfnRef("PublicSubnet")},
              {"Tags", Tags("nat")}});
  }

  void AddSubnets(EmrGround& ground) {
    const std::string routes = cluster_.network.is_private ? "PrivateRoutes" : "PublicRoutes";
    if (cluster_.network.is_private) AddRouteTable(routes);
    if (HasNat()) {
      out_.Add("PrivateRoute", "AWS::EC2::Route",
               {{"RouteTableId", CfnRef(routes)},
                {"DestinationCidrBlock", kEverywhere},
                {"NatGatewayId", CfnRef("NatGateway")}});
    }
    const size_t count = std::max<size_t>(1, cluster_.network.zones.size());
    ground.subnets = EmrJson::array();
    for (size_t i = 0; i < count; ++i) {
      const std::string name = fmt::format("Subnet{}", i + 1);
      AddSubnet(name, routes, i, static_cast<int>(i) + 1);
      ground.subnets.push_back(CfnRef(name));
      out_.outputs[name] = {{"Value", CfnRef(name)}};
    }
    out_.Add("S3Endpoint", "AWS::EC2::VPCEndpoint",
             {{"VpcId", CfnRef("Vpc")},
              {"VpcEndpointType", "Gateway"},
              {"ServiceName", CfnSub("com.amazonaws.${AWS::Region}.s3")},
              {"RouteTableIds", EmrJson::array({CfnRef(routes)})}});
    subnets_ = ground.subnets;
  }

  void AddEndpoints() {
    if (cluster_.network.endpoints.empty()) return;
    out_.Add("EndpointSecurityGroup", "AWS::EC2::SecurityGroup",
             {{"GroupDescription", "HTTPS from the VPC to endpoints"},
              {"VpcId", CfnRef("Vpc")},
              {"SecurityGroupIngress", EmrJson::array({{{"IpProtocol", "tcp"},
                                                        {"FromPort", 443},
                                                        {"ToPort", 443},
                                                        {"CidrIp", cluster_.network.cidr},
                                                        {"Description", "HTTPS from the VPC"}}})},
              {"Tags", Tags("endpoints")}});
    for (const std::string& service : cluster_.network.endpoints) {
      std::string name = "Endpoint";
      bool is_start = true;
      for (const char c : service) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
          name += is_start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        is_start = std::isalnum(static_cast<unsigned char>(c)) == 0;
      }
      out_.Add(name, "AWS::EC2::VPCEndpoint",
               {{"VpcId", CfnRef("Vpc")},
                {"VpcEndpointType", "Interface"},
                {"PrivateDnsEnabled", true},
                {"ServiceName", CfnSub("com.amazonaws.${AWS::Region}." + service)},
                {"SubnetIds", subnets_},
                {"SecurityGroupIds", EmrJson::array({CfnRef("EndpointSecurityGroup")})}});
    }
  }

  void AddGroup(const std::string& name, const std::string& description, bool is_closed) {
    EmrJson properties = {{"GroupDescription", description}, {"VpcId", CfnRef("Vpc")}};
    // A group without a rule of its own would be given one that lets everything out.
    if (is_closed) {
      properties["SecurityGroupEgress"] =
          EmrJson::array({{{"IpProtocol", "tcp"},
                           {"FromPort", 1},
                           {"ToPort", 1},
                           {"CidrIp", "127.0.0.1/32"},
                           {"Description", "nothing but what is said elsewhere"}}});
    }
    properties["Tags"] = Tags(name);
    out_.Add(name, "AWS::EC2::SecurityGroup", std::move(properties));
  }

  // Port 0: all traffic.
  void AddIngress(const std::string& name, const std::string& group, const std::string& from,
                  int port) {
    EmrJson properties = {{"GroupId", CfnRef(group)},
                          {"IpProtocol", port == 0 ? "-1" : "tcp"},
                          {"SourceSecurityGroupId", CfnRef(from)},
                          {"Description", name}};
    if (port != 0) properties["FromPort"] = properties["ToPort"] = port;
    out_.Add(name, "AWS::EC2::SecurityGroupIngress", std::move(properties));
  }

  void AddEgress(const std::string& name, const std::string& to) {
    out_.Add(name, "AWS::EC2::SecurityGroupEgress",
             {{"GroupId", CfnRef("ServiceGroup")},
              {"IpProtocol", "tcp"},
              {"FromPort", kNodePort},
              {"ToPort", kNodePort},
              {"DestinationSecurityGroupId", CfnRef(to)},
              {"Description", name}});
  }

  void AddSecurityGroups(EmrGround& ground) {
    AddGroup("MasterGroup", "EMR master", false);
    AddGroup("CoreGroup", "EMR core and task nodes", false);
    AddIngress("MasterFromMaster", "MasterGroup", "MasterGroup", 0);
    AddIngress("MasterFromCore", "MasterGroup", "CoreGroup", 0);
    AddIngress("CoreFromMaster", "CoreGroup", "MasterGroup", 0);
    AddIngress("CoreFromCore", "CoreGroup", "CoreGroup", 0);
    ground.master_group = CfnGetAtt("MasterGroup", "GroupId");
    ground.core_group = CfnGetAtt("CoreGroup", "GroupId");
    out_.outputs["MasterGroup"] = {{"Value", ground.master_group}};
    out_.outputs["CoreGroup"] = {{"Value", ground.core_group}};
    if (!cluster_.network.is_private) return;
    AddGroup("ServiceGroup", "access of EMR to the nodes", true);
    AddIngress("ServiceFromMaster", "ServiceGroup", "MasterGroup", kServicePort);
    AddIngress("MasterFromService", "MasterGroup", "ServiceGroup", kNodePort);
    AddIngress("CoreFromService", "CoreGroup", "ServiceGroup", kNodePort);
    AddEgress("ServiceToMaster", "MasterGroup");
    AddEgress("ServiceToCore", "CoreGroup");
    ground.service_group = CfnGetAtt("ServiceGroup", "GroupId");
    out_.outputs["ServiceGroup"] = {{"Value", ground.service_group}};
  }

  const EmrCluster& cluster_;
  EmrTemplate& out_;
  EmrJson subnets_;
};

}  // namespace

void AddEmrNetwork(const EmrCluster& cluster, EmrTemplate& out, EmrGround& ground) {
  if (cluster.network.create) NetworkWriter(cluster, out).Write(ground);
}

}  // namespace ember
