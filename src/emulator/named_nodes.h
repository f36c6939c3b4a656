#pragma once

#include <memory>

#include "emulator/spark_nodes.h"

namespace ember {

/// Nodes in name only: no process is started, every node is ready at once, and a step only lasts.
/// "sleep N" takes N emulated seconds, any other step half a minute; "false" and "exit N" fail, all
/// others succeed. For trying out commands, and where there is no Spark.
std::unique_ptr<EmulatedSpark> MakeNamedNodes(double speed);

}  // namespace ember
