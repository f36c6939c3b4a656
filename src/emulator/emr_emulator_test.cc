// The emulator behind HTTP, asked by Ember's own client; and its signatures.
#include "emulator/emr_emulator.h"

#include <gtest/gtest.h>

#include "aws/digest.h"
#include "aws/scripted_host.h"
#include "aws/sigv4.h"
#include "emulator/fake_spark.h"
#include "emulator/signature_check.h"

namespace ember {
namespace {

const AwsCredentials kKeys = {.access_key_id = "test", .secret_access_key = "testsecret"};
constexpr int64_t kNowUs = int64_t{1700000000} * 1000000;

EmulatorRequest Signed(const AwsCredentials& keys, int64_t time_us,
                       const std::string& body = "{}") {
  EmulatorRequest request;
  request.method = "POST";
  request.path = "/";
  request.body = body;
  request.headers = {{"Host", "127.0.0.1:4810"},
                     {"Content-Type", "application/x-amz-json-1.1"},
                     {"X-Amz-Target", "ElasticMapReduce.ListClusters"}};
  SignableRequest signable;
  signable.method = request.method;
  signable.headers = request.headers;
  signable.payload_hash = HexText(DigestBytes(Sha256(body)));
  const Signature made = SignRequest(
      signable, keys, {.region = "us-east-1", .service = "elasticmapreduce", .time_us = time_us});
  for (const HttpHeader& header : made.headers) request.headers.push_back(header);
  return request;
}

TEST(SignatureCheckTest, TakesWhatItsKeysSignedNowAndNothingElse) {
  const auto fault = [](const EmulatorRequest& request) {
    return CheckSignature(request, kKeys, kNowUs).fault;
  };
  EXPECT_EQ(fault(Signed(kKeys, kNowUs)), SignatureFault::kNone);
  EXPECT_EQ(CheckSignature(Signed(kKeys, kNowUs), kKeys, kNowUs).service, "elasticmapreduce");
  EXPECT_EQ(fault(Signed(kKeys, kNowUs - 299000000)), SignatureFault::kNone);
  EXPECT_EQ(fault(Signed(kKeys, kNowUs - 301000000)), SignatureFault::kSkewedClock);
  EXPECT_EQ(fault(Signed(kKeys, kNowUs + 301000000)), SignatureFault::kSkewedClock);
  EXPECT_EQ(fault(Signed({.access_key_id = "test", .secret_access_key = "other"}, kNowUs)),
            SignatureFault::kMismatch);
  EXPECT_EQ(fault(Signed({.access_key_id = "who", .secret_access_key = "testsecret"}, kNowUs)),
            SignatureFault::kUnknownKey);
  EXPECT_EQ(
      fault(Signed(
          {.access_key_id = "test", .secret_access_key = "testsecret", .session_token = "token"},
          kNowUs)),
      SignatureFault::kUnknownKey);
  EmulatorRequest changed = Signed(kKeys, kNowUs);
  changed.body = R"({"Marker": "x"})";
  EXPECT_EQ(fault(changed), SignatureFault::kMismatch);
  changed = Signed(kKeys, kNowUs);
  changed.headers[2].value = "ElasticMapReduce.TerminateJobFlows";
  EXPECT_EQ(fault(changed), SignatureFault::kMismatch);
  changed = Signed(kKeys, kNowUs);
  changed.headers.pop_back();
  EXPECT_EQ(fault(changed), SignatureFault::kMissing);
  changed.headers.push_back({"Authorization", "AWS4-HMAC-SHA256 Credential=test"});
  EXPECT_EQ(fault(changed), SignatureFault::kIncomplete);
}

// An emulator on a port, and what asks it.
class EmrEmulatorTest : public testing::Test {
 protected:
  EmrEmulatorTest() : http_(MakeCurlHttpClient()) {}

