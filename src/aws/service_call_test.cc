#include "aws/service_call.h"

#include <gtest/gtest.h>

#include "aws/scripted_host.h"

namespace ember {
namespace {

struct KindRow {
  int status;
  std::string code;
  RetryKind kind;
};

TEST(Retry, JudgesAnswers) {
  for (const KindRow& row :
       std::vector<KindRow>{{503, "SlowDown", RetryKind::kThrottled},
                            {400, "ThrottlingException", RetryKind::kThrottled},
                            {429, "", RetryKind::kThrottled},
                            {500, "InternalError", RetryKind::kTransient},
                            {502, "HttpStatus", RetryKind::kTransient},
                            {504, "", RetryKind::kTransient},
                            {400, "RequestTimeout", RetryKind::kTransient},
                            {409, "ConditionalRequestConflict", RetryKind::kTransient},
                            {400, "ExpiredToken", RetryKind::kExpiredCredentials},
                            {403, "RequestTimeTooSkewed", RetryKind::kWrongClock},
                            {403, "AccessDenied", RetryKind::kFinal},
                            {403, "SignatureDoesNotMatch", RetryKind::kFinal},
                            {404, "NoSuchKey", RetryKind::kFinal},
                            {412, "PreconditionFailed", RetryKind::kFinal},
                            {501, "NotImplemented", RetryKind::kFinal}}) {
    EXPECT_EQ(ClassifyAnswer(row.status, row.code), row.kind) << row.status << row.code;
  }
  EXPECT_EQ(ClassifyFailure(ConnectionFailure("BROKEN")), RetryKind::kTransient);
  EXPECT_EQ(ClassifyFailure(ConnectionFailure("TLS")), RetryKind::kFinal);
  EXPECT_EQ(ClassifyFailure(MakeError("OPERATION_CANCELLED")), RetryKind::kFinal);
}

TEST(Retry, WaitsLongerEachTimeUpToTheLimit) {
  const RetryPolicy policy;
  EXPECT_EQ(RetryDelayMs(policy, RetryKind::kTransient, 1, 1, {}), 100);
  EXPECT_EQ(RetryDelayMs(policy, RetryKind::kTransient, 3, 1, {}), 400);
  EXPECT_EQ(RetryDelayMs(policy, RetryKind::kThrottled, 1, 0.5, {}), 250);
  EXPECT_EQ(RetryDelayMs(policy, RetryKind::kThrottled, 50, 1, {}), 20000);
  EXPECT_EQ(RetryDelayMs(policy, RetryKind::kThrottled, 1, 0, {{"Retry-After", "3"}}), 3000);
  EXPECT_EQ(RetryDelayMs(policy, RetryKind::kThrottled, 1, 0, {{"Retry-After", "300"}}), 20000);
  EXPECT_EQ(RetryDelayMs(policy, RetryKind::kThrottled, 1, 0, {{"Retry-After", "soon"}}), 0);
}

class CountingCredentials final : public AwsCredentialsProvider {
 public:
  Result<AwsCredentials> Get(const std::stop_token&) override {
    return AwsCredentials{.access_key_id = "AK" + std::to_string(forgotten),
                          .secret_access_key = "TOPSECRET",
                          .source = "test"};
  }
  void Forget() override { ++forgotten; }
  int forgotten = 0;
};

Result<HttpResponse> Fault(int status, const std::string& code) {
  return HttpResponse{.status = status,
                      .headers = {{"Date", "Tue, 14 Nov 2023 23:13:20 GMT"}},
                      .body = "<?xml version=\"1.0\"?><Error><Code>" + code +
                              "</Code><Message>m</Message><RequestId>id</RequestId></Error>"};
}

class ServiceCalls : public testing::Test {
 protected:
  ScriptedHost host;
  CountingCredentials credentials;
  std::vector<Result<HttpResponse>> answers;
  ScriptedHttp http{[this](const HttpRequest&) {
    const size_t i = std::min(http.sent.size(), answers.size()) - 1;
    return answers[i];
  }};
  ServiceCaller caller{http, host, &credentials, RetryPolicy{}};
  ServiceCall call = {.operation = "PutObject s3://b/k",
                      .method = "PUT",
                      .endpoint = "http://e:9000",
                      .path = "/b/k",
                      .body = "text",
                      .scope = S3SigningScope("us-east-1", 0)};
};

TEST_F(ServiceCalls, TryAgainAndSayWhetherItWasClear) {
  answers = {Fault(503, "SlowDown"), ConnectionFailure("BROKEN"), HttpResponse{.status = 200}};
  Result<ServiceAnswer> answer = caller.Call(call);
  ASSERT_TRUE(answer.ok()) << answer.error().ToString();
  EXPECT_TRUE(answer->was_unclear);
  EXPECT_EQ(host.slept_ms, (std::vector<int64_t>{250, 100}));
  answers = {HttpResponse{.status = 204}};
  EXPECT_FALSE(caller.Call(call)->was_unclear);
}

TEST_F(ServiceCalls, GiveUpAfterThreeTries) {
  answers = {Fault(500, "InternalError")};
  Result<ServiceAnswer> answer = caller.Call(call);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(http.sent.size(), 3u);
  EXPECT_EQ(ServiceCodeOf(answer.error()), "InternalError");
  EXPECT_EQ(ServiceStatusOf(answer.error()), 500);
  EXPECT_EQ(answer.error().parameters.at("requestId"), "id");
  EXPECT_NE(answer.error().ToString().find("after 3 tries"), std::string::npos);
}

TEST_F(ServiceCalls, DoNotRepeatWhatIsRefused) {
  answers = {Fault(403, "SignatureDoesNotMatch")};
  Result<ServiceAnswer> answer = caller.Call(call);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(http.sent.size(), 1u);
  EXPECT_NE(answer.error().message.find("secret key (test) is wrong"), std::string::npos)
      << answer.error().message;
  EXPECT_EQ(answer.error().ToString().find("TOPSECRET"), std::string::npos);
}

TEST_F(ServiceCalls, FindAnErrorInA200) {
  answers = {Fault(200, "InternalError"), HttpResponse{.status = 200, .body = "<Done/>"}};
  call.fault_in_200 = FaultIn200::kPossible;
  Result<ServiceAnswer> answer = caller.Call(call);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->response.body, "<Done/>");
  EXPECT_TRUE(answer->was_unclear);
}

TEST_F(ServiceCalls, RenewExpiredCredentialsOnce) {
  answers = {Fault(400, "ExpiredToken"), HttpResponse{.status = 200}};
  ASSERT_TRUE(caller.Call(call).ok());
  EXPECT_NE(FindHttpHeader(http.sent[1].headers, "Authorization")->find("Credential=AK1/"),
            std::string::npos);
  answers = {Fault(400, "ExpiredToken")};
  EXPECT_FALSE(caller.Call(call).ok());
  EXPECT_EQ(credentials.forgotten, 2);
}

TEST_F(ServiceCalls, TakeTheServersClock) {
  answers = {Fault(403, "RequestTimeTooSkewed"), HttpResponse{.status = 200}};
  ASSERT_TRUE(caller.Call(call).ok());
  EXPECT_EQ(*FindHttpHeader(http.sent[0].headers, "x-amz-date"), "20231114T221320Z");
  EXPECT_EQ(*FindHttpHeader(http.sent[1].headers, "x-amz-date"), "20231114T231320Z");
}

TEST_F(ServiceCalls, SignTheHostWithItsPort) {
  answers = {HttpResponse{.status = 200}};
  ASSERT_TRUE(caller.Call(call).ok());
  EXPECT_NE(FindHttpHeader(http.sent[0].headers, "Authorization")->find("SignedHeaders=host;x-amz"),
            std::string::npos);
  EXPECT_EQ(*FindHttpHeader(http.sent[0].headers, "x-amz-content-sha256"),
            "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1");
}

TEST(ServiceFaults, AreReadInAllForms) {
  const ServiceFault query = ParseServiceFault(
      {.status = 400,
       .body = "<ErrorResponse><Error><Code>Throttling</Code><Message>x</Message></Error>"
               "<RequestId>r</RequestId></ErrorResponse>"});
  EXPECT_EQ(query.code, "Throttling");
  EXPECT_EQ(query.request_id, "r");
  const ServiceFault json =
      ParseServiceFault({.status = 400, .body = R"({"__type":"a.b#Name:uri","message":"text"})"});
  EXPECT_EQ(json.code, "Name");
  EXPECT_EQ(json.message, "text");
  EXPECT_EQ(ParseServiceFault({.status = 500, .body = "<html>no"}).code, "HttpStatus");
  EXPECT_EQ(ParseServiceFault({.status = 403}).code, "AccessDenied");
}

}  // namespace
}  // namespace ember
