#include "lifecycle/connect_session.h"

#include <gtest/gtest.h>

#include "aws/scripted_host.h"
#include "lifecycle/scripted_aws_api.h"

namespace ember {
namespace {

AwsJson Session(const std::string& state, const std::string& reason = "") {
  return {{"Session", {{"Id", "id-1"}, {"State", state}, {"StateChangeReason", reason}}}};
}
const AwsJson kStarted = {{"Id", "id-1"}, {"State", "SUBMITTED"}};

class Sessions : public testing::Test {
 protected:
  ScriptedHost host;
  ScriptedAwsApi api;

  Result<EmrSession> Start(std::stop_token stop = {}) {
    return StartEmrSession(api, host, "j-1",
                           {.name = "ember-1", .idle_minutes = 20, .timeout_ms = 60000}, nullptr,
                           stop);
  }
};

RunningCluster Cluster(const std::string& release, bool is_enabled, const std::string& state) {
  RunningCluster cluster;
  cluster.id = "j-1";
  cluster.release = release;
  cluster.state = state;
  cluster.json = {{"SessionEnabled", is_enabled}};
  return cluster;
}

TEST_F(Sessions, NeedAReleaseThatHasThem) {
  const auto refused = CheckEmrSessions(Cluster("emr-7.13.0", false, "WAITING"));
  EXPECT_EQ(refused.error().condition, "EMBER_EMR.NO_SESSIONS");
  EXPECT_NE(refused.error().message.find("sc://127.0.0.1:15002"), std::string::npos);
  EXPECT_EQ(CheckEmrSessions(Cluster("emr-spark-8.0.0", false, "WAITING")).error().condition,
            "EMBER_EMR.NO_SESSIONS");
  EXPECT_EQ(CheckEmrSessions(Cluster("emr-spark-8.0.0", true, "STARTING")).error().condition,
            "EMBER_EMR.SESSION");
  EXPECT_TRUE(CheckEmrSessions(Cluster("emr-spark-8.0.0", true, "RUNNING")).ok());
}

TEST_F(Sessions, AreReadyWhenIdle) {
  api.On("StartSession",
         {{"ClusterId", "j-1"}, {"Name", "ember-1"}, {"SessionIdleTimeoutInMinutes", 20}}, kStarted)
      .On("GetSession", {{"ClusterId", "j-1"}, {"SessionId", "id-1"}}, Session("STARTING"))
      .On("GetSession", {}, AwsFault("ThrottlingException", "slow down"))
      .On("GetSession", {}, Session("STARTED"))
      .On("GetSession", {}, Session("IDLE"));
  const auto session = Start();
  ASSERT_TRUE(session.ok()) << session.error().ToString();
  EXPECT_EQ(session->id, "id-1");
  EXPECT_EQ(api.calls[0].request["ClientRequestToken"].get<std::string>().size(), 36U);
}

TEST_F(Sessions, ThatFailAreEnded) {
  api.On("StartSession", {}, kStarted)
      .On("GetSession", {}, Session("FAILED", "no memory left"))
      .On("TerminateSession", {{"SessionId", "id-1"}}, AwsJson::object());
  const auto session = Start();
  EXPECT_EQ(session.error().condition, "EMBER_EMR.SESSION");
  EXPECT_NE(session.error().message.find("no memory left"), std::string::npos);
}

TEST_F(Sessions, ThatNobodyMayAskForAreEnded) {
  api.On("StartSession", {}, kStarted)
      .On("GetSession", {}, AwsFault("AccessDeniedException", "no"))
      .On("TerminateSession", {}, AwsFault("AccessDeniedException", "no"))
      .On("GetSession", {}, AwsFault("AccessDeniedException", "no"));
  // What may be left is said, with the command that ends it.
  EXPECT_NE(Start().error().ToString().find("ember emr sessions j-1 --end id-1"),
            std::string::npos);
}

TEST_F(Sessions, ALostAnswerLeavesNone) {
  const AwsJson listed = {{"Sessions",
                           {{{"Id", "id-9"}, {"Name", "another"}, {"State", "IDLE"}},
                            {{"Id", "id-1"}, {"Name", "ember-1"}, {"State", "STARTING"}}}}};
  api.On("StartSession", {}, AwsFault("InternalServerException", "oops", 500, "true"))
      .On("ListSessions", {}, AwsJson{{"Sessions", AwsJson::array()}})
      .On("ListSessions", {}, listed)
      .On("TerminateSession", {{"SessionId", "id-1"}}, AwsJson::object());
  EXPECT_EQ(Start().error().parameters.at("code"), "InternalServerException");
  // A refusal has started nothing.
  api.On("StartSession", {}, AwsFault("InvalidRequestException", "no"));
  EXPECT_EQ(Start().error().parameters.at("code"), "InvalidRequestException");
}

TEST_F(Sessions, AStopEndsTheOneThatStarts) {
  std::stop_source source;
  api.On("StartSession", {}, kStarted)
      .On("GetSession", {}, Session("STARTING"))
      .On("TerminateSession", {{"SessionId", "id-1"}}, AwsJson::object());
  const auto session = StartEmrSession(
      api, host, "j-1", {.name = "n"}, [&](const EmrSession&) { source.request_stop(); },
      source.get_token());
  EXPECT_EQ(session.error().error_class, ErrorClass::kCancelled);
  EXPECT_EQ(Start(source.get_token()).error().error_class, ErrorClass::kCancelled);
}

TEST_F(Sessions, AreEndedThroughFaults) {
  api.On("TerminateSession", {}, AwsFault("ThrottlingException", "slow down"))
      .On("TerminateSession", {}, ConnectionFailure("TIMEOUT"))
      .On("TerminateSession", {}, AwsJson::object());
  EXPECT_TRUE(EndEmrSession(api, host, "j-1", "id-1").ok());
  api.On("TerminateSession", {}, AwsFault("InvalidRequestException", "it has ended"))
      .On("GetSession", {}, Session("TERMINATED"));
  EXPECT_TRUE(EndEmrSession(api, host, "j-1", "id-1").ok());
}

TEST_F(Sessions, AddressesAreOverTls) {
  for (const char* endpoint :
       {"https://x.emr.us-east-1.amazonaws.com", "sc://x.emr.us-east-1.amazonaws.com:443/;a=b",
        "x.emr.us-east-1.amazonaws.com:443"}) {
    EXPECT_EQ(*EmrConnectAddress(endpoint), "sc://x.emr.us-east-1.amazonaws.com:443/;use_ssl=true");
  }
  EXPECT_EQ(*EmrConnectAddress("127.0.0.1:8443"), "sc://127.0.0.1:8443/;use_ssl=true");
  EXPECT_FALSE(EmrConnectAddress("").ok());
  EXPECT_FALSE(EmrConnectAddress("https://user secret@host").ok());
}

AwsJson Endpoint(const std::string& token, int64_t expires) {
  return {{"Endpoint", "https://h"}, {"AuthToken", token}, {"AuthTokenExpirationTime", expires}};
}

TEST_F(Sessions, TokensAreRenewedInTime) {
  const int64_t now = host.now_us / 1000000;
  EmrSessionEndpoint endpoint(api, host, "j-1", "id-1");
  api.On("GetSessionEndpoint", {{"ClusterId", "j-1"}, {"SessionId", "id-1"}},
         Endpoint("one", now + 3600));
  EXPECT_EQ(*endpoint.Address({}), "sc://h:443/;use_ssl=true");
  const EmrSessionEndpoint::Headers headers = {{"x-aws-proxy-auth", "one"},
                                               {"authorization", "id-1"}};
  EXPECT_EQ(*endpoint.CallHeaders(TokenNeed::kGood), headers);
  host.now_us += int64_t{54} * 60 * 1000000;
  EXPECT_EQ(*endpoint.CallHeaders(TokenNeed::kGood), headers);
  // Five minutes before its end; a fault that passes leaves the old one.
  host.now_us += int64_t{2} * 60 * 1000000;
  api.On("GetSessionEndpoint", {}, AwsFault("ThrottlingException", "slow down"));
  EXPECT_EQ(*endpoint.CallHeaders(TokenNeed::kGood), headers);
  api.On("GetSessionEndpoint", {}, Endpoint("two", now + 7200));
  EXPECT_EQ(endpoint.CallHeaders(TokenNeed::kGood)->front().second, "two");
}

TEST_F(Sessions, ARefusedTokenIsRenewedAtOnce) {
  EmrSessionEndpoint endpoint(api, host, "j-1", "id-1");
  api.On("GetSessionEndpoint", {}, AwsJson{{"Endpoint", "https://h"}, {"AuthToken", "one"}});
  ASSERT_TRUE(endpoint.CallHeaders(TokenNeed::kGood).ok());
  // Not for every call of many that are refused together.
  EXPECT_EQ(endpoint.CallHeaders(TokenNeed::kNew)->front().second, "one");
  host.now_us += int64_t{10} * 1000000;
  api.On("GetSessionEndpoint", {}, Endpoint("two", host.now_us / 1000000 + 3600));
  EXPECT_EQ(endpoint.CallHeaders(TokenNeed::kNew)->front().second, "two");
  host.now_us += int64_t{10} * 1000000;
  api.On("GetSessionEndpoint", {}, AwsFault("InvalidRequestException", "the session has ended"));
  const auto lost = endpoint.CallHeaders(TokenNeed::kNew);
  ASSERT_FALSE(lost.ok());
  EXPECT_EQ(lost.error().ToString().find("two"), std::string::npos);
}

}  // namespace
}  // namespace ember
