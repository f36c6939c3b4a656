// Managed Spark Connect sessions: their life and the actions about them.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api_fault.h"
#include "emulator/cluster_describe.h"
#include "emulator/emr_actions.h"
#include "emulator/session_gateway.h"

namespace ember {
namespace {

constexpr double kSubmittedS = 5;
constexpr double kStartingS = 20;
constexpr double kTerminatingS = 10;
constexpr double kTokenS = 3600;
constexpr int64_t kDefaultIdleMinutes = 60;
constexpr int64_t kDefaultPage = 100;

void GoTo(SessionRecord& session, const char* state, int64_t now_us) {
  session.state = state;
  session.updated_us = now_us;
}

// Sessions are of clusters with sessions.
Result<ClusterRecord*> SessionClusterOf(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOf(context, request));
  if (!cluster->has_sessions) {
    return InvalidRequestFault(
        fmt::format("Sessions are not enabled for cluster '{}'.", cluster->id));
  }
  AdvanceSessions(*cluster, context.world);
  return cluster;
}

struct FoundSession {
  ClusterRecord* cluster;
  SessionRecord* session;
};
Result<FoundSession> SessionOf(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, SessionClusterOf(context, request));
  const std::string id = request["SessionId"];
  for (SessionRecord& session : cluster->sessions) {
    if (session.id == id) return FoundSession{cluster, &session};
  }
  return InvalidRequestFault(fmt::format("Session id '{}' is not valid.", id));
}

std::string SessionArn(const ClusterRecord& cluster, const SessionRecord& session) {
  return fmt::format("arn:aws:elasticmapreduce:{}:{}:cluster/{}/session/{}", cluster.region,
                     kEmulatedAccount, cluster.id, session.id);
}

AwsJson StartedJson(const ClusterRecord& cluster, const SessionRecord& session) {
  return {{"Id", session.id},
          {"ClusterId", cluster.id},
          {"Arn", SessionArn(cluster, session)},
          {"AccountId", kEmulatedAccount},
          {"State", session.state}};
}

Result<AwsJson> StartSession(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, SessionClusterOf(context, request));
  const std::string token = request.value("ClientRequestToken", "");
  for (const SessionRecord& session : cluster->sessions) {
    if (!token.empty() && session.request.value("ClientRequestToken", "") == token)
      return StartedJson(*cluster, session);
  }
  if (!cluster->is_ready()) {
    return InvalidRequestFault(
        fmt::format("Cluster '{}' is in the state {}: sessions start on a cluster that is RUNNING "
                    "or WAITING.",
                    cluster->id, cluster->state.name));
  }
  const int64_t idle = request.value("SessionIdleTimeoutInMinutes", kDefaultIdleMinutes);
  const double limit = context.world.facts->Get(EmrNumber::kSessionIdleMaxMinutes);
  if (idle < 1 || static_cast<double>(idle) > limit)
    return InvalidRequestFault(
        fmt::format("The idle timeout must be from 1 to {} minutes.", limit));
  SessionRecord session;
  session.id = context.world.new_id("");
  session.request = request;
  session.created_us = session.updated_us = context.world.now_us;
  session.next_us = context.world.After(kSubmittedS);
  cluster->sessions.push_back(session);
  ++cluster->live_sessions;
  context.world.journal->Add(context.world.now_us, "session_started", cluster->id,
                             {{"session", session.id}});
  return StartedJson(*cluster, session);
}

Result<AwsJson> GetSession(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const FoundSession found, SessionOf(context, request));
  return AwsJson{{"Session", SessionJson(*found.cluster, *found.session)}};
}

Result<AwsJson> ListSessions(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const ClusterRecord* cluster, SessionClusterOf(context, request));
  const size_t start = std::strtoul(request.value("NextToken", "0").c_str(), nullptr, 10);
  const auto size = static_cast<size_t>(request.value("MaxResults", kDefaultPage));
  AwsJson all = AwsJson::array();
  for (auto session = cluster->sessions.rbegin(); session != cluster->sessions.rend(); ++session) {
    if (IsAmong(request, "SessionStates", session->state))
      all.push_back(SessionJson(*cluster, *session));
  }
  AwsJson page = AwsJson::array();
  for (size_t i = start; i < std::min(start + size, all.size()); ++i) page.push_back(all[i]);
  AwsJson answer = {{"Sessions", page}};
  if (start + size < all.size()) answer["NextToken"] = std::to_string(start + size);
  return answer;
}

