#pragma once

#include <cstdint>
#include <string>

#include "plan/command.h"
#include "plan/relation.h"

namespace ember {

/// A plan as indented text, one node a line, every field shown: for tests, logs and semantic
/// comparison. Plan ids are left out when `with_plan_ids` is false, so that equal plans give equal
/// text.
struct DumpOptions {
  bool with_plan_ids = false;
};
std::string Dump(const Relation& relation, const DumpOptions& options = {});
std::string Dump(const Expression& expression, const DumpOptions& options = {});
std::string Dump(const Command& command, const DumpOptions& options = {});
/// Equal plans have equal hashes; stable across processes.
uint64_t SemanticHash(const Relation& relation);

}  // namespace ember
