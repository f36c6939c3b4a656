#include "aws/s3_settings.h"

#include <gtest/gtest.h>

#include "aws/scripted_host.h"

namespace ember {
namespace {

using Settings = std::map<std::string, std::string>;

struct SettingsCase {
  std::string name;
  Settings session;
  Settings variables;
  std::string bucket;
  std::string endpoint;  // or the condition of the error
  std::string region;    // or a part of its message
  S3UrlStyle url_style = S3UrlStyle::kPath;
};

TEST(S3Settings, NameTheEncryptionForEachBucket) {
  const std::map<std::string, std::string> session = {
      {"fs.s3a.encryption.algorithm", "AES256"},
      {"spark.hadoop.fs.s3a.bucket.ours.encryption.algorithm", "SSE-KMS"},
      {"spark.hadoop.fs.s3a.bucket.ours.encryption.key", "arn:aws:kms:eu-west-3:1:key/k"},
      {"fs.s3a.bucket.twice.encryption.algorithm", "dsse-kms"}};
  const std::map<std::string, S3Encryption> expected = {
      {"any", {.algorithm = "AES256", .key_id = ""}},
      {"ours", {.algorithm = "aws:kms", .key_id = "arn:aws:kms:eu-west-3:1:key/k"}},
      {"twice", {.algorithm = "aws:kms:dsse", .key_id = ""}}};
  for (const auto& [bucket, encryption] : expected) {
    ScriptedHost host;
    Result<S3Settings> settings = ResolveS3Settings(bucket, session, host, nullptr, {});
    ASSERT_TRUE(settings.ok()) << settings.error().ToString();
    EXPECT_EQ(settings->encryption, encryption) << bucket;
  }
}

TEST(S3Settings, TakeHadoopsNamesThenAwss) {
  const std::vector<SettingsCase> cases = {
      {"nothing is set",
       {},
       {},
       "bucket",
       "https://s3.us-east-1.amazonaws.com",
       "us-east-1",
       S3UrlStyle::kVirtualHost},
      {"a region",
       {},
       {{"AWS_REGION", "cn-north-1"}},
       "bucket",
       "https://s3.cn-north-1.amazonaws.com.cn",
       "cn-north-1",
       S3UrlStyle::kVirtualHost},
      {"a bucket with dots",
       {},
       {},
       "my.bucket",
       "https://s3.us-east-1.amazonaws.com",
       "us-east-1"},
      {"an endpoint of AWS's environment",
       {},
       {{"AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000/"}},
       "bucket",
       "http://127.0.0.1:9000",
       "us-east-1"},
      {"Hadoop's endpoint counts more",
       {{"fs.s3a.endpoint", "minio:9000"}},
       {{"AWS_ENDPOINT_URL", "http://other"}},
       "bucket",
       "https://minio:9000",
       "us-east-1"},
      {"without TLS",
       {{"spark.hadoop.fs.s3a.endpoint", "minio:9000"},
        {"spark.hadoop.fs.s3a.connection.ssl.enabled", "false"}},
       {},
       "bucket",
       "http://minio:9000",
       "us-east-1"},
      {"the bucket's own counts most",
       {{"fs.s3a.endpoint", "http://all"},
        {"spark.hadoop.fs.s3a.bucket.one.endpoint", "http://one"}},
       {},
       "one",
       "http://one",
       "us-east-1"},
      {"another bucket's does not count",
       {{"fs.s3a.endpoint", "http://all"}, {"fs.s3a.bucket.one.endpoint", "http://one"}},
       {},
       "two",
       "http://all",
       "us-east-1"},
      {"the name without the prefix counts more",
       {{"spark.hadoop.fs.s3a.endpoint", "http://a"}, {"fs.s3a.endpoint", "http://b"}},
       {},
       "x1x",
       "http://b",
       "us-east-1"},
      {"virtual hosts of another server",
       {{"fs.s3a.endpoint", "http://s.example"}, {"fs.s3a.path.style.access", "false"}},
       {},
       "bucket",
       "http://s.example",
       "us-east-1",
       S3UrlStyle::kVirtualHost},
      {"a region in the endpoint's name",
       {{"fs.s3a.endpoint", "s3.eu-west-1.amazonaws.com"}},
       {{"AWS_REGION", "us-west-2"}},
       "bucket",
       "https://s3.eu-west-1.amazonaws.com",
       "eu-west-1",
       S3UrlStyle::kVirtualHost},
      {"the global endpoint with a region",
       {{"fs.s3a.endpoint", "s3.amazonaws.com"}, {"fs.s3a.endpoint.region", "eu-west-3"}},
       {},
       "bucket",
       "https://s3.eu-west-3.amazonaws.com",
       "eu-west-3",
       S3UrlStyle::kVirtualHost},
      {"half of the keys",
       {{"fs.s3a.access.key", "a"}},
       {},
       "bucket",
       "EMBER_AWS.INVALID_CONFIG",
       "fs.s3a.access.key is set without fs.s3a.secret.key"},
      {"no boolean",
       {{"fs.s3a.path.style.access", "TOPSECRET"}},
       {},
       "bucket",
       "EMBER_AWS.INVALID_CONFIG",
       "neither true nor false"},
      {"an unknown provider",
       {{"fs.s3a.aws.credentials.provider", "com.acme.Vault"}},
       {},
       "bucket",
       "UNSUPPORTED_FEATURE.EMBER",
       "com.acme.Vault"},
      {"encryption with keys of the user's",
       {{"fs.s3a.encryption.algorithm", "SSE-C"}, {"fs.s3a.encryption.key", "TOPSECRET"}},
       {},
       "bucket",
       "UNSUPPORTED_FEATURE.EMBER",
       "\"SSE-C\" as fs.s3a.encryption.algorithm"},
      {"encryption by the client",
       {{"fs.s3a.server-side-encryption-algorithm", "CSE-KMS"}},
       {},
       "bucket",
       "UNSUPPORTED_FEATURE.EMBER",
       "\"CSE-KMS\" as fs.s3a.encryption.algorithm"},
      {"a key without an algorithm",
       {{"fs.s3a.encryption.key", "TOPSECRET"}},
       {},
       "bucket",
       "EMBER_AWS.INVALID_CONFIG",
       "fs.s3a.encryption.key is set without fs.s3a.encryption.algorithm"},
      {"a key that is not used",
       {{"fs.s3a.encryption.algorithm", "AES256"}, {"fs.s3a.encryption.key", "TOPSECRET"}},
       {},
       "bucket",
       "EMBER_AWS.INVALID_CONFIG",
       "AES256 has no key"},
      {"requester pays, off",
       {{"fs.s3a.requester.pays.enabled", "false"}},
       {},
       "bucket",
       "https://s3.us-east-1.amazonaws.com",
       "us-east-1",
       S3UrlStyle::kVirtualHost},
  };
  for (const SettingsCase& c : cases) {
    ScriptedHost host;
    host.variables = c.variables;
    Result<S3Settings> settings = ResolveS3Settings(c.bucket, c.session, host, nullptr, {});
    if (!settings.ok()) {
      EXPECT_EQ(settings.error().condition, c.endpoint) << c.name;
      EXPECT_NE(settings.error().message.find(c.region), std::string::npos) << c.name;
      EXPECT_EQ(settings.error().ToString().find("TOPSECRET"), std::string::npos) << c.name;
      continue;
    }
    EXPECT_EQ(settings->endpoint, c.endpoint) << c.name;
    EXPECT_EQ(settings->region, c.region) << c.name;
    EXPECT_EQ(settings->url_style, c.url_style) << c.name;
  }
}

struct ProviderCase {
  std::string name;
  Settings session;
  Settings variables;
  std::string source;  // or the condition
};

TEST(S3Settings, ChooseWhoWorks) {
  const std::string hadoop = "org.apache.hadoop.fs.s3a.";
  const std::string sdk = "software.amazon.awssdk.auth.credentials.";
  const Settings environment = {{"AWS_ACCESS_KEY_ID", "E"}, {"AWS_SECRET_ACCESS_KEY", "TOPSECRET"}};
  const Settings keys = {{"fs.s3a.access.key", "K"},
                         {"spark.hadoop.fs.s3a.secret.key", "TOPSECRET"}};
  const auto with = [&](const std::string& providers) {
    Settings session = keys;
    session["fs.s3a.aws.credentials.provider"] = providers;
    return session;
  };
  const std::vector<ProviderCase> cases = {
      {"the session's keys before the environment", keys, environment, "fs.s3a.access.key"},
      {"the environment", {}, environment, "environment"},
      {"nothing", {}, {}, "EMBER_AWS.NO_CREDENTIALS"},
      {"keys by name", with(hadoop + "SimpleAWSCredentialsProvider"), {}, "fs.s3a.access.key"},
      {"session keys without a token",
       with(hadoop + "TemporaryAWSCredentialsProvider"),
       {},
       "EMBER_AWS.NO_CREDENTIALS"},
      {"the first that has some",
       with(hadoop + "TemporaryAWSCredentialsProvider,\n " + sdk +
            "EnvironmentVariableCredentialsProvider"),
       environment, "environment"},
      {"anonymous", with(hadoop + "AnonymousAWSCredentialsProvider"), environment, "anonymous"},
      {"the SDK's chain", with(sdk + "DefaultCredentialsProvider"), environment, "environment"},
      {"instances only", with(hadoop + "auth.IAMInstanceCredentialsProvider"), environment,
       "EMBER_AWS.NO_CREDENTIALS"},
      {"profiles only", with("com.amazonaws.auth.profile.ProfileCredentialsProvider"), environment,
       "EMBER_AWS.NO_CREDENTIALS"},
  };
  for (const ProviderCase& c : cases) {
    ScriptedHost host;
    host.variables = c.variables;
    ScriptedHttp http([](const HttpRequest&) { return ConnectionFailure("CONNECT"); });
    Result<S3Settings> settings = ResolveS3Settings("bucket", c.session, host, nullptr, {});
    ASSERT_TRUE(settings.ok()) << c.name;
    auto provider = MakeS3Credentials(*settings, host, http);
    ASSERT_TRUE(provider.ok()) << c.name;
    Result<AwsCredentials> got = (*provider)->Get({});
    EXPECT_EQ(got.ok() ? got->source : got.error().condition, c.source) << c.name;
    const std::string text = got.ok() ? got->source : got.error().ToString();
    EXPECT_EQ(text.find("TOPSECRET"), std::string::npos) << c.name;
  }
}

TEST(S3Settings, KnowS3Paths) {
  EXPECT_EQ(ParseS3Path("s3a://b/x/y")->key, "x/y");
  EXPECT_EQ(ParseS3Path("s3://b")->bucket, "b");
  EXPECT_EQ(ParseS3Path("s3://b//x")->key, "x");
  EXPECT_FALSE(ParseS3Path("/s3/b"));
  EXPECT_FALSE(ParseS3Path("hdfs://b/x"));
}

}  // namespace
}  // namespace ember
