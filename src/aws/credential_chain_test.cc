#include "aws/credential_chain.h"

#include <gtest/gtest.h>

#include "aws/credential_sources.h"
#include "aws/digest.h"
#include "aws/endpoints.h"
#include "aws/local_http_server.h"
#include "aws/scripted_host.h"
#include "aws/uri.h"

namespace ember {
namespace {

// Every secret of these tests holds this word; no message may.
constexpr std::string_view kSecretWord = "TOPSECRET";

std::string StsAnswer(const std::string& action, const std::string& key,
                      const std::string& expires) {
  return "<" + action + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" + action +
         "Result><Credentials><AccessKeyId>" + key +
         "</AccessKeyId><SecretAccessKey>TOPSECRET-role</"
         "SecretAccessKey><SessionToken>TOPSECRET-token"
         "</SessionToken><Expiration>" +
         expires + "</Expiration></Credentials></" + action + "Result></" + action + "Response>";
}

constexpr char kLater[] = "2023-11-14T23:13:20Z";  // an hour after the scripted now

std::string KeysJson(const std::string& key, const std::string& token_name = "Token") {
  return R"({"Version":1,"Code":"Success","AccessKeyId":")" + key +
         R"(","SecretAccessKey":"TOPSECRET-json",")" + token_name +
         R"(":"TOPSECRET-t","Expiration":"2023-11-14T23:13:20Z"})";
}

// No network at all: what is not scripted cannot be reached.
Result<HttpResponse> Unreachable(const HttpRequest&) { return ConnectionFailure("CONNECT"); }

Result<HttpResponse> AnswerSts(const HttpRequest& request) {
  const UriQuery form = ParseUriQuery(request.body);
  std::string action;
  std::string role;
  for (const auto& [name, value] : form) {
    if (name == "Action") action = value;
    if (name == "RoleArn") role = value;
  }
  if (request.url.find("sts.") == std::string::npos) return ConnectionFailure("CONNECT");
  return HttpResponse{.status = 200, .body = StsAnswer(action, "AK-" + role, kLater)};
}

struct ChainCase {
  std::string name;
  std::map<std::string, std::string> variables;
  std::string config;
  std::string credentials;
  std::string key;     // the access key expected, or the condition of the error
  std::string source;  // part of the source, or of the message
  ScriptedHttp::Handler http = Unreachable;
};

const std::string kKeys = "aws_access_key_id = AK\naws_secret_access_key = TOPSECRET\n";

