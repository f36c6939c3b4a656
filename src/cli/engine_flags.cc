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

void AddOnFlags(CLI::App& command, EngineFlags& flags) {
  command
      .add_option(
          "--on", flags.on,
          "where to run: local (this process), or a real Spark 3.5 or 4.x by its Spark "
          "Connect server, sc://HOST[:PORT][/;use_ssl=true;token=…;user_id=…;header=value], "
          "or a session on a cluster of EMR, emr:NAME[;keep=true] (a name, an id or a cluster "
          "file)")
      ->capture_default_str()
      ->type_name("ENGINE");
  command
      .add_option("--ca", flags.ca_file,
                  "PEM file of the authority that signed the server's certificate (default: the "
                  "system's)")
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  command
      .add_option("--token-command", flags.token_command,
                  "command that prints the server's token, run again every minute (default: the "
                  "address's token, else $SPARK_CONNECT_AUTHENTICATE_TOKEN)")
      ->type_name("COMMAND");
  command.add_flag("-v,--verbose", flags.verbose, "say on stderr what goes where, and how");
}

}  // namespace ember
