#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "emr/emit.h"
#include "emr/request.h"
#include "emr/template.h"

namespace ember {
namespace {

// Stands for a shell variable until its text is quoted.
std::string Variable(const std::string& output) { return "@{" + output + "}@"; }

// "MasterGroup" -> "master_group"
std::string VariableName(const std::string& output) {
  std::string name;
  for (const char c : output) {
    if (c >= 'A' && c <= 'Z' && !name.empty()) name += '_';
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return name;
}

// A word of the shell: in single quotes, or in double ones where it holds variables.
std::string Word(const std::string& text) {
  if (text.find("@{") == std::string::npos) {
    std::string word = "'";
    for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
  }
  std::string word = "\"";
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t end = text.compare(i, 2, "@{") == 0 ? text.find("}@", i) : std::string::npos;
    if (end != std::string::npos) {
      word += "${" + VariableName(text.substr(i + 2, end - i - 2)) + "}";
      i = end + 1;
    } else {
      if (std::string_view("\\\"$`").find(text[i]) != std::string_view::npos) word += '\\';
      word += text[i];
    }
  }
  return word + "\"";
}

// One option of `aws emr create-cluster` a line.
class CreateCluster {
 public:
  void Add(const std::string& option, const std::string& value) {
    text_ += fmt::format(" \\\n  --{} {}", option, Word(value));
  }
  void Add(const std::string& option, const EmrJson& value) { Add(option, value.dump()); }
  void AddWords(const std::string& option, const std::vector<std::string>& words) {
    text_ += fmt::format(" \\\n  --{}", option);
    for (const std::string& word : words) text_ += " " + Word(word);
  }
  void AddFlag(const std::string& option) { text_ += fmt::format(" \\\n  --{}", option); }
  std::string text() const { return "aws emr create-cluster" + text_ + "\n"; }

