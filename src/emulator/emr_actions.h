#pragma once

#include <map>
#include <string>
#include <vector>

#include "emulator/cluster_store.h"

namespace ember {

/// What an action works with; the store's mutex is held.
struct EmrActionContext {
  ClusterStore& store;
  ClusterWorldView world;
  std::map<std::string, SecurityConfigurationRecord>& security;
};

using EmrActionFunction = Result<AwsJson> (*)(EmrActionContext& context, const AwsJson& request);
struct EmrActionRow {
  std::string_view name;
  EmrActionFunction function;
};

// The actions by what they are about, each list in a file of its own.
std::vector<EmrActionRow> ClusterActions();  // emr_actions_clusters.cc
std::vector<EmrActionRow> NodeActions();     // emr_actions_nodes.cc
std::vector<EmrActionRow> StepActions();     // emr_actions_steps.cc
std::vector<EmrActionRow> SettingActions();  // emr_actions_settings.cc
std::vector<EmrActionRow> SessionActions();  // emr_actions_sessions.cc

/// The cluster of request[`key`]. Errors: InvalidRequestException.
Result<ClusterRecord*> ClusterOf(EmrActionContext& context, const AwsJson& request,
                                 const char* key = "ClusterId");
/// The same of one that may be changed; ValidationException, as the older actions have it.
Result<ClusterRecord*> LiveClusterOf(EmrActionContext& context, const AwsJson& request,
                                     const char* key);

/// A page of `items` as {`field`: […], "Marker": …}.
Result<AwsJson> PageOf(EmrActionContext& context, const AwsJson& request, const char* field,
                       std::vector<AwsJson> items);
/// Whether request[`key`] is missing or holds the text.
bool IsAmong(const AwsJson& request, const char* key, std::string_view text);

}  // namespace ember
