#include "cli/commands.h"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "cli/command_compact.h"
#include "cli/exit_code.h"

namespace {

constexpr auto kVerbs = std::to_array<ember::Verb>({
    {ember::AddRunCommand},
    {ember::AddSqlCommand},
    {ember::AddServeCommand},
    {ember::AddPythonCommand},
    {ember::AddExportCommand},
    {ember::AddInitCommand},
    {ember::AddS3Command},
    {ember::AddDiffCommand},
    {ember::AddCompactCommand},
    {ember::AddClusterCommand},
    {ember::AddEmrCommand},
    {ember::AddCompletionCommand},
});

// Plans nest as deep as programs make them, and so do the calls that plan them: threads get more
// stack than the system's 8 MB. Pages that nobody touches cost nothing.
void DeepenStacks() {
  constexpr size_t kStackBytes = size_t{64} << 20;
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  if (pthread_attr_setstacksize(&attributes, kStackBytes) == 0) {
    pthread_setattr_default_np(&attributes);
  }
  pthread_attr_destroy(&attributes);
}

// Whether `name` is a verb; says which there are when it is none.
bool IsVerb(const CLI::App& app, const std::string& name) {
  std::string verbs;
  for (const CLI::App* verb : app.get_subcommands({})) {
    if (verb->get_name() == name) return true;
    verbs += (verbs.empty() ? "" : ", ") + verb->get_name();
  }
  fmt::print(stderr, "ember: there is no command '{}'; there are {}\n", name, verbs);
  return false;
}

// The arguments as CLI11 wants them: last first. An address with parameters, which may hold a
// token, is blotted out of the process list.
std::vector<std::string> TakeArguments(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  std::reverse(arguments.begin(), arguments.end());
  for (int i = 1; i < argc; ++i) {
    char* address = std::strstr(argv[i], "sc://");
    char* parameters = address == nullptr ? nullptr : std::strchr(address, ';');
    if (parameters != nullptr) std::memset(parameters, '*', std::strlen(parameters));
  }
  return arguments;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Ember: Spark programs for stock history, on this machine, without a JVM");
  app.set_version_flag("--version", "ember " EMBER_VERSION);
  app.require_subcommand(1);
  app.footer("ember VERB --help shows a verb's options and examples.");
  int exit_code = ember::kExitOk;
  for (const ember::Verb& verb : kVerbs) verb.add(app, &exit_code);
  DeepenStacks();
  if (argc > 1 && argv[1][0] != '-' && !IsVerb(app, argv[1])) return ember::kExitUsage;
  try {
    app.name("ember");
    app.parse(TakeArguments(argc, argv));
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ember::kExitOk : ember::kExitUsage;
  }
  return exit_code;
}
