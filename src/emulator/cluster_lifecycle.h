#pragma once

#include <string>

#include "emulator/cluster_record.h"

namespace ember {

/// Brings a cluster to what it is at `world.now_us`: states change as time goes by, and what the
/// Spark below is to do is added to its commands.
void AdvanceCluster(ClusterRecord& cluster, const ClusterWorldView& world);

/// Begins the end of a cluster. With `fails`, it ends in TERMINATED_WITH_ERRORS.
struct ClusterEnd {
  std::string code;  // ClusterStateChangeReasonCode
  std::string message;
  bool fails = false;
};
void TerminateCluster(ClusterRecord& cluster, const ClusterEnd& end, const ClusterWorldView& world);

// What the Spark below says.
void NoteSparkStarted(ClusterRecord& cluster);
void NoteSparkFailed(ClusterRecord& cluster, const std::string& why, const ClusterWorldView& world);
void NoteSparkStopped(ClusterRecord& cluster);

// cluster_nodes.cc
/// Starts the nodes that are missing and takes away those that are too many.
void FillPools(ClusterRecord& cluster, const ClusterWorldView& world);
void AdvanceInstances(ClusterRecord& cluster, const ClusterWorldView& world);
/// Takes running spot nodes of a cluster, core and task, away after a notice of two minutes; how
/// many it found.
int LoseSpotNodes(ClusterRecord& cluster, int count, const ClusterWorldView& world);
void EndInstance(EmulatedInstance& instance, EmulatedState reason, int64_t now_us);
/// Units of a market that a pool has or is getting.
int LiveUnits(const ClusterRecord& cluster, const NodePool& pool, bool is_spot);
int RunningUnits(const ClusterRecord& cluster, const NodePool& pool, bool is_spot);

// cluster_steps.cc
/// Starts the steps whose turn it is; decides what a cluster without steps does.
void AdvanceSteps(ClusterRecord& cluster, const ClusterWorldView& world);
void NoteStepEnded(ClusterRecord& cluster, const std::string& step_id, int exit_code,
                   const ClusterWorldView& world);
void NoteStepNotStarted(ClusterRecord& cluster, const std::string& step_id, const std::string& why,
                        const ClusterWorldView& world);
/// As CancelSteps does it; false for a step that is over.
bool CancelStep(ClusterRecord& cluster, StepRecord& step, const ClusterWorldView& world);

// cluster_scaling.cc
/// Managed scaling, by the load seen last.
void ScaleCluster(ClusterRecord& cluster, const ClusterWorldView& world);

}  // namespace ember
