#include "aws/aws_api.h"

#include <gtest/gtest.h>

#include "aws/aws_json.h"
#include "aws/local_http_server.h"
#include "aws/query_protocol.h"
#include "aws/scripted_host.h"
#include "aws/service_call.h"

namespace ember {
namespace {

class AwsApis : public testing::Test {
 protected:
  AwsApis() {
    host.variables = {{"AWS_ACCESS_KEY_ID", "AK"},
                      {"AWS_SECRET_ACCESS_KEY", "TOPSECRET"},
                      {"AWS_REGION", "eu-central-1"}};
  }
  Result<AwsJson> Call(AwsService service, const std::string& action,
                       AwsJson request = AwsJson::object()) {
    ASSIGN_OR_RETURN(std::unique_ptr<AwsApi> api, MakeAwsApi(http, host));
    return api->Call({.service = service, .action = action, .request = std::move(request)});
  }
  std::string Sent(std::string_view header, size_t i = 0) {
    const std::string* value = FindHttpHeader(http.sent.at(i).headers, header);
    return value == nullptr ? "" : *value;
  }

  ScriptedHost host;
  std::vector<Result<HttpResponse>> answers = {HttpResponse{.status = 200}};
  ScriptedHttp http{[this](const HttpRequest&) {
    return answers[std::min(http.sent.size(), answers.size()) - 1];
  }};
};

struct AddressRow {
  AwsService service;
  std::string url;
  std::string scope;
  std::string target;
};

TEST_F(AwsApis, AskEachServiceWhereItIs) {
  const std::vector<AddressRow> rows = {
      {AwsService::kEmr, "https://elasticmapreduce.eu-central-1.amazonaws.com/", "elasticmapreduce",
       "ElasticMapReduce.Do"},
      {AwsService::kGlue, "https://glue.eu-central-1.amazonaws.com/", "glue", "AWSGlue.Do"},
      {AwsService::kCloudWatch, "https://monitoring.eu-central-1.amazonaws.com/", "monitoring", ""},
      {AwsService::kLogs, "https://logs.eu-central-1.amazonaws.com/", "logs", "Logs_20140328.Do"},
      {AwsService::kCloudFormation, "https://cloudformation.eu-central-1.amazonaws.com/",
       "cloudformation", ""},
      {AwsService::kSts, "https://sts.eu-central-1.amazonaws.com/", "sts", ""}};
  for (const AddressRow& row : rows) {
    http.sent.clear();
    answers = {HttpResponse{.status = 200, .body = row.target.empty() ? "<DoResponse/>" : "{}"}};
    Result<AwsJson> answer = Call(row.service, "Do");
    ASSERT_TRUE(answer.ok()) << answer.error().ToString();
    EXPECT_EQ(*answer, AwsJson::object());
    EXPECT_EQ(http.sent.at(0).url, row.url);
    EXPECT_EQ(Sent("X-Amz-Target"), row.target);
    EXPECT_NE(Sent("Authorization").find("/eu-central-1/" + row.scope + "/aws4_request"),
              std::string::npos)
        << Sent("Authorization");
    EXPECT_EQ(http.sent.at(0).method, "POST");
  }
}

TEST_F(AwsApis, AskTheEndpointOfTheEnvironment) {
  host.variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:5000";
  host.variables["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"] = "http://127.0.0.1:5001/logs";
  ASSERT_TRUE(Call(AwsService::kGlue, "GetTables").ok());
  ASSERT_TRUE(Call(AwsService::kLogs, "PutLogEvents").ok());
  EXPECT_EQ(http.sent.at(0).url, "http://127.0.0.1:5000/");
  EXPECT_EQ(http.sent.at(1).url, "http://127.0.0.1:5001/logs");
}

TEST_F(AwsApis, SayThatNoRegionIsKnown) {
  host.variables.erase("AWS_REGION");
  host.variables["AWS_EC2_METADATA_DISABLED"] = "true";
  Result<AwsJson> answer = Call(AwsService::kEmr, "ListClusters");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().condition, "EMBER_AWS.INVALID_CONFIG");
}

TEST_F(AwsApis, SendAndReadJson) {
  answers = {HttpResponse{.status = 200,
                          .body = R"({"Cluster":{"Id":"j-1","Tags":[],"Name":null,)"
                                  R"("At":1700000000.25,"Size":3}})"}};
  Result<AwsJson> answer =
      Call(AwsService::kEmr, "DescribeCluster", {{"ClusterId", "j-1"}, {"Absent", nullptr}});
  ASSERT_TRUE(answer.ok()) << answer.error().ToString();
  EXPECT_EQ(http.sent.at(0).body, R"({"ClusterId":"j-1"})");
  EXPECT_EQ(Sent("Content-Type"), "application/x-amz-json-1.1");
  const AwsJson& cluster = AwsStructure(*answer, "Cluster");
  EXPECT_FALSE(cluster.contains("Name"));
  EXPECT_EQ(AwsText(cluster, "Id"), "j-1");
  EXPECT_EQ(AwsTimeUs(cluster, "At"), 1700000000250000);
  EXPECT_EQ(AwsInteger(cluster, "Size"), 3);
  EXPECT_TRUE(AwsList(cluster, "Tags").empty());
  EXPECT_TRUE(AwsList(cluster, "None").is_array());
  EXPECT_TRUE(AwsStructure(cluster, "None").is_object());
}

TEST_F(AwsApis, RefuseAnAnswerOfSomeoneElse) {
  for (const AwsService service : {AwsService::kEmr, AwsService::kSts}) {
    answers = {HttpResponse{.status = 200, .body = "<html>Log in</html>"}};
    Result<AwsJson> answer = Call(service, "Do");
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().condition, "EMBER_AWS.INVALID_ANSWER");
  }
}

