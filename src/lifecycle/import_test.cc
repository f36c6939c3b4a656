#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "emr/cluster_file.h"
#include "emr/template.h"
#include "emr/validate.h"
#include "lifecycle/import_file.h"
#include "lifecycle/import_steps.h"
#include "lifecycle/scripted_aws_api.h"

namespace ember {
namespace {

constexpr int64_t kCreated = 1700000000;

std::vector<std::string> Examples() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator("examples/emr")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  }
  return files;
}

EmrCluster ReadExample(const std::string& path) {
  std::ifstream file(path);
  return ReadEmrCluster(path, std::string(std::istreambuf_iterator<char>(file), {})).cluster;
}

// Ids such as AWS gives them in place of what the ground's stack makes.
EmrGround GroundOf(const EmrCluster& cluster, const EmrFacts& facts) {
  std::map<std::string, std::string> outputs;
  const auto stack = CloudFormationTemplate(cluster, facts, EmrStackPart::kGround);
  int next = 0;
  for (const auto& [name, value] : (*stack)["Outputs"].items()) {
    const std::string number = std::to_string(10 + next++);
    outputs[name] = name.starts_with("Subnet")        ? "subnet-0a1b2c3d4e5f607" + number
                    : name.ends_with("Group")         ? "sg-0a1b2c3d4e5f607" + number
                    : name.starts_with("NodeProfile") ? "EmberNodes"
                                                      : "Ember" + name;
  }
  return EmrGroundOf(cluster, outputs);
}

AwsJson Devices(const AwsJson& nodes) {
  AwsJson devices = AwsJson::array();
  if (!nodes.contains("EbsConfiguration")) return devices;
  for (const AwsJson& config : nodes["EbsConfiguration"]["EbsBlockDeviceConfigs"]) {
    for (int i = 0; i < config["VolumesPerInstance"].get<int>(); ++i)
      devices.push_back(
          {{"VolumeSpecification", config["VolumeSpecification"]}, {"Device", "/dev/sd"}});
  }
  return devices;
}

// What EMR tells of a cluster that was started by a request.
struct FakeCluster {
  AwsJson request;

