#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "plan/command.h"
#include "plan/relation.h"

namespace ember {

/// A relation that the program keeps in a variable.
struct ExportedFrame {
  std::string name;
  RelationPtr relation;
  bool is_cached = false;
  std::string storage_level;  // Python text of its level; empty: cache()'s
  std::vector<std::string> comments;
};

struct ExportedWrite {
  WriteFiles write;
  std::vector<std::string> comments;
  /// Also says on stdout how many rows these are.
  std::string counted_as;
};

/// What is to become a PySpark program. Frames may stand in any order.
struct ExportedProgram {
  std::string name;                      // of the application
  std::vector<std::string> description;  // lines
  std::string folder;                    // paths below it are relative to the program's argument
  std::vector<std::string> settings_comments;
  std::map<std::string, std::string> settings;
  std::vector<ExportedFrame> frames;
  std::vector<ExportedWrite> writes;
};

/// A PySpark program (3.5 and later) that does the same: every frame one statement under its name.
/// Errors: UNSUPPORTED_FEATURE.EMBER for what has no words in PySpark; nothing is left out.
Result<std::string> ExportPySpark(const ExportedProgram& program);

}  // namespace ember