TEST_F(AwsApis, NameWhatWentWrong) {
  answers = {HttpResponse{.status = 400,
                          .body = R"({"__type":"com.amazonaws#InvalidRequestException",)"
                                  R"("Message":"Cluster id 'x' is not valid."})"}};
  Result<AwsJson> json = Call(AwsService::kEmr, "DescribeCluster");
  ASSERT_FALSE(json.ok());
  EXPECT_EQ(ServiceCodeOf(json.error()), "InvalidRequestException");
  EXPECT_EQ(json.error().parameters.at("unclear"), "false");
  EXPECT_EQ(json.error().parameters.at("operation"), "EMR DescribeCluster");
  answers = {HttpResponse{.status = 400,
                          .body = "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError"
                                  "</Code><Message>Stack with id x does not exist</Message>"
                                  "</Error><RequestId>r</RequestId></ErrorResponse>"}};
  Result<AwsJson> query = Call(AwsService::kCloudFormation, "DescribeStacks");
  ASSERT_FALSE(query.ok());
  EXPECT_EQ(ServiceCodeOf(query.error()), "ValidationError");
  EXPECT_EQ(query.error().parameters.at("serviceMessage"), "Stack with id x does not exist");
  EXPECT_EQ(query.error().ToString().find("TOPSECRET"), std::string::npos);
}

TEST_F(AwsApis, TryAgainWhenThrottledAndSayWhenItIsUnclear) {
  const HttpResponse throttled = {.status = 400, .body = R"({"__type":"ThrottlingException"})"};
  const HttpResponse refused = {.status = 400, .body = R"({"__type":"ValidationException"})"};
  answers = {throttled, throttled, HttpResponse{.status = 200}};
  EXPECT_TRUE(Call(AwsService::kEmr, "RunJobFlow").ok());
  EXPECT_EQ(http.sent.size(), 3u);
  EXPECT_EQ(host.slept_ms, (std::vector<int64_t>{250, 500}));
  http.sent.clear();
  answers = {HttpResponse{.status = 503, .body = "busy"}, refused};
  Result<AwsJson> unclear = Call(AwsService::kEmr, "RunJobFlow");
  ASSERT_FALSE(unclear.ok());
  EXPECT_EQ(unclear.error().parameters.at("unclear"), "true");
}

TEST_F(AwsApis, SendNothingTwiceThatMustNotHappenTwice) {
  struct Row {
    Result<HttpResponse> first;
    size_t sent;
    bool may_have_acted;
  };
  const auto broken = [](const char* kind) {
    return MakeError("EMBER_AWS.CONNECTION", {{"kind", kind}, {"url", "u"}, {"what", "w"}});
  };
  const Row rows[] = {
      {HttpResponse{.status = 500, .body = R"({"__type":"InternalFailure"})"}, 1, true},
      {broken("BROKEN"), 1, true},
      {broken("TIMEOUT"), 1, true},
      // Not sent, or not acted on: another try is safe, and it fails for good.
      {broken("CONNECT"), 2, false},
      {HttpResponse{.status = 400, .body = R"({"__type":"ThrottlingException"})"}, 2, false},
  };
  for (const Row& row : rows) {
    http.sent.clear();
    answers = {row.first,
               HttpResponse{.status = 400, .body = R"({"__type":"ValidationException"})"}};
    Result<std::unique_ptr<AwsApi>> api = MakeAwsApi(http, host);
    ASSERT_TRUE(api.ok());
    Result<AwsJson> answer = (*api)->Call({.action = "RunJobFlow", .is_repeatable = false});
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(http.sent.size(), row.sent) << answer.error().ToString();
    EXPECT_EQ(MayHaveActed(answer.error()), row.may_have_acted) << answer.error().ToString();
  }
}

TEST_F(AwsApis, RenewExpiredCredentials) {
  host.variables["AWS_CONFIG_FILE"] = "/config";
  host.files["/config"] = "[default]\ncredential_process = keys\n";
  host.variables.erase("AWS_ACCESS_KEY_ID");
  host.variables.erase("AWS_SECRET_ACCESS_KEY");
  host.processes["keys"] = {
      .output = R"({"Version":1,"AccessKeyId":"AK","SecretAccessKey":"TOPSECRET"})"};
  answers = {HttpResponse{.status = 400, .body = R"({"__type":"ExpiredTokenException"})"},
             HttpResponse{.status = 200}};
  Result<AwsJson> answer = Call(AwsService::kGlue, "GetDatabases");
  EXPECT_TRUE(answer.ok()) << answer.error().ToString();
  EXPECT_EQ(http.sent.size(), 2u);
}

