#pragma once

#include <CLI/CLI.hpp>

namespace ember {

/// A verb of the program: `add` registers its subcommand with options and examples; when it is
/// chosen, its callback stores the exit code in `*exit_code`.
struct Verb {
  void (*add)(CLI::App& app, int* exit_code);
};

void AddRunCommand(CLI::App& app, int* exit_code);
void AddSqlCommand(CLI::App& app, int* exit_code);
void AddServeCommand(CLI::App& app, int* exit_code);
void AddPythonCommand(CLI::App& app, int* exit_code);
void AddExportCommand(CLI::App& app, int* exit_code);
void AddInitCommand(CLI::App& app, int* exit_code);
void AddS3Command(CLI::App& app, int* exit_code);
void AddDiffCommand(CLI::App& app, int* exit_code);
void AddClusterCommand(CLI::App& app, int* exit_code);
void AddEmrCommand(CLI::App& app, int* exit_code);
void AddCompletionCommand(CLI::App& app, int* exit_code);

/// Which engine, and what shapes it; shared by the verbs that run one.
struct EngineFlags {
  // The engine of this process.
  int threads = 0;
  std::string memory;
  std::string temp_directory;
  std::string warehouse;
  // A real Spark.
  std::string on = "local";
  std::string ca_file;
  std::string token_command;
  bool verbose = false;
};
void AddEngineFlags(CLI::App& command, EngineFlags& flags);
/// --on and what belongs to it.
void AddOnFlags(CLI::App& command, EngineFlags& flags);

}  // namespace ember
