#include "cli/commands.h"

#include <array>

#include "cli/exit_code.h"

namespace {

constexpr auto kVerbs = std::to_array<ember::Verb>({
    {ember::AddRunCommand},
    {ember::AddSqlCommand},
    {ember::AddServeCommand},
    {ember::AddPythonCommand},
    {ember::AddInitCommand},
    {ember::AddCompletionCommand},
});

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Ember: Spark programs for stock history, on this machine, without a JVM");
  app.set_version_flag("--version", "ember " EMBER_VERSION);
  app.require_subcommand(1);
  app.footer("ember VERB --help shows a verb's options and examples.");
  int exit_code = ember::kExitOk;
  for (const ember::Verb& verb : kVerbs) verb.add(app, &exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ember::kExitOk : ember::kExitUsage;
  }
  return exit_code;
}