  AwsJson Describe() const {
    const AwsJson& instances = request["Instances"];
    AwsJson network = {{"IamInstanceProfile", request["JobFlowRole"]}};
    for (const auto& [key, value] : instances.items()) {
      if (key.find("SecurityGroup") != std::string::npos || key == "Ec2KeyName")
        network[key] = value;
    }
    if (instances.contains("Ec2SubnetIds")) {
      network["RequestedEc2SubnetIds"] = instances["Ec2SubnetIds"];
      network["Ec2SubnetId"] = instances["Ec2SubnetIds"][0];
    } else {
      network["Ec2SubnetId"] = instances["Ec2SubnetId"];
    }
    AwsJson cluster = {
        {"Id", "j-1"},
        {"Status", {{"State", "WAITING"}, {"Timeline", {{"CreationDateTime", kCreated}}}}},
        {"Ec2InstanceAttributes", network},
        {"AutoTerminate", !instances["KeepJobFlowAliveWhenNoSteps"].get<bool>()},
        {"TerminationProtected", instances["TerminationProtected"]},
        {"ScaleDownBehavior", "TERMINATE_AT_TASK_COMPLETION"},
        {"ClusterArn", "arn:aws:elasticmapreduce:us-east-1:1:cluster/j-1"}};
    cluster["InstanceCollectionType"] =
        instances.contains("InstanceFleets") ? "INSTANCE_FLEET" : "INSTANCE_GROUP";
    for (const char* same : {"Name", "ReleaseLabel", "LogUri", "ServiceRole", "Applications",
                             "Configurations", "StepConcurrencyLevel", "SecurityConfiguration",
                             "EbsRootVolumeSize", "SessionEnabled", "Tags"}) {
      if (request.contains(same)) cluster[same] = request[same];
    }
    return {{"Cluster", cluster}};
  }
  AwsJson Groups() const {
    AwsJson list = AwsJson::array();
    for (const AwsJson& group : request["Instances"]["InstanceGroups"]) {
      // In an order of its own.
      const AwsJson told = {{"Name", group["Name"]},
                            {"InstanceGroupType", group["InstanceRole"]},
                            {"Market", group["Market"]},
                            {"InstanceType", group["InstanceType"]},
                            {"RequestedInstanceCount", group["InstanceCount"]},
                            {"EbsBlockDevices", Devices(group)}};
      list.insert(list.begin(), told);
    }
    return {{"InstanceGroups", list}};
  }
  AwsJson Fleets() const {
    AwsJson list = AwsJson::array();
    for (const AwsJson& fleet : request["Instances"]["InstanceFleets"]) {
      AwsJson types = AwsJson::array();
      for (const AwsJson& config : fleet["InstanceTypeConfigs"]) {
        AwsJson type = {{"InstanceType", config["InstanceType"]},
                        {"WeightedCapacity", config.value("WeightedCapacity", 1)},
                        {"EbsBlockDevices", Devices(config)}};
        if (config.contains("BidPriceAsPercentageOfOnDemandPrice"))
          type["BidPriceAsPercentageOfOnDemandPrice"] = 100.0;
        types.push_back(type);
      }
      AwsJson told = {{"InstanceFleetType", fleet["InstanceFleetType"]},
                      {"TargetOnDemandCapacity", fleet["TargetOnDemandCapacity"]},
                      {"TargetSpotCapacity", fleet["TargetSpotCapacity"]},
                      {"InstanceTypeSpecifications", types}};
      if (fleet.contains("LaunchSpecifications"))
        told["LaunchSpecifications"] = fleet["LaunchSpecifications"];
      list.push_back(told);
    }
    return {{"InstanceFleets", list}};
  }
  AwsJson Steps() const {
    AwsJson list = AwsJson::array();
    list.push_back({{"Name", "later"},
                    {"Config", {{"Jar", "command-runner.jar"}, {"Args", {"true"}}}},
                    {"Status", {{"Timeline", {{"CreationDateTime", kCreated + 5000}}}}}});
    if (!request.contains("Steps")) return {{"Steps", list}};
    for (auto step = request["Steps"].rbegin(); step != request["Steps"].rend(); ++step) {
      list.push_back({{"Id", "s-1"},
                      {"Name", (*step)["Name"]},
                      {"ActionOnFailure", (*step)["ActionOnFailure"]},
                      {"Config", (*step)["HadoopJarStep"]},
                      {"Status", {{"Timeline", {{"CreationDateTime", kCreated + 1}}}}}});
    }
    return {{"Steps", list}};
  }
  AwsJson Bootstrap() const {
    AwsJson list = AwsJson::array();
    if (!request.contains("BootstrapActions")) return {{"BootstrapActions", list}};
    for (const AwsJson& action : request["BootstrapActions"]) {
      AwsJson told = {{"Name", action["Name"]},
                      {"ScriptPath", action["ScriptBootstrapAction"]["Path"]}};
      if (action["ScriptBootstrapAction"].contains("Args"))
        told["Args"] = action["ScriptBootstrapAction"]["Args"];
      list.push_back(told);
    }
    return {{"BootstrapActions", list}};
  }
  AwsJson Part(const char* member) const {
    return request.contains(member) ? AwsJson{{member, request[member]}} : AwsJson::object();
  }

  Result<ObservedRequest> Observe() const {
    ScriptedAwsApi api;
    api.On("DescribeCluster", {}, Describe());
    if (request["Instances"].contains("InstanceFleets"))
      api.On("ListInstanceFleets", {{"ClusterId", "j-1"}}, Fleets());
    else
      api.On("ListInstanceGroups", {{"ClusterId", "j-1"}}, Groups());
    api.On("ListBootstrapActions", {}, Bootstrap())
        .On("ListSteps", {}, Steps())
        .On("GetManagedScalingPolicy", {}, Part("ManagedScalingPolicy"))
        .On("GetAutoTerminationPolicy", {}, Part("AutoTerminationPolicy"));
    ASSIGN_OR_RETURN(const RunningCluster cluster, DescribeEmrCluster(api, "j-1", {}));
    return ObserveEmrRequest(api, cluster, {});
  }
};

nlohmann::json Unordered(const AwsJson& json) { return nlohmann::json::parse(json.dump()); }

