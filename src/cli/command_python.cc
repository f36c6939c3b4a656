#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/child_process.h"
#include "cli/commands.h"
#include "cli/emr_lease.h"
#include "cli/engine.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/local_server.h"
#include "cli/spark_version.h"
#include "cli/token_source.h"
#include "cli/work_verbs.h"
#include "spark/connect_relay.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

struct PythonFlags {
  std::string python;
  std::vector<std::string> arguments;  // the program and what is for it
  EngineFlags engine;
  std::string spark;
};

std::string EnvironmentOr(const char* name, std::string otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == 0 ? std::move(otherwise) : std::string(value);
}

// The folder with ember_launch.py: installed beside the program's prefix, or in the source tree.
Result<fs::path> LauncherFolder() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  const fs::path candidates[] = {
      EnvironmentOr("EMBER_PYTHON_PATH", ""),
      program / "../share/ember/python",
      program / "../../../python",
  };
  for (const fs::path& folder : candidates) {
    if (!folder.empty() && fs::exists(folder / "ember_launch.py", ignored)) {
      return fs::weakly_canonical(folder, ignored);
    }
  }
  return InvalidInput(fmt::format(
      "cannot find ember_launch.py beside \"{}\": the installation is incomplete; install again "
      "or set EMBER_PYTHON_PATH to the folder that holds it",
      program.string()));
}

using Variables = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> ChildEnvironment(const fs::path& launcher, const std::string& address,
                                          Variables variables = {}) {
  const std::string inherited = EnvironmentOr("PYTHONPATH", "");
  std::string path = (launcher / "launch").string();
  if (!inherited.empty()) path += ":" + inherited;
  variables.insert(
      variables.end(),
      {{"PYTHONPATH", path}, {"SPARK_REMOTE", address}, {"SPARK_CONNECT_MODE_ENABLED", "1"}});
  return EnvironmentWith(variables,
                         // These name another Spark than this one.
                         {"MASTER", "SPARK_API_MODE", "SPARK_LOCAL_REMOTE"});
}

// Options such as -c and -m are the interpreter's; anything else names a program.
Status CheckProgram(const std::string& program) {
  std::error_code ignored;
  if (program.starts_with('-') || fs::exists(program, ignored)) return {};
  return InvalidInput(
      fmt::format("there is no program '{}' in {}", program, fs::current_path(ignored).string()));
}

std::vector<std::string> Arguments(const PythonFlags& flags) {
  std::vector<std::string> arguments{flags.python.empty() ? EnvironmentOr("EMBER_PYTHON", "python3")
                                                          : flags.python};
  arguments.insert(arguments.end(), flags.arguments.begin(), flags.arguments.end());
  return arguments;
}

Result<int> RunOnThisEngine(const PythonFlags& flags, const SignalRelay& relay,
                            const fs::path& launcher) {
  const std::string secret = NewSecret();
  ASSIGN_OR_RETURN(const auto server,
                   LocalServer::Start({.secret = secret}, flags.engine, flags.spark));
  Server& listening = server->server();
  const std::string address = ConnectionString("127.0.0.1", listening.port(), secret);
  auto status = relay.Run(Arguments(flags), ChildEnvironment(launcher, address));
  listening.Stop();
  return status;
}

// A session of EMR asks for a token that lasts for an hour, which PySpark's client cannot renew:
// the program talks to a relay in this process.
Result<int> RunOnEmr(const PythonFlags& flags, const SignalRelay& relay, const fs::path& launcher) {
  std::unique_ptr<EmrLease> lease;
  {
    // A program that has not begun is not asked: the wait for its session ends at once.
    const InterruptGuard interrupt;
    ASSIGN_OR_RETURN(lease, EmrLease::Start(flags.engine, interrupt.token()));
  }
  const std::string secret = NewSecret();
  ASSIGN_OR_RETURN(const auto door,
                   ConnectRelay::Start(lease->address(), lease->Options(), secret));
  const std::string address = ConnectionString("127.0.0.1", door->port(), secret);
  if (flags.engine.verbose) {
    fmt::print(stderr, "ember: '{}' runs with PySpark's own client against {}\n",
               flags.arguments[0], lease->Describe());
  }
  return relay.Run(Arguments(flags), ChildEnvironment(launcher, address));
}