  void SetUp() override {
    ASSERT_TRUE(http_.ok()) << http_.error().message;
    EmulatorSettings settings;
    settings.folder = "/tmp/ember-emulator-test";
    settings.speed = 1000;
    settings.now_us = [] { return kNowUs; };
    settings.make_spark = [this] { return std::make_unique<FakeSpark>(spark_); };
    settings.find_spark = [](const std::string&) { return SparkInstallation{}; };
    settings.has_threads = false;
    emulator_ = std::make_unique<EmrEmulator>(std::move(settings), kKeys, journal_);
    auto server = EmulatorHttpServer::Start(
        "127.0.0.1", 0, [this](const EmulatorRequest& asked) { return emulator_->Answer(asked); });
    ASSERT_TRUE(server.ok());
    server_ = *std::move(server);
    url_ = "http://127.0.0.1:" + std::to_string(server_->port());
    host_.variables = {{"AWS_ENDPOINT_URL_EMR", url_},
                       {"AWS_ACCESS_KEY_ID", "test"},
                       {"AWS_SECRET_ACCESS_KEY", "testsecret"},
                       {"AWS_REGION", "us-east-1"}};
  }
  Result<AwsJson> Ask(const std::string& action, const AwsJson& request) {
    ASSIGN_OR_RETURN(const auto api, MakeAwsApi(**http_, host_));
    return api->Call({.action = action, .request = request});
  }
  std::string CodeOf(const Result<AwsJson>& answer) {
    return answer.ok() ? "ok" : answer.error().parameters.at("code");
  }
  HttpResponse Control(const std::string& what, const std::string& body) {
    return *(*http_)->Send({.method = "POST", .url = url_ + "/_emulator/" + what, .body = body});
  }

  FakeSparkScript spark_;
  EventJournal journal_;
  Result<std::unique_ptr<HttpClient>> http_;
  ScriptedHost host_;
  std::string url_;
  std::unique_ptr<EmrEmulator> emulator_;
  std::unique_ptr<EmulatorHttpServer> server_;
};

TEST_F(EmrEmulatorTest, AnswersSignedCalls) {
  const auto created = Ask("CreateSecurityConfiguration",
                           {{"Name", "plain"}, {"SecurityConfiguration", "{\"a\": \"é\"}"}});
  ASSERT_TRUE(created.ok()) << created.error().message;
  const auto described = Ask("DescribeSecurityConfiguration", {{"Name", "plain"}});
  ASSERT_TRUE(described.ok());
  EXPECT_EQ((*described)["SecurityConfiguration"], "{\"a\": \"é\"}");
  EXPECT_EQ(CodeOf(Ask("DescribeCluster", {{"ClusterId", "j-NONE"}})), "InvalidRequestException");
  EXPECT_EQ(CodeOf(Ask("DescribeCluster", {{"Id", "j-NONE"}})), "ValidationException");
}

TEST_F(EmrEmulatorTest, RefusesOtherKeys) {
  host_.variables["AWS_SECRET_ACCESS_KEY"] = "guess";
  EXPECT_EQ(CodeOf(Ask("ListClusters", AwsJson::object())), "InvalidSignatureException");
  host_.variables["AWS_ACCESS_KEY_ID"] = "who";
  EXPECT_EQ(CodeOf(Ask("ListClusters", AwsJson::object())), "UnrecognizedClientException");
  const auto bare = (*http_)->Send({.method = "POST", .url = url_ + "/", .body = "{}"});
  ASSERT_TRUE(bare.ok());
  EXPECT_NE(bare->body.find("MissingAuthenticationTokenException"), std::string::npos);
}

TEST_F(EmrEmulatorTest, GivesOrderedFaultsToTheNextCalls) {
  EXPECT_EQ(Control("fault", R"({"kind": "throttling", "count": 2})").status, 200);
  EXPECT_TRUE(Ask("ListClusters", AwsJson::object()).ok());
  EXPECT_EQ(host_.slept_ms.size(), 2U);
  EXPECT_EQ(Control("fault", R"({"kind": "rain"})").status, 400);
  EXPECT_EQ(Control("spot-loss", R"({"cluster": "j-NONE"})").status, 400);
}

}  // namespace
}  // namespace ember