// Every example: its request → what EMR tells → a file → the same request, and nothing is wrong
// with the file.
TEST(EmrImport, GivesTheSameRequestOfEveryExample) {
  const EmrFacts facts = DefaultEmrFacts();
  for (const std::string& path : Examples()) {
    SCOPED_TRACE(path);
    const EmrCluster cluster = ReadExample(path);
    const FakeCluster fake{RunJobFlowRequest(cluster, facts, GroundOf(cluster, facts))};
    const auto observed = fake.Observe();
    ASSERT_TRUE(observed.ok()) << observed.error().ToString();
    const ImportedFile imported = ImportEmrFile(*observed, "us-east-1", "cluster j-1", facts);
    ASSERT_EQ(imported.warnings.size(), 1U) << imported.yaml;  // the step that came later
    EXPECT_NE(imported.warnings[0].find("1 step came later"), std::string::npos);
    const EmrReading read = ReadEmrCluster("imported", imported.yaml);
    for (const EmrFinding& finding : ValidateEmrCluster(read, facts)) {
      if (FindEmrRule(finding.rule)->severity == EmrSeverity::kError)
        ADD_FAILURE() << finding.rule << ": " << finding.what << "\n" << imported.yaml;
    }
    const EmrGround ground = ExistingEmrGround(read.cluster);
    const auto difference = nlohmann::json::diff(
        Unordered(fake.request), Unordered(RunJobFlowRequest(read.cluster, facts, ground)));
    EXPECT_TRUE(difference.empty()) << difference.dump(1) << imported.yaml;
  }
}

TEST(EmrImport, SaysWhatTheFileCannot) {
  const EmrFacts facts = DefaultEmrFacts();
  const EmrCluster cluster = ReadExample("examples/emr/existing.yaml");
  FakeCluster fake{RunJobFlowRequest(cluster, facts, GroundOf(cluster, facts))};
  fake.request["Name"] = "My Cluster!";
  fake.request["Configurations"].push_back(
      {{"Classification", "hdfs-site"}, {"Properties", {{"dfs.replication", "3"}}}});
  const auto observed = fake.Observe();
  ASSERT_TRUE(observed.ok());
  ObservedRequest more = *observed;
  more.notes.emplace_back("CustomAmiId is \"ami-1\"");
  const ImportedFile imported = ImportEmrFile(more, "us-east-1", "cluster j-1", facts);
  const auto warns = [&](const std::string& what) {
    return std::any_of(imported.warnings.begin(), imported.warnings.end(),
                       [&](const std::string& text) { return text.find(what) != text.npos; });
  };
  EXPECT_TRUE(warns("Name: the cluster has \"My Cluster!\", this file makes \"my-cluster\""));
  EXPECT_TRUE(warns("CustomAmiId"));
  EXPECT_FALSE(warns("hdfs-site"));
  EXPECT_NE(imported.yaml.find("dfs.replication: \"3\""), std::string::npos) << imported.yaml;
}

TEST(EmrImport, SurvivesAnswersWithNothingInThem) {
  ScriptedAwsApi api;
  for (const char* action : {"ListInstanceGroups", "ListBootstrapActions", "ListSteps",
                             "GetManagedScalingPolicy", "GetAutoTerminationPolicy"}) {
    api.On(action, {}, AwsJson::object());
  }
  RunningCluster cluster;
  cluster.id = "j-1";
  cluster.json = AwsJson::object();
  const auto observed = ObserveEmrRequest(api, cluster, {});
  ASSERT_TRUE(observed.ok()) << observed.error().ToString();
  EXPECT_FALSE(ImportEmrFile(*observed, "us-east-1", "x", DefaultEmrFacts()).yaml.empty());
}

TEST(EmrImport, StepsThatAreNotOursStayCommands) {
  EXPECT_FALSE(ParseEmrStep("a", {"bash", "-c", "x"}));
  EXPECT_FALSE(ParseEmrStep("a", {"spark-submit", "--verbose", "s3://b/j.py"}));
  EXPECT_FALSE(ParseEmrStep("a", {"s3-dist-cp", "--src", "s3://a/", "--dest", "s3://b/"}));
  EXPECT_TRUE(ParseEmrStep("a", {"s3-dist-cp", "--src=s3://a/", "--dest=s3://b/"}));
}

TEST(EmrImport, YamlReadsBackAsItIs) {
  const EmrJson json = {{"a", "yes"},
                        {"b", {{"c", "1"}, {"d", {1, true, "x, y", "", "k: v", "#no", "- a"}}}},
                        {"steps", {{{"name", "é \"q\" \\d"}, {"command", {"bash", "-c", "a: b"}}}}},
                        {"tags", {{"12", "x"}, {"for use", "s3://b/"}}}};
  const std::string yaml = EmrYaml(json);
  EXPECT_EQ(yaml,
            "a: \"yes\"\n"
            "b: {c: \"1\", d: [1, true, \"x, y\", \"\", \"k: v\", \"#no\", \"- a\"]}\n"
            "steps:\n"
            "  - {name: \"é \\\"q\\\" \\\\d\", command: [bash, \"-c\", \"a: b\"]}\n"
            "tags: {\"12\": x, for use: s3://b/}\n");
}

}  // namespace
}  // namespace ember