Result<AwsJson> GetSessionEndpoint(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const FoundSession found, SessionOf(context, request));
  SessionGateway* gateway = context.store.Gateway(found.cluster->id);
  if (!found.session->is_ready() || gateway == nullptr) {
    return InvalidRequestFault(
        fmt::format("Session '{}' is in the state {}.", found.session->id, found.session->state));
  }
  return AwsJson{{"Endpoint", fmt::format("sc://127.0.0.1:{}", gateway->port())},
                 {"AuthToken", gateway->Mint(found.session->id)},
                 {"AuthTokenExpirationTime", TimeJson(context.world.After(kTokenS))}};
}

Result<AwsJson> TerminateSession(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const FoundSession found, SessionOf(context, request));
  if (!found.session->is_over() && found.session->state != "TERMINATING") {
    found.session->reason = "Terminated by user request";
    EndSession(*found.session, context.world);
    SessionGateway* gateway = context.store.Gateway(found.cluster->id);
    if (gateway != nullptr) gateway->Revoke(found.session->id);
  }
  return AwsJson{{"ClusterId", found.cluster->id},
                 {"SessionId", found.session->id},
                 {"State", found.session->state}};
}

}  // namespace

void EndSession(SessionRecord& session, const ClusterWorldView& world) {
  GoTo(session, "TERMINATING", world.now_us);
  session.next_us = world.After(kTerminatingS);
}

void AdvanceSessions(ClusterRecord& cluster, const ClusterWorldView& world) {
  cluster.live_sessions = 0;
  for (SessionRecord& session : cluster.sessions) {
    if (session.is_over()) continue;
    if (cluster.is_ending() && session.state != "TERMINATING") {
      session.reason = "The cluster ended";
      EndSession(session, world);
    }
    if (world.now_us >= session.next_us) {
      if (session.state == "SUBMITTED") {
        GoTo(session, "STARTING", world.now_us);
        session.next_us = world.After(kStartingS);
      } else if (session.state == "STARTING") {
        GoTo(session, "IDLE", world.now_us);
        session.started_us = world.now_us;
      } else if (session.state == "TERMINATING") {
        GoTo(session, "TERMINATED", world.now_us);
        session.ended_us = world.now_us;
        world.journal->Add(world.now_us, "session_ended", cluster.id, {{"session", session.id}});
      }
    }
    if (!session.is_over()) ++cluster.live_sessions;
  }
}

AwsJson SessionJson(const ClusterRecord& cluster, const SessionRecord& session) {
  AwsJson json = {{"Id", session.id},
                  {"ClusterId", cluster.id},
                  {"Arn", SessionArn(cluster, session)},
                  {"State", session.state},
                  {"ReleaseLabel", cluster.request["ReleaseLabel"]},
                  {"AccountId", kEmulatedAccount},
                  {"CreatedAt", TimeJson(session.created_us)},
                  {"UpdatedAt", TimeJson(session.updated_us)}};
  if (!session.reason.empty()) json["StateChangeReason"] = session.reason;
  if (session.started_us != 0) json["StartedAt"] = TimeJson(session.started_us);
  if (session.ended_us != 0) json["EndedAt"] = TimeJson(session.ended_us);
  if (session.state == "IDLE") json["IdleSince"] = TimeJson(session.updated_us);
  for (const char* key :
       {"Name", "ExecutionRoleArn", "EngineConfigurations", "MonitoringConfiguration", "Tags"}) {
    if (session.request.contains(key)) json[key] = session.request[key];
  }
  json["SessionIdleTimeoutInMinutes"] =
      session.request.value("SessionIdleTimeoutInMinutes", kDefaultIdleMinutes);
  return json;
}

std::vector<EmrActionRow> SessionActions() {
  return {{"StartSession", StartSession},
          {"GetSession", GetSession},
          {"ListSessions", ListSessions},
          {"GetSessionEndpoint", GetSessionEndpoint},
          {"TerminateSession", TerminateSession}};
}

}  // namespace ember
