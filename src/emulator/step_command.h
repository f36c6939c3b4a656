#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ember {

/// A file that a step needs and that is in S3.
struct StepFetch {
  std::string from;  // "s3://bucket/key"
  std::string to;    // a file of this machine
  bool operator==(const StepFetch&) const = default;
};

enum class StepKind {
  kProgram,        // it ends when its program ends
  kConnectServer,  // it starts a server that stays
};

/// What the arguments of a step come to on this machine.
struct StepCommand {
  StepKind kind = StepKind::kProgram;
  std::vector<StepFetch> fetches;      // before the program
  std::vector<std::string> arguments;  // the program first, by its path or its name in PATH
  std::vector<std::string> notes;      // what is otherwise than on EMR, for the controller's log
};

struct StepGround {
  std::string spark_home;
  std::string master_url;    // "spark://127.0.0.1:PORT"
  std::string files_folder;  // where fetched files come
  std::string ember;         // the path of this program
};

/// The command of command-runner.jar's arguments: spark-submit, s3-dist-cp, bash. Error:
/// EMBER_INVALID_INPUT names what the emulator has nothing for.
Result<StepCommand> StepCommandOf(const std::vector<std::string>& arguments,
                                  const StepGround& ground);

/// Why a setting of the request, which speaks of YARN or of nodes of full size, does not hold here;
/// empty when it holds.
std::string_view WhySparkSettingIsLeftOut(std::string_view key);

}  // namespace ember
