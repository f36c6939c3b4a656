#include "lifecycle/connect_session.h"

#include <fmt/format.h>

#include <algorithm>

#include "aws/service_call.h"
#include "base/uuid.h"
#include "emr/facts.h"
#include "lifecycle/answer.h"
#include "lifecycle/submitted_step.h"

namespace ember {
namespace {

constexpr AwsPages kSessionPages = {"Sessions", "NextToken"};
constexpr int64_t kMinuteUs = int64_t{60} * 1000000;
// Tokens last for an hour where the answer does not say.
constexpr int64_t kTokenLifeUs = 60 * kMinuteUs;
constexpr int64_t kTokenMarginUs = 5 * kMinuteUs;
// A refused token is not asked for again and again.
constexpr int64_t kNewTokenUs = 2 * 1000000;
constexpr int kEndTries = 5;
constexpr int64_t kEndDelayMs = 1000;

EmrSession ReadSession(const AwsJson& json) {
  EmrSession session;
  session.id = AwsText(json, "Id");
  session.name = AwsText(json, "Name");
  session.state = AwsText(json, "State");
  session.reason = AwsText(json, "StateChangeReason");
  session.created_us = AwsTimeUs(json, "CreatedAt").value_or(0);
  session.started_us = AwsTimeUs(json, "StartedAt").value_or(0);
  session.ended_us = AwsTimeUs(json, "EndedAt").value_or(0);
  session.idle_since_us = AwsTimeUs(json, "IdleSince").value_or(0);
  session.idle_timeout_minutes = AwsInteger(json, "SessionIdleTimeoutInMinutes").value_or(0);
  return session;
}

Error SessionError(const std::string& cluster_id, std::string what) {
  return MakeError("EMBER_EMR.SESSION", {{"cluster", cluster_id}, {"what", std::move(what)}});
}

Error NoSessions(const std::string& cluster_id, std::string reason, std::string advice) {
  return MakeError(
      "EMBER_EMR.NO_SESSIONS",
      {{"cluster", cluster_id}, {"reason", std::move(reason)}, {"advice", std::move(advice)}});
}

// After an answer that was lost: a session of that name that nobody knows of would bill on. A list
// may lag behind what was started, so a second look is taken.
void EndSessionsNamed(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                      const std::string& name) {
  for (int look = 0; look < 2; ++look) {
    const auto sessions = ListEmrSessions(api, cluster_id, {});
    bool was_found = false;
    for (const EmrSession& session : sessions.ok() ? *sessions : std::vector<EmrSession>()) {
      if (session.name != name) continue;
      was_found = true;
      if (session.is_live() && session.state != "TERMINATING")
        (void)EndEmrSession(api, host, cluster_id, session.id);
    }
    if (was_found || !host.Sleep(kEndDelayMs, {}).ok()) return;
  }
}

Result<EmrSession> AwaitSession(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                                const std::string& session_id, int64_t timeout_ms,
                                const std::function<void(const EmrSession&)>& observe,
                                const std::stop_token& stop) {
  const int64_t deadline_us = host.NowUs() + timeout_ms * 1000;
  std::string state = "SUBMITTED";
  for (int asked = 0;; ++asked) {
    auto session = DescribeEmrSession(api, cluster_id, session_id, stop);
    if (!session.ok() && !IsPassingFault(session.error())) return session;
    if (session.ok()) {
      state = session->state;
      if (observe) observe(*session);
      if (state == "IDLE" || state == "BUSY") return session;
      if (!session->is_live() || state == "TERMINATING") {
        return SessionError(
            cluster_id,
            fmt::format("session {} is {} before it could be used: {}", session_id, state,
                        session->reason.empty() ? "EMR gives no reason" : session->reason));
      }
    }
    if (host.NowUs() >= deadline_us) {
      return SessionError(cluster_id, fmt::format("session {} is still {} after {} s: see whether "
                                                  "the cluster has nodes and memory to spare",
                                                  session_id, state, timeout_ms / 1000));
    }
    RETURN_IF_ERROR(host.Sleep(PollDelayMs(host, asked), stop));
  }
}

}  // namespace

bool HasEmrSessions(const RunningCluster& cluster) {
  const auto release = ParseEmrRelease(cluster.release);
  return release && release->is_spark_only && AwsFlag(cluster.json, "SessionEnabled");
}

Status CheckEmrSessions(const RunningCluster& cluster) {
  const auto release = ParseEmrRelease(cluster.release);
  if (!release || !release->is_spark_only) {
    return NoSessions(
        cluster.id,
        fmt::format("EMR has them from emr-spark-8.0.0 on, and this is {}", cluster.release),
        "Run the program as a step (ember emr submit), or, where the cluster has a Connect server "
        "of its own (connect: {mode: step}), open a tunnel to port 15002 of its master and use "
        "--on sc://127.0.0.1:15002");
  }
  if (!AwsFlag(cluster.json, "SessionEnabled")) {
    return NoSessions(cluster.id, "it was started without them",
                      "Set connect: {mode: managed} in the cluster file for the next one, and run "
                      "the program as a step on this one (ember emr submit)");
  }
  if (cluster.state != "RUNNING" && cluster.state != "WAITING") {
    return SessionError(cluster.id, fmt::format("the cluster is {}: sessions start when it is "
                                                "RUNNING or WAITING",
                                                cluster.state));
  }
  return {};
}

Result<EmrSession> DescribeEmrSession(AwsApi& api, const std::string& cluster_id,
                                      const std::string& session_id, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(
      const AwsJson answer,
      api.Call(
          EmrApiCall("GetSession", {{"ClusterId", cluster_id}, {"SessionId", session_id}}, stop)));
  EmrSession session = ReadSession(AwsStructure(answer, "Session"));
  if (session.id.empty()) session.id = session_id;
  return session;
}

Result<std::vector<EmrSession>> ListEmrSessions(AwsApi& api, const std::string& cluster_id,
                                                const std::stop_token& stop) {
  ASSIGN_OR_RETURN(
      const AwsJson listed,
      ListAws(api, EmrApiCall("ListSessions", {{"ClusterId", cluster_id}}, stop), kSessionPages));
  std::vector<EmrSession> sessions;
  for (const AwsJson& json : listed) sessions.push_back(ReadSession(json));
  return sessions;
}

Result<EmrSession> StartEmrSession(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                                   const EmrSessionOptions& options,
                                   const std::function<void(const EmrSession&)>& observe,
                                   const std::stop_token& stop) {
  const AwsJson request = {{"ClusterId", cluster_id},
                           {"Name", options.name},
                           {"SessionIdleTimeoutInMinutes", options.idle_minutes},
                           // A call that is tried again starts no second session.
                           {"ClientRequestToken", NewUuid()}};
  // Not stopped in mid-call: the answer is what names the session.
  if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
  const auto started = api.Call(EmrApiCall("StartSession", request, {}));
  if (!started.ok()) {
    // The answer may be lost; a refusal starts nothing.
    const int status = ServiceStatusOf(started.error());
    if (status == 0 || status >= 500) EndSessionsNamed(api, host, cluster_id, options.name);
    return started.error();
  }
  const std::string id = AwsText(*started, "Id");
  if (id.empty()) {
    EndSessionsNamed(api, host, cluster_id, options.name);
    return MakeError("EMBER_AWS.INVALID_ANSWER", {{"what", "StartSession without an id"}});
  }
  auto session = AwaitSession(api, host, cluster_id, id, options.timeout_ms, observe, stop);
  if (session.ok()) return session;
  const Status ended = EndEmrSession(api, host, cluster_id, id);
  if (ended.ok()) return session;
  return WithContext(std::move(session).error(),
                     fmt::format("session {} could not be ended and may go on ({}): "
                                 "ember emr sessions {} --end {}",
                                 id, ended.error().message, cluster_id, id));
}

Status EndEmrSession(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                     const std::string& session_id) {
  for (int tries = 1;; ++tries) {
    const auto answer = api.Call(
        EmrApiCall("TerminateSession", {{"ClusterId", cluster_id}, {"SessionId", session_id}}, {}));
    if (answer.ok()) return {};
    if (!IsPassingFault(answer.error()) || tries == kEndTries) {
      // Whatever was refused: a session that has ended needs no end.
      const auto session = DescribeEmrSession(api, cluster_id, session_id, {});
      if (session.ok() && !session->is_live()) return {};
      return answer.error();
    }
    RETURN_IF_ERROR(host.Sleep(kEndDelayMs * tries, {}));
  }
}

Result<std::string> EmrConnectAddress(const std::string& endpoint) {
  std::string rest = endpoint;
  for (const char* scheme : {"sc://", "https://", "grpcs://", "grpc://"}) {
    if (rest.starts_with(scheme)) rest.erase(0, std::string_view(scheme).size());
  }
  rest.resize(std::min(rest.size(), rest.find_first_of("/;?")));
  const bool is_host = !rest.empty() && std::all_of(rest.begin(), rest.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
  if (!is_host) {
    return MakeError("EMBER_AWS.INVALID_ANSWER",
                     {{"what", "GetSessionEndpoint without the address of an endpoint"}});
  }
  const bool has_port = rest.find(':', rest.find(']') + 1) != std::string::npos;
  return fmt::format("sc://{}{}/;use_ssl=true", rest, has_port ? "" : ":443");
}

Status EmrSessionEndpoint::Ask(const std::stop_token& stop) {
  const int64_t now_us = host_.NowUs();
  ASSIGN_OR_RETURN(
      const AwsJson answer,
      api_.Call(EmrApiCall("GetSessionEndpoint",
                           {{"ClusterId", cluster_id_}, {"SessionId", session_id_}}, stop)));
  ASSIGN_OR_RETURN(address_, EmrConnectAddress(AwsText(answer, "Endpoint")));
  token_ = AwsText(answer, "AuthToken");
  if (token_.empty()) {
    return MakeError("EMBER_AWS.INVALID_ANSWER", {{"what", "GetSessionEndpoint without a token"}});
  }
  asked_us_ = now_us;
  const int64_t expires_us = AwsTimeUs(answer, "AuthTokenExpirationTime").value_or(0);
  // A new one in good time; of a token that is short-lived, half its life is used.
  const int64_t life_us = expires_us > now_us ? expires_us - now_us : kTokenLifeUs;
  good_until_us_ = now_us + life_us - std::min(kTokenMarginUs, life_us / 2);
  return {};
}

Result<std::string> EmrSessionEndpoint::Address(const std::stop_token& stop) {
  const std::lock_guard lock(mutex_);
  if (address_.empty()) RETURN_IF_ERROR(Ask(stop));
  return address_;
}

Result<EmrSessionEndpoint::Headers> EmrSessionEndpoint::CallHeaders(TokenNeed need) {
  const std::lock_guard lock(mutex_);
  const int64_t now_us = host_.NowUs();
  const bool is_refused = need == TokenNeed::kNew && now_us - asked_us_ >= kNewTokenUs;
  if (token_.empty() || is_refused || now_us >= good_until_us_) {
    const Status asked = Ask({});
    // The old token is good for some minutes yet.
    const bool may_wait = !token_.empty() && need == TokenNeed::kGood;
    if (!asked.ok() && !(may_wait && IsPassingFault(asked.error()))) return asked.error();
  }
  return Headers{{"x-aws-proxy-auth", token_}, {"authorization", session_id_}};
}

}  // namespace ember
