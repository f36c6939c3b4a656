// ember completion: tab completion scripts, made from the command line's own description.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_code.h"

namespace ember {
namespace {

std::string Words(const CLI::App& command) {
  std::string words;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) words += " --" + name;
  }
  return words;
}

std::string Verbs(const CLI::App& app) {
  std::string verbs;
  for (const CLI::App* command : app.get_subcommands({})) verbs += " " + command->get_name();
  return verbs;
}

/// A line of the scripts' table: a verb, with the verb below it where there is one ("s3 put").
struct CompletionRow {
  std::string words;
  std::string options;
  std::string verbs;  // below it
};

std::vector<CompletionRow> CompletionRows(const CLI::App& app) {
  std::vector<CompletionRow> rows;
  for (const CLI::App* command : app.get_subcommands({})) {
    for (const CLI::App* below : command->get_subcommands({})) {
      rows.push_back({command->get_name() + " " + below->get_name(), Words(*below), ""});
    }
    rows.push_back({command->get_name(), Words(*command), Verbs(*command)});
  }
  return rows;
}

std::string BashScript(const CLI::App& app) {
  std::string cases;
  for (const CompletionRow& row : CompletionRows(app)) {
    cases += fmt::format("    \"{} \"*) words=\"{}\" verbs=\"{}\" ;;\n", row.words, row.options,
                         row.verbs);
  }
  return fmt::format(
      R"(# bash completion for ember: source this file, or put it in bash-completion's completions folder
_ember() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" words="" verbs=""
  if [ "${{COMP_WORDS[COMP_CWORD-1]}}" = --on ]; then
    COMPREPLY=($(compgen -W "local sc:// emr:" -- "$current"))
    return
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{} --help --version" -- "$current"))
    return
  fi
  case "${{COMP_WORDS[1]}} ${{COMP_WORDS[2]}} " in
{}  esac
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  elif [ "$COMP_CWORD" -eq 2 ] && [ -n "$verbs" ]; then
    COMPREPLY=($(compgen -W "$verbs" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}}
complete -o filenames -F _ember ember
)",
      Verbs(app), cases);
}

std::string ZshScript(const CLI::App& app) {
  std::string cases;
  for (const CompletionRow& row : CompletionRows(app)) {
    cases += fmt::format("    \"{} \"*) options=({} ) below=({} ) ;;\n", row.words, row.options,
                         row.verbs);
  }
  return fmt::format(
      R"(#compdef ember
_ember() {{
  local -a verbs options below
  verbs=({} )
  if (( CURRENT == 2 )); then
    compadd -- $verbs
    return
  fi
  if [[ $words[CURRENT-1] == --on ]]; then
    compadd -- local sc:// emr:
    return
  fi
  case "$words[2] $words[3] " in
{}  esac
  compadd -- $options
  if (( CURRENT == 3 && $#below > 0 )); then
    compadd -- $below
  else
    _files
  fi
}}
compdef _ember ember
)",
      Verbs(app), cases);
}

}  // namespace

void AddCompletionCommand(CLI::App& app, int* exit_code) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completion", "print a tab completion script");
  command->add_option("shell", *shell, "bash or zsh")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}));
  command->footer(
      "Examples:\n  source <(ember completion bash)\n  ember completion zsh > ~/.zfunc/_ember");
  command->callback([&app, shell, exit_code] {
    fmt::print("{}", *shell == "bash" ? BashScript(app) : ZshScript(app));
    *exit_code = kExitOk;
  });
}

}  // namespace ember
