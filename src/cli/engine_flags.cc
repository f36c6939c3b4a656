#include "cli/commands.h"

namespace ember {

void AddEngineFlags(CLI::App& command, EngineFlags& flags) {
  command.add_option("--threads", flags.threads, "threads for queries (default: one per core)")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
  command
      .add_option(
          "--memory", flags.memory,
          "memory for queries, such as 512MB or 4GB (default: 80 % of the machine's); beyond it "
          "they spill to --temp-dir, and fewer threads run; the program itself takes up to "
          "150 MB more")
      ->type_name("SIZE");
  command
      .add_option("--temp-dir", flags.temp_directory,
                  "folder for spilled data (default: the system's); emptied afterwards")
      ->type_name("DIR");
  command
      .add_option("--warehouse", flags.warehouse,
                  "folder of saved tables (default: spark-warehouse)")
      ->type_name("DIR");
}

}  // namespace ember
