#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "cluster/master_json.h"
#include "emulator/spark_nodes.h"

namespace ember {

/// How many tasks of an application are still to end, by its id; from the application's own page
/// (Spark's REST API), which knows what the master does not.
using OpenTasks = std::map<std::string, int>;

/// The id in the answer of /api/v1/applications: a driver has one application. Error:
/// EMBER_INVALID_INPUT.
Result<std::string> ParseApplicationId(const std::string& text);
/// The tasks that are still to end in the answer of …/stages?status=active, running ones among
/// them: what Spark's ExecutorAllocationManager wants cores for. Error: EMBER_INVALID_INPUT.
Result<int> ParseOpenTasks(const std::string& text);

/// What the master and the applications say, as one load. An application of which nothing is known
/// wants one executor while it has none.
EmulatedLoad LoadOf(const MasterAnswer& master, const OpenTasks& open_tasks, int executor_cores);

}  // namespace ember