TEST_F(AwsApis, SpeakOverARealConnection) {
  LocalHttpServer server([](const LocalRequest& request) {
    const bool is_sts = request.body.find("GetCallerIdentity") != std::string::npos;
    return LocalReply{.body = is_sts ? "<GetCallerIdentityResponse xmlns=\"https://x/\">"
                                       "<GetCallerIdentityResult><Account>1</Account>"
                                       "</GetCallerIdentityResult></GetCallerIdentityResponse>"
                                     : "{}"};
  });
  host.variables["AWS_ENDPOINT_URL"] = server.url();
  auto curl = MakeCurlHttpClient();
  ASSERT_TRUE(curl.ok()) << curl.error().ToString();
  auto api = MakeAwsApi(**curl, host, {.region = "us-west-2"});
  ASSERT_TRUE(api.ok()) << api.error().ToString();
  EXPECT_EQ((*api)->region(), "us-west-2");
  Result<AwsJson> who = (*api)->Call({.service = AwsService::kSts, .action = "GetCallerIdentity"});
  ASSERT_TRUE(who.ok()) << who.error().ToString();
  EXPECT_EQ(AwsText(*who, "Account"), "1");
  EXPECT_EQ(server.requests().at(0).body, "Action=GetCallerIdentity&Version=2011-06-15");
}

TEST(QueryProtocol, FlattensRequests) {
  const AwsJson request = {{"StackName", "a b"},
                           {"Capabilities", {"CAPABILITY_IAM"}},
                           {"Tags", AwsJson::array({{{"Key", "k"}, {"Value", "v&w"}}})},
                           {"NotificationARNs", AwsJson::array()},
                           {"DisableRollback", true},
                           {"Value", 1.5},
                           {"TimeoutInMinutes", 30},
                           {"Absent", nullptr}};
  EXPECT_EQ(QueryRequestBody("CreateStack", "2010-05-15", request),
            "Action=CreateStack&Version=2010-05-15&StackName=a%20b"
            "&Capabilities.member.1=CAPABILITY_IAM&Tags.member.1.Key=k"
            "&Tags.member.1.Value=v%26w&NotificationARNs=&DisableRollback=true&Value=1.5"
            "&TimeoutInMinutes=30");
}

TEST(QueryProtocol, ReadsAnswers) {
  const std::string xml = R"(<DescribeStacksResponse xmlns="http://x/">
  <DescribeStacksResult><Stacks><member>
    <StackName>s</StackName><DisableRollback>false</DisableRollback><Tags/>
    <Outputs><member><OutputKey>k</OutputKey><OutputValue></OutputValue></member></Outputs>
    <Capabilities> <member>A</member> <member>B</member> </Capabilities>
    <TimeoutInMinutes>5</TimeoutInMinutes><RollbackConfiguration/>
    <CreationTime>2026-01-02T03:04:05.678Z</CreationTime>
  </member></Stacks></DescribeStacksResult>
  <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeStacksResponse>)";
  Result<AwsJson> answer = ParseQueryAnswer("DescribeStacks", xml);
  ASSERT_TRUE(answer.ok()) << answer.error().ToString();
  ASSERT_EQ(AwsList(*answer, "Stacks").size(), 1u);
  const AwsJson& stack = AwsList(*answer, "Stacks")[0];
  EXPECT_EQ(AwsTimeUs(stack, "CreationTime"), 1767323045678000);
  AwsJson rest = stack;
  rest.erase("CreationTime");
  EXPECT_EQ(rest.dump(),
            R"({"StackName":"s","DisableRollback":false,"Tags":[],"Outputs":[{"OutputKey":"k",)"
            R"("OutputValue":""}],"Capabilities":["A","B"],"TimeoutInMinutes":5,)"
            R"("RollbackConfiguration":{}})");
  EXPECT_TRUE(AwsList(*ParseQueryAnswer("ListStacks",
                                        "<ListStacksResponse><ListStacksResult><StackSummaries/>"
                                        "</ListStacksResult></ListStacksResponse>"),
                      "StackSummaries")
                  .empty());
}

TEST(QueryProtocol, ReadsMapsAndNumbers) {
  Result<AwsJson> answer = ParseQueryAnswer(
      "Get",
      "<GetResponse><GetResult><Values><member>1</member><member>2.5</member></Values>"
      "<ResourceIdentifier><entry><key>a</key><value>b</value></entry></ResourceIdentifier>"
      "</GetResult></GetResponse>");
  ASSERT_TRUE(answer.ok()) << answer.error().ToString();
  EXPECT_EQ(answer->dump(), R"({"Values":[1,2.5],"ResourceIdentifier":{"a":"b"}})");
}

}  // namespace
}  // namespace ember