std::vector<ChainCase> ChainCases() {
  const std::map<std::string, std::string> keys = {{"AWS_ACCESS_KEY_ID", "AKENV"},
                                                   {"AWS_SECRET_ACCESS_KEY", "TOPSECRET"}};
  std::map<std::string, std::string> token = keys;
  token["AWS_SESSION_TOKEN"] = "TOPSECRET-session";
  return {
      {"environment", keys, "", "[default]\n" + kKeys, "AKENV", "environment"},
      {"environment with a token", token, "", "", "AKENV", "environment"},
      {"half an environment",
       {{"AWS_ACCESS_KEY_ID", "X"}},
       "",
       "",
       "EMBER_AWS.INVALID_CONFIG",
       "AWS_SECRET_ACCESS_KEY"},
      {"nothing",
       {},
       "",
       "",
       "EMBER_AWS.NO_CREDENTIALS",
       "environment (AWS_ACCESS_KEY_ID is not set), assume-role profile"},
      {"credentials file", {}, "", "[default]\n" + kKeys, "AK", "profile default of"},
      {"config file",
       {},
       "[profile default]\n" + kKeys,
       "",
       "AK",
       "profile default of /h/.aws/config"},
      {"credentials file before config file",
       {},
       "[default]\naws_access_key_id=B\naws_secret_access_key=T",
       "[default]\n" + kKeys,
       "AK",
       "/h/.aws/credentials"},
      {"credential_process before config file, after credentials file",
       {},
       "[default]\ncredential_process = /bin/get --x \"a "
       "b\"\naws_access_key_id=B\naws_secret_access_key=T",
       "",
       "AKPROC",
       "credential_process"},
      {"AWS_PROFILE",
       {{"AWS_PROFILE", "other"}},
       "[profile other]\n" + kKeys,
       "[default]\naws_access_key_id=B\naws_secret_access_key=T",
       "AK",
       "profile other"},
      {"a profile that is not there",
       {{"AWS_PROFILE", "nope"}},
       "",
       "",
       "EMBER_AWS.INVALID_CONFIG",
       "profile \"nope\" is neither in"},
      {"a key without its secret",
       {},
       "",
       "[default]\naws_access_key_id = X\n",
       "EMBER_AWS.INVALID_CONFIG",
       "without aws_secret_access_key"},
      {"role by source profile",
       {{"AWS_PROFILE", "r"}, {"AWS_REGION", "eu-west-1"}},
       "[profile r]\nrole_arn = arn:r\nsource_profile = base\nexternal_id = e\n",
       "[base]\n" + kKeys,
       "AK-arn:r",
       "role arn:r",
       AnswerSts},
      {"role by role by keys",
       {{"AWS_PROFILE", "r"}},
       "[profile r]\nrole_arn = arn:r\nsource_profile = m\n[profile m]\nrole_arn = arn:m\n"
       "source_profile = base\n",
       "[base]\n" + kKeys,
       "AK-arn:r",
       "role arn:r",
       AnswerSts},
      {"a circle of roles",
       {{"AWS_PROFILE", "r"}},
       "[profile r]\nrole_arn=a\nsource_profile=m\n[profile m]\nrole_arn=b\nsource_profile=r\n",
       "",
       "EMBER_AWS.INVALID_CONFIG",
       "circle",
       AnswerSts},
      {"a profile that asks for its own role",
       {{"AWS_PROFILE", "r"}},
       "",
       "[r]\nrole_arn = arn:r\nsource_profile = r\n" + kKeys,
       "AK-arn:r",
       "role arn:r",
       AnswerSts},
      {"role by environment",
       {{"AWS_PROFILE", "r"}},
       "[profile r]\nrole_arn=a\ncredential_source=Environment",
       "",
       "EMBER_AWS.INVALID_CONFIG",
       "credential_source Environment has no credentials"},
      {"role with mfa",
       {{"AWS_PROFILE", "r"}},
       "[profile r]\nrole_arn=a\nsource_profile=b\nmfa_serial=m\n[profile b]\n" + kKeys,
       "",
       "UNSUPPORTED_FEATURE.EMBER",
       "mfa_serial"},
      {"web identity",
       {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/t"}, {"AWS_ROLE_ARN", "arn:w"}},
       "",
       "",
       "AK-arn:w",
       "role arn:w",
       AnswerSts},
      {"web identity without a role",
       {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/t"}},
       "",
       "",
       "EMBER_AWS.INVALID_CONFIG",
       "without AWS_ROLE_ARN"},
      {"web identity of a profile",
       {{"AWS_PROFILE", "w"}},
       "[profile w]\nrole_arn = arn:p\nweb_identity_token_file = /t\n",
       "",
       "AK-arn:p",
       "role arn:p",
       AnswerSts},
      {"SSO without a sign-in",
       {{"AWS_PROFILE", "s"}},
       "[sso-session me]\nsso_region = us-east-1\nsso_start_url = https://x\n"
       "[profile s]\nsso_session = me\nsso_account_id = 1\nsso_role_name = R\n",
       "",
       "UNSUPPORTED_FEATURE.EMBER",
       "aws sso login --profile s"},
      {"container far away without TLS",
       {{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/keys"}},
       "",
       "",
       "EMBER_AWS.INVALID_CONFIG",
       "without TLS"},
  };
}

TEST(CredentialChain, AsksTheSourcesInOrder) {
  for (const ChainCase& c : ChainCases()) {
    ScriptedHost host;
    host.variables = c.variables;
    host.variables["HOME"] = "/h";
    host.files = {{"/h/.aws/config", c.config},
                  {"/h/.aws/credentials", c.credentials},
                  {"/t", "TOPSECRET-jwt\n"}};
    host.processes["/bin/get|--x|a b"] = {.exit_code = 0,
                                          .output = KeysJson("AKPROC", "SessionToken")};
    ScriptedHttp http(c.http);
    Result<AwsCredentials> got = MakeCredentialChain(host, http)->Get({});
    if (got.ok()) {
      EXPECT_EQ(got->access_key_id, c.key) << c.name;
      EXPECT_NE(got->source.find(c.source), std::string::npos) << c.name << ": " << got->source;
      EXPECT_EQ(got->source.find(kSecretWord), std::string::npos) << c.name;
    } else {
      EXPECT_EQ(got.error().condition, c.key) << c.name << ": " << got.error().ToString();
      EXPECT_NE(got.error().ToString().find(c.source), std::string::npos)
          << c.name << ": " << got.error().ToString();
      EXPECT_EQ(got.error().ToString().find(kSecretWord), std::string::npos) << c.name;
    }
  }
}

TEST(CredentialChain, AssumesARoleWithASignedForm) {
  ScriptedHost host;
  host.variables = {{"HOME", "/h"}, {"AWS_PROFILE", "r"}, {"AWS_REGION", "eu-west-1"}};
  host.files["/h/.aws/config"] =
      "[profile r]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = base\nexternal_id = ext\n"
      "role_session_name = me\nduration_seconds = 900\n[profile base]\n" +
      kKeys;
  ScriptedHttp http(AnswerSts);
  Result<AwsCredentials> got = MakeCredentialChain(host, http)->Get({});
  ASSERT_TRUE(got.ok()) << got.error().ToString();
  EXPECT_EQ(got->session_token, "TOPSECRET-token");
  EXPECT_EQ(got->expires_us, int64_t{1700003600} * 1000000);
  ASSERT_EQ(http.sent.size(), 1u);
  const HttpRequest& request = http.sent[0];
  EXPECT_EQ(request.url, "https://sts.eu-west-1.amazonaws.com/");
  EXPECT_EQ(request.body,
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2FR&"
            "RoleSessionName=me&ExternalId=ext&DurationSeconds=900");
  const std::string* authorization = FindHttpHeader(request.headers, "Authorization");
  ASSERT_NE(authorization, nullptr);
  EXPECT_NE(authorization->find("Credential=AK/20231114/eu-west-1/sts/aws4_request"),
            std::string::npos);
}

TEST(CredentialChain, AsksWebIdentityUnsigned) {
  ScriptedHost host;
  host.variables = {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/t"}, {"AWS_ROLE_ARN", "arn:w"}};
  host.files["/t"] = "jwt\n";
  ScriptedHttp http(AnswerSts);
  ASSERT_TRUE(MakeCredentialChain(host, http)->Get({}).ok());
  EXPECT_EQ(FindHttpHeader(http.sent[0].headers, "Authorization"), nullptr);
  EXPECT_EQ(http.sent[0].url, "https://sts.amazonaws.com/");
  EXPECT_NE(http.sent[0].body.find("WebIdentityToken=jwt"), std::string::npos);
}

TEST(CredentialChain, UsesAnSsoTokenThatIsThere) {
  ScriptedHost host;
  host.variables = {{"HOME", "/h"}};
  host.files["/h/.aws/config"] =
      "[default]\nsso_session = me\nsso_account_id = 1\nsso_role_name = R\n"
      "[sso-session me]\nsso_region = eu-west-1\n";
  host.files["/h/.aws/sso/cache/" + Sha1Hex("me") + ".json"] =
      R"({"accessToken":"TOPSECRET","expiresAt":"2023-11-14T23:13:20Z"})";
  ScriptedHttp http([](const HttpRequest& request) -> Result<HttpResponse> {
    EXPECT_EQ(request.url,
              "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?"
              "role_name=R&account_id=1");
    return HttpResponse{.status = 200,
                        .body = R"({"roleCredentials":{"accessKeyId":"AKSSO","secretAccessKey":"s",
                                   "sessionToken":"t","expiration":1700003600000}})"};
  });
  Result<AwsCredentials> got = MakeCredentialChain(host, http)->Get({});
  ASSERT_TRUE(got.ok()) << got.error().ToString();
  EXPECT_EQ(got->access_key_id, "AKSSO");
  EXPECT_EQ(got->expires_us, int64_t{1700003600} * 1000000);
}

TEST(CredentialChain, AsksAgainBeforeTheyExpireAndKeepsThemWhileTheyLast) {
  ScriptedHost host;
  host.variables = {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/t"}, {"AWS_ROLE_ARN", "arn:w"}};
  host.files["/t"] = "jwt";
  int asked = 0;
  bool is_down = false;
  ScriptedHttp http([&](const HttpRequest& request) -> Result<HttpResponse> {
    if (is_down) return ConnectionFailure("CONNECT");
    ++asked;
    return AnswerSts(request);
  });
  auto chain = MakeCredentialChain(host, http);
  ASSERT_TRUE(chain->Get({}).ok());
  host.now_us += int64_t{50 * 60} * 1000000;
  ASSERT_TRUE(chain->Get({}).ok());
  EXPECT_EQ(asked, 1);
  host.now_us += int64_t{6 * 60} * 1000000;  // four minutes are left
  ASSERT_TRUE(chain->Get({}).ok());
  EXPECT_EQ(asked, 2);
  is_down = true;
  EXPECT_TRUE(chain->Get({}).ok()) << "what is still valid is better than nothing";
  host.now_us += int64_t{5 * 60} * 1000000;
  EXPECT_FALSE(chain->Get({}).ok());
  is_down = false;
  chain->Forget();
  chain->Forget();
  host.now_us -= int64_t{60 * 60} * 1000000;
  ASSERT_TRUE(chain->Get({}).ok());
  EXPECT_EQ(asked, 3);
}

TEST(CredentialChain, ReadsTheContainersEndpoint) {
  LocalHttpServer server([](const LocalRequest& request) {
    if (request.target != "/keys" || request.Header("Authorization") != "token-1") {
      return LocalReply{.status = 403};
    }
    return LocalReply{.body = KeysJson("AKCONT")};
  });
  auto http = MakeCurlHttpClient();
  ASSERT_TRUE(http.ok());
  ScriptedHost host;
  host.files["/token"] = "token-1\n";
  host.variables = {{"AWS_CONTAINER_CREDENTIALS_FULL_URI", server.url() + "/keys"},
                    {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "wrong"},
                    {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token"}};
  Result<AwsCredentials> got = MakeCredentialChain(host, **http)->Get({});
  ASSERT_TRUE(got.ok()) << got.error().ToString();
  EXPECT_EQ(got->access_key_id, "AKCONT");
  host.variables.erase("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
  EXPECT_EQ(MakeCredentialChain(host, **http)->Get({}).error().condition,
            "EMBER_AWS.INVALID_CONFIG");
  ScriptedHttp scripted(Unreachable);
  host.variables = {{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/x"}};
  EXPECT_FALSE(MakeCredentialChain(host, scripted)->Get({}).ok());
  EXPECT_EQ(scripted.sent.size(), 3u);
  EXPECT_EQ(scripted.sent[0].url, "http://169.254.170.2/v2/x");
}

// IMDSv2 as EC2 has it: nothing without a token.
LocalReply AnswerMetadata(const LocalRequest& request) {
  if (request.target == "/latest/api/token") {
    if (request.method != "PUT") return {.status = 405};
    if (request.Header("X-aws-ec2-metadata-token-ttl-seconds") != "21600") return {.status = 400};
    return {.body = "imds-token"};
  }
  if (request.method != "GET" || request.Header("X-aws-ec2-metadata-token") != "imds-token") {
    return {.status = 401};
  }
  const std::string folder = "/latest/meta-data/iam/security-credentials/";
  if (request.target == folder) return {.body = "the role"};
  if (request.target == folder + "the%20role") return {.body = KeysJson("AKEC2")};
  if (request.target == "/latest/meta-data/placement/region") return {.body = "eu-north-1"};
  return {.status = 404};
}

TEST(CredentialChain, AsksInstanceMetadataWithAToken) {
  LocalHttpServer server(AnswerMetadata);
  auto http = MakeCurlHttpClient();
  ASSERT_TRUE(http.ok());
  ScriptedHost host;
  host.variables = {{"AWS_EC2_METADATA_SERVICE_ENDPOINT", server.url() + "/"}};
  Result<AwsCredentials> got = MakeCredentialChain(host, **http)->Get({});
  ASSERT_TRUE(got.ok()) << got.error().ToString();
  EXPECT_EQ(got->access_key_id, "AKEC2");
  EXPECT_EQ(got->source, "instance role the role");
  EXPECT_EQ(ResolveAwsRegion(host, {}, http->get(), {}), "eu-north-1");
  EXPECT_EQ(ResolveAwsRegion(host, {}, nullptr, {}), "");
  host.variables["AWS_EC2_METADATA_DISABLED"] = "TRUE";
  EXPECT_EQ(MakeCredentialChain(host, **http)->Get({}).error().condition,
            "EMBER_AWS.NO_CREDENTIALS");
}

TEST(CredentialChain, GivesUpSoonWhenMetadataIsSilent) {
  LocalHttpServer server(
      [](const LocalRequest&) { return LocalReply{.fault = LocalFault::kSilence}; });
  auto http = MakeCurlHttpClient();
  ScriptedHost host;
  host.variables = {{"AWS_EC2_METADATA_SERVICE_ENDPOINT", server.url()}};
  const auto start = std::chrono::steady_clock::now();
  Result<AwsCredentials> got = MakeCredentialChain(host, **http)->Get({});
  ASSERT_FALSE(got.ok());
  EXPECT_NE(got.error().message.find("hop limit"), std::string::npos) << got.error().message;
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

TEST(CredentialChain, SaysWhyAProcessFailedWithoutItsOutput) {
  for (const ProcessOutput& output :
       {ProcessOutput{.exit_code = 3, .output = "TOPSECRET"}, ProcessOutput{.output = "TOPSECRET"},
        ProcessOutput{.output = R"({"Version":2,"AccessKeyId":"a","SecretAccessKey":"TOPSECRET"})"},
        ProcessOutput{.output = R"({"Version":1,"AccessKeyId":"a","SecretAccessKey":"TOPSECRET",
                                    "Expiration":"2001-01-01T00:00:00Z"})"}}) {
    ScriptedHost host;
    host.variables["HOME"] = "/h";
    host.files["/h/.aws/config"] = "[default]\ncredential_process = get TOPSECRET\n";
    host.processes["get|TOPSECRET"] = output;
    ScriptedHttp http(Unreachable);
    Result<AwsCredentials> got = MakeCredentialChain(host, http)->Get({});
    ASSERT_FALSE(got.ok());
    EXPECT_EQ(got.error().condition, "EMBER_AWS.INVALID_CONFIG");
    EXPECT_EQ(got.error().ToString().find(kSecretWord), std::string::npos)
        << got.error().ToString();
  }
}

TEST(Endpoints, AreTakenInOrder) {
  ScriptedHost host;
  host.variables = {{"HOME", "/h"}};
  host.files["/h/.aws/config"] =
      "[default]\nregion = r1\nservices = mine\nendpoint_url = http://profile\n"
      "[services mine]\ns3 =\n  endpoint_url = http://service\n";
  Result<AwsSharedConfig> config = LoadAwsSharedConfig(host);
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(ConfiguredAwsEndpoint(host, *config, "sts"), "http://profile");
  EXPECT_EQ(ConfiguredAwsEndpoint(host, *config, "s3"), "http://service");
  host.variables["AWS_ENDPOINT_URL"] = "http://all";
  EXPECT_EQ(ConfiguredAwsEndpoint(host, *config, "s3"), "http://all");
  host.variables["AWS_ENDPOINT_URL_S3"] = "http://s3";
  EXPECT_EQ(ConfiguredAwsEndpoint(host, *config, "s3"), "http://s3");
  EXPECT_EQ(ConfiguredAwsEndpoint(host, *config, "sts"), "http://all");
  host.variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
  EXPECT_EQ(ConfiguredAwsEndpoint(host, *config, "s3"), std::nullopt);
  EXPECT_EQ(ResolveAwsRegion(host, *config, nullptr, {}), "r1");
  host.variables["AWS_DEFAULT_REGION"] = "r2";
  EXPECT_EQ(ResolveAwsRegion(host, *config, nullptr, {}), "r2");
  host.variables["AWS_REGION"] = "r3";
  EXPECT_EQ(ResolveAwsRegion(host, *config, nullptr, {}), "r3");
  EXPECT_EQ(AwsDomain("cn-north-1"), "amazonaws.com.cn");
}

TEST(SharedConfig, ReadsTheFormOfTheFiles) {
  const AwsSections sections = ParseAwsSections(
      "# comment\n[default]\nregion=us-east-1 \n\n[profile \"a b\"]\n; no\ns3 =\n  x = 1\n\ty = 2\n"
      "plain = v=w\n[broken\nz = 1\n");
  EXPECT_EQ(sections.at("default").at("region"), "us-east-1");
  EXPECT_EQ(sections.at("profile a b").at("s3.x"), "1");
  EXPECT_EQ(sections.at("profile a b").at("s3.y"), "2");
  EXPECT_EQ(sections.at("profile a b").at("plain"), "v=w");
  EXPECT_EQ(sections.size(), 2u);
}

TEST(AwsHost, RunsProcessesAndReadsTimes) {
  auto host = MakeSystemAwsHost();
  Result<ProcessOutput> ran = host->Run({"sh", "-c", "printf out; exit 7"}, 5000, {});
  ASSERT_TRUE(ran.ok());
  EXPECT_EQ(ran->output, "out");
  EXPECT_EQ(ran->exit_code, 7);
  EXPECT_FALSE(host->Run({"/no/such/program"}, 5000, {}).ok());
  EXPECT_FALSE(host->Run({"sleep", "5"}, 100, {}).ok());
  EXPECT_EQ(SplitCommandLine(R"(a "b c" 'd "e' f\ g "")"),
            (std::vector<std::string>{"a", "b c", "d \"e", "f g", ""}));
  EXPECT_EQ(ParseIsoTime("2023-11-14T22:13:20Z"), int64_t{1700000000} * 1000000);
  EXPECT_EQ(ParseIsoTime("2023-11-14T22:13:20.5Z"), int64_t{1700000000} * 1000000 + 500000);
  EXPECT_EQ(ParseIsoTime("2023-11-14T23:13:20+01:00"), int64_t{1700000000} * 1000000);
  EXPECT_EQ(ParseIsoTime("yesterday"), std::nullopt);
}

}  // namespace
}  // namespace ember
