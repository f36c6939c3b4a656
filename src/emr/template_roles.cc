// What EMR and the nodes may do: the least that a cluster of the file needs.
#include <fmt/format.h>

#include <set>

#include "emr/nodes.h"
#include "emr/template.h"

namespace ember {
namespace {

EmrJson Allow(const std::string& id, EmrJson actions, EmrJson resources,
              EmrJson condition = nullptr) {
  EmrJson statement = {{"Sid", id},
                       {"Effect", "Allow"},
                       {"Action", std::move(actions)},
                       {"Resource", std::move(resources)}};
  if (!condition.is_null()) statement["Condition"] = std::move(condition);
  return statement;
}

EmrJson Document(EmrJson statements) {
  return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

EmrJson Trust(std::string_view service, bool is_bound_to_account) {
  EmrJson statement = {
      {"Effect", "Allow"}, {"Principal", {{"Service", service}}}, {"Action", "sts:AssumeRole"}};
  if (is_bound_to_account) {
    statement["Condition"] = {
        {"StringEquals", {{"aws:SourceAccount", CfnRef("AWS::AccountId")}}},
        {"ArnLike",
         {{"aws:SourceArn",
           CfnSub("arn:${AWS::Partition}:elasticmapreduce:${AWS::Region}:${AWS::AccountId}:*")}}}};
  }
  return Document(EmrJson::array({statement}));
}

EmrJson ArnOf(const std::string& text) { return CfnSub("arn:${AWS::Partition}:" + text); }

// Buckets to list, and objects to read or write, by prefix.
class Access {
 public:
  void Add(const std::string& path, bool is_written) {
    const S3Place place = ParseS3Place(path);
    if (place.bucket.empty()) return;
    // A regular expression, or a wildcard, stands for what is before it.
    const size_t cut = place.key.find_first_of("*?[{");
    std::string prefix = place.key.substr(0, cut);
    if (cut != std::string::npos || path.ends_with('/'))
      prefix = prefix.substr(0, prefix.rfind('/') + 1) + "*";
    buckets_.insert(place.bucket);
    (is_written ? written_ : read_).insert(place.bucket + "/" + (prefix.empty() ? "*" : prefix));
  }
  void AddBucket(const std::string& bucket) {
    buckets_.insert(bucket);
    written_.insert(bucket + "/*");
  }

  EmrJson Statements() const {
    EmrJson statements = EmrJson::array();
    statements.push_back(Allow(
        "ListBuckets", {"s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetBucketLocation"},
        Arns(buckets_)));
    std::set<std::string> only_read;
    for (const std::string& object : read_) {
      const bool is_covered =
          written_.contains(object) || written_.contains(object.substr(0, object.find('/')) + "/*");
      if (!is_covered) only_read.insert(object);
    }
    if (!only_read.empty())
      statements.push_back(Allow("ReadObjects", {"s3:GetObject"}, Arns(only_read)));
    if (!written_.empty()) {
      statements.push_back(Allow("WriteObjects",
                                 {"s3:GetObject", "s3:PutObject", "s3:DeleteObject",
                                  "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"},
                                 Arns(written_)));
    }
    return statements;
  }

 private:
  static EmrJson Arns(const std::set<std::string>& places) {
    EmrJson list = EmrJson::array();
    for (const std::string& place : places) list.push_back(ArnOf("s3:::" + place));
    return list;
  }
  std::set<std::string> buckets_;
  std::set<std::string> read_;
  std::set<std::string> written_;
};

Access AccessOf(const EmrCluster& cluster) {
  Access access;
  access.AddBucket(cluster.storage.bucket);
  access.Add(cluster.LogUri(), true);
  for (const std::string& path : cluster.storage.read) access.Add(path, false);
  for (const std::string& path : cluster.storage.write) access.Add(path, true);
  for (const EmrBootstrap& action : cluster.bootstrap) access.Add(action.path, false);
  access.Add(cluster.security.tls_certificates, false);
  if (cluster.catalog.type == "glue") access.Add(EmrCatalogLocation(cluster), true);
  for (const EmrStep& step : cluster.steps) {
    if (step.dist_cp) {
      access.Add(step.dist_cp->src, step.dist_cp->delete_on_success);
      access.Add(step.dist_cp->dest, true);
      access.Add(step.dist_cp->previous_manifest, false);
    }
    if (step.spark) {
      access.Add(step.spark->program, false);
      for (const std::string& file : step.spark->py_files) access.Add(file, false);
      for (const std::string& file : step.spark->jars) access.Add(file, false);
    }
  }
  return access;
}

void AddGlue(const EmrCluster& cluster, EmrJson& statements) {
  if (cluster.catalog.type != "glue") return;
  const std::string base = "glue:${AWS::Region}:${AWS::AccountId}:";
  const std::string& name = cluster.catalog.database;
  statements.push_back(Allow(
      "Tables",
      {"glue:GetDatabase", "glue:GetTable", "glue:GetTables", "glue:CreateTable",
       "glue:UpdateTable", "glue:DeleteTable", "glue:GetPartition", "glue:GetPartitions",
       "glue:BatchGetPartition", "glue:CreatePartition", "glue:BatchCreatePartition",
       "glue:UpdatePartition", "glue:DeletePartition", "glue:BatchDeletePartition",
       "glue:GetUserDefinedFunctions"},
      {ArnOf(base + "catalog"), ArnOf(base + "database/" + name),
       ArnOf(base + "table/" + name + "/*"), ArnOf(base + "userDefinedFunction/" + name + "/*")}));
  // Hive's client looks for the default database first.
  statements.push_back(Allow("DefaultDatabase", {"glue:GetDatabase", "glue:GetDatabases"},
                             {ArnOf(base + "catalog"), ArnOf(base + "database/default")}));
}

EmrJson NodeStatements(const EmrCluster& cluster, const EmrJson& kms_key) {
  EmrJson statements = AccessOf(cluster).Statements();
  statements.push_back(
      Allow("EmrPrograms", {"s3:GetObject"}, ArnOf("s3:::${AWS::Region}.elasticmapreduce/*")));
  AddGlue(cluster, statements);
  // CloudWatch has no resources for metrics, and Systems Manager's channels have none either.
  statements.push_back(
      Allow("Metrics", {"cloudwatch:PutMetricData"}, "*",
            {{"StringEquals", {{"cloudwatch:namespace", EmrJson::array({"Ember", "CWAgent"})}}}}));
  statements.push_back(Allow("SessionManager",
                             {"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
                              "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"},
                             "*"));
  statements.push_back(Allow("ManagedInstance", {"ssm:UpdateInstanceInformation"},
                             ArnOf("ec2:${AWS::Region}:${AWS::AccountId}:instance/*")));
  if (!cluster.monitoring.log_group.empty()) {
    statements.push_back(Allow(
        "Logs", {"logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"},
        ArnOf("logs:${AWS::Region}:${AWS::AccountId}:log-group:" + cluster.monitoring.log_group +
              ":*")));
  }
  if (!kms_key.is_null()) {
    statements.push_back(Allow("Key",
                               {"kms:Decrypt", "kms:Encrypt", "kms:ReEncryptFrom",
                                "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"},
                               kms_key));
  }
  return statements;
}

void AddServiceRole(const EmrCluster& cluster, const EmrJson& kms_key, EmrTemplate& out) {
  EmrJson statements = EmrJson::array();
  statements.push_back(Allow("PassNodeRole", {"iam:PassRole"}, CfnGetAtt("NodeRole", "Arn"),
                             {{"StringEquals", {{"iam:PassedToService", "ec2.amazonaws.com"}}}}));
  if (!kms_key.is_null()) {
    statements.push_back(
        Allow("Key",
              {"kms:Decrypt", "kms:Encrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo",
               "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey"},
              kms_key));
    statements.push_back(Allow("KeyForVolumes", {"kms:CreateGrant"}, kms_key,
                               {{"Bool", {{"kms:GrantIsForAWSResource", "true"}}}}));
  }
  out.Add(
      "ServiceRole", "AWS::IAM::Role",
      {{"AssumeRolePolicyDocument", Trust("elasticmapreduce.amazonaws.com", true)},
       {"ManagedPolicyArns",
        EmrJson::array({ArnOf("iam::aws:policy/service-role/AmazonEMRServicePolicy_v2")})},
       {"Policies",
        EmrJson::array({{{"PolicyName", "cluster"}, {"PolicyDocument", Document(statements)}}})},
       {"Tags", CfnTags(cluster, cluster.name + "-service")}});
}

}  // namespace

void AddEmrRoles(const EmrCluster& cluster, const EmrJson& kms_key, EmrTemplate& out,
                 EmrGround& ground) {
  if (!cluster.roles.create) return;
  out.Add("NodeRole", "AWS::IAM::Role",
          {{"AssumeRolePolicyDocument", Trust("ec2.amazonaws.com", false)},
           {"Tags", CfnTags(cluster, cluster.name + "-nodes")}});
  out.Add("NodePolicy", "AWS::IAM::RolePolicy",
          {{"RoleName", CfnRef("NodeRole")},
           {"PolicyName", "cluster"},
           {"PolicyDocument", Document(NodeStatements(cluster, kms_key))}});
  out.Add("NodeProfile", "AWS::IAM::InstanceProfile",
          {{"Roles", EmrJson::array({CfnRef("NodeRole")})}});
  AddServiceRole(cluster, kms_key, out);
  ground.service_role = CfnGetAtt("ServiceRole", "Arn");
  ground.instance_profile = CfnGetAtt("NodeProfile", "Arn");
  out.outputs["ServiceRole"] = {{"Value", ground.service_role}};
  out.outputs["NodeProfile"] = {{"Value", ground.instance_profile}};
}

}  // namespace ember