 private:
  std::string text_;
};

EmrJson CliGroups(const EmrJson& groups) {
  EmrJson list = EmrJson::array();
  for (EmrJson group : groups) {
    EmrJson out = {{"Name", group["Name"]}, {"InstanceGroupType", group["InstanceRole"]}};
    for (const auto& [key, value] : group.items()) {
      if (key != "Name" && key != "InstanceRole" && key != "Market") out[key] = value;
    }
    // The CLI's way to say spot at no more than the on-demand price.
    if (group["Market"] == "SPOT") out["BidPrice"] = "OnDemandPrice";
    list.push_back(std::move(out));
  }
  return list;
}

EmrJson CliSteps(const EmrJson& steps) {
  EmrJson list = EmrJson::array();
  for (const EmrJson& step : steps) {
    list.push_back({{"Type", "CUSTOM_JAR"},
                    {"Name", step["Name"]},
                    {"ActionOnFailure", step["ActionOnFailure"]},
                    {"Jar", step["HadoopJarStep"]["Jar"]},
                    {"Args", step["HadoopJarStep"]["Args"]}});
  }
  return list;
}

EmrJson CliBootstrap(const EmrJson& actions) {
  EmrJson list = EmrJson::array();
  for (const EmrJson& action : actions) {
    EmrJson out = action["ScriptBootstrapAction"];
    out["Name"] = action["Name"];
    list.push_back(std::move(out));
  }
  return list;
}

void AddInstances(const EmrJson& request, CreateCluster& command) {
  const EmrJson& instances = request["Instances"];
  EmrJson attributes = EmrJson::object();
  const auto take = [&](const char* from, const char* to) {
    if (instances.contains(from)) attributes[to] = instances[from];
  };
  attributes["InstanceProfile"] = request["JobFlowRole"];
  take("Ec2SubnetId", "SubnetId");
  take("Ec2SubnetIds", "SubnetIds");
  take("Ec2KeyName", "KeyName");
  take("EmrManagedMasterSecurityGroup", "EmrManagedMasterSecurityGroup");
  take("EmrManagedSlaveSecurityGroup", "EmrManagedSlaveSecurityGroup");
  take("ServiceAccessSecurityGroup", "ServiceAccessSecurityGroup");
  command.Add("ec2-attributes", attributes);
  if (instances.contains("InstanceFleets"))
    command.Add("instance-fleets", instances["InstanceFleets"]);
  else
    command.Add("instance-groups", CliGroups(instances["InstanceGroups"]));
  command.AddFlag(instances["KeepJobFlowAliveWhenNoSteps"] == true ? "no-auto-terminate"
                                                                   : "auto-terminate");
  command.AddFlag(instances["TerminationProtected"] == true ? "termination-protected"
                                                            : "no-termination-protected");
}

std::string CreateClusterCommand(const EmrJson& request) {
  CreateCluster command;
  command.Add("name", request["Name"].get<std::string>());
  command.Add("release-label", request["ReleaseLabel"].get<std::string>());
  command.Add("log-uri", request["LogUri"].get<std::string>());
  command.Add("service-role", request["ServiceRole"].get<std::string>());
  AddInstances(request, command);
  std::vector<std::string> applications;
  for (const EmrJson& application : request["Applications"])
    applications.push_back("Name=" + application["Name"].get<std::string>());
  command.AddWords("applications", applications);
  if (request.contains("Configurations")) command.Add("configurations", request["Configurations"]);
  if (request.contains("BootstrapActions"))
    command.Add("bootstrap-actions", CliBootstrap(request["BootstrapActions"]));
  if (request.contains("Steps")) command.Add("steps", CliSteps(request["Steps"]));
  command.Add("step-concurrency-level", request["StepConcurrencyLevel"].dump());
  for (const auto& [field, option] :
       std::map<std::string, std::string>{{"ManagedScalingPolicy", "managed-scaling-policy"},
                                          {"AutoTerminationPolicy", "auto-termination-policy"}}) {
    if (request.contains(field)) command.Add(option, request[field]);
  }
  if (request.contains("SecurityConfiguration"))
    command.Add("security-configuration", request["SecurityConfiguration"].get<std::string>());
  if (request.contains("EbsRootVolumeSize"))
    command.Add("ebs-root-volume-size", request["EbsRootVolumeSize"].dump());
  std::vector<std::string> tags;
  for (const EmrJson& tag : request["Tags"])
    tags.push_back(tag["Key"].get<std::string>() + "=" + tag["Value"].get<std::string>());
  command.AddWords("tags", tags);
  if (request.contains("SessionEnabled")) command.AddFlag("session-enabled");
  command.AddFlag("visible-to-all-users");
  return command.text();
}

}  // namespace

Result<std::string> EmitEmrCli(const EmrCluster& cluster, const EmrFacts& facts) {
  ASSIGN_OR_RETURN(const EmrJson stack,
                   CloudFormationTemplate(cluster, facts, EmrStackPart::kGround));
  std::string script = fmt::format(
      "#!/bin/sh\n# The EMR cluster {} by the AWS CLI. Running it costs money.\nset -eu\n"
      "export AWS_DEFAULT_REGION={}\n",
      cluster.name, cluster.region);
  std::map<std::string, std::string> outputs;
  if (!stack["Resources"].empty()) {
    script += fmt::format(
        "\n# What the cluster stands on, as a stack: a failure rolls it back.\n"
        "template=$(mktemp)\ntrap 'rm -f \"$template\"' EXIT\n"
        "cat >\"$template\" <<'TEMPLATE'\n{}\nTEMPLATE\n"
        "aws cloudformation deploy --stack-name ember-{} --template-file \"$template\" "
        "--capabilities CAPABILITY_IAM --no-fail-on-empty-changeset\n"
        "output() {{\n  aws cloudformation describe-stacks --stack-name ember-{} --output text \\\n"
        "    --query \"Stacks[0].Outputs[?OutputKey=='$1'].OutputValue\"\n}}\n",
        stack.dump(1), cluster.name, cluster.name);
    const EmrJson made = stack.value("Outputs", EmrJson::object());
    for (const auto& [name, value] : made.items()) {
      outputs[name] = Variable(name);
      script += fmt::format("{}=$(output {})\n", VariableName(name), name);
    }
  }
  const EmrJson request = RunJobFlowRequest(cluster, facts, EmrGroundOf(cluster, outputs));
  return script + "\n" + CreateClusterCommand(request);
}

}  // namespace ember
