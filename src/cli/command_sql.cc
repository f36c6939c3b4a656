// ember sql: Spark SQL statements on the local engine.
#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <optional>

#include <ember/session.h>

#include "batch/batch.h"
#include "batch/cell_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "session/session.h"

namespace ember {
namespace {

struct SqlFlags {
  std::vector<std::string> statements;
  EngineFlags engine;
  std::string format = "table";
  int rows = 20;
};

// One JSON object a row, cells in the lossless encoding of the golden files.
Status PrintJson(const DataFrame& frame, const std::stop_token& stop) {
  ExecuteOptions options;
  options.stop = stop;
  ASSIGN_OR_RETURN(const auto stream,
                   frame.session()->Execute(frame.relation(), std::move(options)));
  const Schema schema = stream->schema();
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<Batch> batch, stream->Next());
    if (!batch) return {};
    for (int64_t row = 0; row < batch->row_count(); ++row) {
      std::string line;
      for (size_t i = 0; i < schema.size(); ++i) {
        line +=
            fmt::format("{}{}:{}", i == 0 ? "" : ",", CellJson(StringType(), Value{schema[i].name}),
                        CellJson(schema[i].type, batch->Get(row, static_cast<int>(i))));
      }
      fmt::print("{{{}}}\n", line);
    }
  }
}

Status PrintTable(const DataFrame& frame, int rows, const std::stop_token& stop) {
  ShowString show;
  show.input = frame.relation();
  show.rows = rows;
  show.truncate = 0;
  ExecuteOptions options;
  options.stop = stop;
  ASSIGN_OR_RETURN(const auto stream,
                   frame.session()->Execute(MakeRelation(std::move(show)), std::move(options)));
  ASSIGN_OR_RETURN(const std::optional<Batch> batch, stream->Next());
  if (batch) fmt::print("{}", std::get<std::string>(batch->Get(0, 0).data));
  return {};
}

// Every step takes `stop`: after an interrupt the session must end by itself, which empties the
// folder for spilled data.
Status RunStatement(const SparkSession& session, const std::string& text, const SqlFlags& flags,
                    const std::stop_token& stop) {
  const SqlQuery query{.text = text, .named_arguments = {}, .positional_arguments = {}};
  ExecuteOptions options;
  options.stop = stop;
  ASSIGN_OR_RETURN(RelationPtr relation, session.session()->ExecuteSql(query, std::move(options)));
  const DataFrame frame(session.session(), std::move(relation));
  if (flags.format == "json") return PrintJson(frame, stop);
  ASSIGN_OR_RETURN(const Schema schema, frame.schema());
  if (schema.empty()) return {};  // a command without an answer
  return PrintTable(frame, flags.rows, stop);
}

Status RunStatements(const SqlFlags& flags, const std::stop_token& stop) {
  LocalOptions options;
  options.threads = flags.engine.threads;
  options.memory_limit = flags.engine.memory;
  options.temp_directory = flags.engine.temp_directory;
  options.warehouse_directory = flags.engine.warehouse;
  ASSIGN_OR_RETURN(const SparkSession session, SparkSession::Local(options));
  std::vector<std::string> statements = flags.statements;
  if (statements.empty())
    statements.emplace_back(std::istreambuf_iterator<char>(std::cin),
                            std::istreambuf_iterator<char>());
  for (const auto& text : statements) RETURN_IF_ERROR(RunStatement(session, text, flags, stop));
  return {};
}

}  // namespace

void AddSqlCommand(CLI::App& app, int* exit_code) {
  auto flags = std::make_shared<SqlFlags>();
  CLI::App* command = app.add_subcommand("sql", "run Spark SQL statements and print their answers");
  command
      ->add_option("statements", flags->statements,
                   "SQL statements, run in order (default: one from stdin)")
      ->type_name("SQL");
  AddEngineFlags(*command, flags->engine);
  command->add_option("--format", flags->format, "table or json (one object a row)")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->add_option("-n,--rows", flags->rows, "rows of a table to print")
      ->capture_default_str()
      ->type_name("N");
  command->footer(
      "Examples:\n"
      "  ember sql \"SELECT ticker, max(close) FROM parquet.`prices/` GROUP BY ticker\"\n"
      "  ember sql \"CREATE TEMP VIEW p USING csv OPTIONS (path 'p.csv', header 'true')\" \"SELECT "
      "count(*) FROM p\"\n"
      "  ember sql --format json < query.sql");
  command->callback([flags, exit_code] {
    const InterruptGuard interrupt;
    const Status status = RunStatements(*flags, interrupt.token());
    *exit_code = status.ok() ? kExitOk : ReportError(status.error());
  });
}

}  // namespace ember