// The program's own client connects. Ember connects first, so that what is wrong is said by name,
// and before Python starts.
Result<int> RunOnSpark(const PythonFlags& flags, const SignalRelay& relay,
                       const fs::path& launcher) {
  if (!flags.spark.empty()) {
    return InvalidInput(
        "--spark is for the engine of this process: on a real Spark the program's session has that "
        "Spark's defaults, and what the program sets itself (spark.sql.ansi.enabled)");
  }
  if (IsEmr(flags.engine)) return RunOnEmr(flags, relay, launcher);
  {
    ASSIGN_OR_RETURN(const OpenedEngine engine, OpenEngine(flags.engine, {}, {}));
    if (flags.engine.verbose) {
      fmt::print(stderr, "ember: '{}' runs with PySpark's own client against {}\n",
                 flags.arguments[0], engine.Describe());
    }
  }
  Variables variables;
  if (const auto source = MakeTokenSource(flags.engine.token_command)) {
    ASSIGN_OR_RETURN(const std::string token, source());
    variables.emplace_back("SPARK_CONNECT_AUTHENTICATE_TOKEN", token);
  }
  if (!flags.engine.ca_file.empty()) {
    variables.emplace_back("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", flags.engine.ca_file);
  }
  return relay.Run(Arguments(flags), ChildEnvironment(launcher, flags.engine.on, variables));
}

int RunPython(const PythonFlags& flags) {
  Status usable = CheckProgram(flags.arguments[0]);
  if (usable.ok()) usable = CheckOn(flags.engine);
  if (!usable.ok()) return ReportError(usable.error());
  const auto on = std::find(flags.arguments.begin(), flags.arguments.end(), "--on");
  if (on != flags.arguments.end()) {
    fmt::print(stderr,
               "ember: --on behind the program's name is the program's own; for Ember, "
               "write it before: ember python --on ENGINE PROGRAM.py\n");
  }
  const SignalRelay relay;  // before other threads start
  const Result<fs::path> launcher = LauncherFolder();
  if (!launcher.ok()) return ReportError(launcher.error());
  const Result<int> status = IsRemote(flags.engine) ? RunOnSpark(flags, relay, *launcher)
                                                    : RunOnThisEngine(flags, relay, *launcher);
  if (!status.ok()) return ReportError(status.error());
  return *status;
}

}  // namespace

int RunPythonProgram(const std::vector<std::string>& arguments, const EngineFlags& engine) {
  PythonFlags flags;
  flags.arguments = arguments;
  flags.engine = engine;
  return RunPython(flags);
}

void AddPythonCommand(CLI::App& app, int* exit_code) {
  CLI::App* command = app.add_subcommand("python",
                                         "run a PySpark program on this machine, without a JVM, "
                                         "or on a real Spark: "
                                         "ember python [OPTIONS] PROGRAM.py [ARGUMENTS]");
  const auto flags = std::make_shared<PythonFlags>();
  command
      ->add_option("--python", flags->python,
                   "interpreter that has PySpark (default: $EMBER_PYTHON, else python3)")
      ->type_name("PROGRAM");
  AddOnFlags(*command, flags->engine);
  AddEngineFlags(*command, flags->engine);
  AddSparkFlag(*command, flags->spark);
  // What follows the program's name is the program's: nothing of it is read here.
  command->prefix_command();
  command->footer(
      "The program needs an installed PySpark client: pip install pyspark-client (4.0 or later),\n"
      "or 'pyspark[connect]==3.5.6'.\n"
      "It runs in the current folder, which relative paths are resolved in; its exit code is "
      "handed\n"
      "on. Options after the program's name are the program's.\n\n"
      "Examples:\n"
      "  ember python job.py\n"
      "  ember python --memory 2GB --python .venv/bin/python job.py --year 2018\n"
      "  ember python --on 'sc://spark.example:15002/;use_ssl=true' job.py");
  command->callback([command, flags, exit_code] {
    flags->arguments = command->remaining();
    if (flags->arguments.empty()) throw CLI::RequiredError("PROGRAM.py");
    *exit_code = RunPython(*flags);
  });
}

}  // namespace ember
