// The bucket, its key, the catalog and the log group of a cluster.
#include <fmt/format.h>

#include "emr/nodes.h"
#include "emr/template.h"

namespace ember {
namespace {

EmrJson Statement(std::string_view effect, EmrJson principal, EmrJson actions, EmrJson resources) {
  return {{"Effect", effect},
          {"Principal", std::move(principal)},
          {"Action", std::move(actions)},
          {"Resource", std::move(resources)}};
}

EmrJson Document(EmrJson statements) {
  return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

void AddKey(const EmrCluster& cluster, EmrTemplate& out) {
  EmrJson account = {{"AWS", CfnSub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")}};
  EmrJson logs = Statement(
      "Allow", {{"Service", CfnSub("logs.${AWS::Region}.amazonaws.com")}},
      {"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"},
      "*");
  logs["Condition"] = {
      {"ArnLike",
       {{"kms:EncryptionContext:aws:logs:arn",
         CfnSub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*")}}}};
  const EmrJson alarms = Statement("Allow", {{"Service", "cloudwatch.amazonaws.com"}},
                                   {"kms:Decrypt", "kms:GenerateDataKey*"}, "*");
  // In a key's own policy "*" is the key.
  out.Add("Key", "AWS::KMS::Key",
          {{"Description", fmt::format("What belongs to the EMR cluster {}", cluster.name)},
           {"EnableKeyRotation", true},
           {"KeyPolicy", Document({Statement("Allow", account, "kms:*", "*"), logs, alarms})},
           {"Tags", CfnTags(cluster, cluster.name)}});
  out.resources["Key"]["DeletionPolicy"] = "Retain";
  out.resources["Key"]["UpdateReplacePolicy"] = "Retain";
  out.outputs["Key"] = {{"Value", CfnGetAtt("Key", "Arn")}};
}

EmrJson LifecycleRules(const EmrStorage& storage) {
  EmrJson rules = EmrJson::array();
  rules.push_back({{"Id", "abort-unfinished-uploads"},
                   {"Status", "Enabled"},
                   {"AbortIncompleteMultipartUpload",
                    {{"DaysAfterInitiation", storage.abort_multipart_days}}}});
  rules.push_back({{"Id", "expire-old-versions"},
                   {"Status", "Enabled"},
                   {"NoncurrentVersionExpiration", {{"NoncurrentDays", 30}}}});
  if (storage.infrequent_access_days > 0) {
    rules.push_back({{"Id", "raw-to-infrequent-access"},
                     {"Status", "Enabled"},
                     {"Prefix", storage.raw_prefix},
                     {"Transitions",
                      EmrJson::array({{{"StorageClass", "STANDARD_IA"},
                                       {"TransitionInDays", storage.infrequent_access_days}}})}});
  }
  return rules;
}

void AddBucket(const EmrCluster& cluster, const EmrJson& kms_key, EmrTemplate& out) {
  const EmrStorage& storage = cluster.storage;
  EmrJson by_default = {{"SSEAlgorithm", kms_key.is_null() ? "AES256" : "aws:kms"}};
  if (!kms_key.is_null()) by_default["KMSMasterKeyID"] = kms_key;
  EmrJson encryption = {{"ServerSideEncryptionByDefault", by_default}};
  if (!kms_key.is_null()) encryption["BucketKeyEnabled"] = true;
  EmrJson properties = {
      {"BucketName", storage.bucket},
      {"BucketEncryption", {{"ServerSideEncryptionConfiguration", EmrJson::array({encryption})}}},
      {"VersioningConfiguration", {{"Status", "Enabled"}}},
      {"OwnershipControls",
       {{"Rules", EmrJson::array({{{"ObjectOwnership", "BucketOwnerEnforced"}}})}}},
      {"LifecycleConfiguration", {{"Rules", LifecycleRules(storage)}}},
      {"Tags", CfnTags(cluster, storage.bucket)}};
  if (cluster.security.block_public_access) {
    properties["PublicAccessBlockConfiguration"] = {{"BlockPublicAcls", true},
                                                    {"BlockPublicPolicy", true},
                                                    {"IgnorePublicAcls", true},
                                                    {"RestrictPublicBuckets", true}};
  }
  out.Add("Bucket", "AWS::S3::Bucket", std::move(properties));
  // Data outlive the cluster and its stack.
  out.resources["Bucket"]["DeletionPolicy"] = "Retain";
  out.resources["Bucket"]["UpdateReplacePolicy"] = "Retain";
  EmrJson deny = Statement("Deny", "*", "s3:*",
                           EmrJson::array({CfnGetAtt("Bucket", "Arn"), CfnSub("${Bucket.Arn}/*")}));
  deny["Condition"] = {{"Bool", {{"aws:SecureTransport", "false"}}}};
  out.Add("BucketPolicy", "AWS::S3::BucketPolicy",
          {{"Bucket", CfnRef("Bucket")}, {"PolicyDocument", Document(EmrJson::array({deny}))}});
  out.outputs["Bucket"] = {{"Value", CfnRef("Bucket")}};
}

}  // namespace

void AddEmrStorage(const EmrCluster& cluster, EmrTemplate& out, EmrJson& kms_key) {
  const std::string& key = cluster.security.kms_key;
  if (key == "create") {
    AddKey(cluster, out);
    kms_key = CfnGetAtt("Key", "Arn");
  } else if (!key.empty()) {
    kms_key = key;
  }
  if (cluster.storage.create) AddBucket(cluster, kms_key, out);
  if (cluster.catalog.type == "glue") {
    const std::string location = EmrCatalogLocation(cluster);
    out.Add("Database", "AWS::Glue::Database",
            {{"CatalogId", CfnRef("AWS::AccountId")},
             {"DatabaseInput", {{"Name", cluster.catalog.database}, {"LocationUri", location}}}});
  }
  if (!cluster.monitoring.log_group.empty()) {
    EmrJson properties = {{"LogGroupName", cluster.monitoring.log_group},
                          {"RetentionInDays", cluster.monitoring.log_days},
                          {"Tags", CfnTags(cluster, cluster.name)}};
    if (key == "create") properties["KmsKeyId"] = kms_key;
    out.Add("LogGroup", "AWS::Logs::LogGroup", std::move(properties));
    out.resources["LogGroup"]["DeletionPolicy"] = "Delete";
    out.resources["LogGroup"]["UpdateReplacePolicy"] = "Delete";
  }
}

}  // namespace ember
