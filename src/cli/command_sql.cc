// ember sql: Spark SQL statements on the engine of this process or on a real Spark.
#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <optional>

#include <ember/session.h>

#include "batch/batch.h"
#include "batch/cell_text.h"
#include "cli/commands.h"
#include "cli/engine.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/spark_version.h"
#include "cli/text_file.h"
#include "plan/relation.h"
#include "session/session.h"
#include "sql/lexer.h"

namespace ember {
namespace {

struct SqlFlags {
  std::vector<std::string> statements;
  std::string file;
  EngineFlags engine;
  std::string spark;
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

// The table of show(), which an interrupt ends.
Status PrintTable(const DataFrame& frame, int rows, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const Schema schema, frame.schema());
  if (schema.empty()) return {};  // a command without an answer
  ShowString show;
  show.input = frame.relation();
  show.rows = rows;
  show.truncate = 0;
  ExecuteOptions options;
  options.stop = stop;
  ASSIGN_OR_RETURN(const auto stream,
                   frame.session()->Execute(MakeRelation(std::move(show)), std::move(options)));
  ASSIGN_OR_RETURN(const std::optional<Batch> batch, stream->Next());
  if (!batch) return {};
  const std::string text = std::get<std::string>(batch->Get(0, 0).data);
  fmt::print("{}{}", text, text.ends_with('\n') ? "" : "\n");
  return {};
}

// Every step takes `stop`: after an interrupt the session must end by itself, which empties the
// folder for spilled data.
Status RunStatement(const SparkSession& session, const std::string& text, const SqlFlags& flags,
                    const std::stop_token& stop) {
  ExecuteOptions options;
  options.stop = stop;
  const SqlQuery query{.text = text, .named_arguments = {}, .positional_arguments = {}};
  ASSIGN_OR_RETURN(RelationPtr relation, session.session()->ExecuteSql(query, std::move(options)));
  const DataFrame frame(session.session(), std::move(relation));
  return flags.format == "json" ? PrintJson(frame, stop) : PrintTable(frame, flags.rows, stop);
}

// The statements of a text, which semicolons end; a text that is no SQL stays whole.
std::vector<std::string> SplitStatements(const std::string& text) {
  const auto tokens = Tokenize(text, {});
  if (!tokens.ok()) return {text};
  std::vector<std::string> statements;
  size_t begin = std::string::npos;
  size_t end = 0;
  for (const Token& token : *tokens) {
    const bool is_end =
        token.kind == TokenKind::kEnd || (token.kind == TokenKind::kSymbol && token.text == ";");
    if (!is_end) {
      if (begin == std::string::npos) begin = token.offset;
      end = token.offset + token.text.size();
    } else if (begin != std::string::npos) {
      statements.push_back(text.substr(begin, end - begin));
      begin = std::string::npos;
    }
  }
  return statements;
}

Result<std::vector<std::string>> StatementsOf(const SqlFlags& flags) {
  std::vector<std::string> texts = flags.statements;
  if (!flags.file.empty()) {
    ASSIGN_OR_RETURN(texts.emplace_back(), ReadTextFile(flags.file));
  }
  if (texts.empty()) {
    texts.emplace_back(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  }
  std::vector<std::string> statements;
  for (const std::string& text : texts) {
    for (std::string& statement : SplitStatements(text)) statements.push_back(std::move(statement));
  }
  if (statements.empty()) {
    return InvalidInput("there is no statement: give one as argument, by --file or on stdin");
  }
  return statements;
}

Status RunStatements(const SqlFlags& flags, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const std::vector<std::string> statements, StatementsOf(flags));
  ASSIGN_OR_RETURN(const OpenedEngine engine, OpenEngine(flags.engine, {}, stop));
  RETURN_IF_ERROR(UseSparkDefaults(engine.session, flags.spark));
  // So that a statement's analysis and its execution list a folder in S3 once.
  if (!engine.is_remote()) {
    RETURN_IF_ERROR(engine.session.SetConfig("spark.sql.metadataCacheTTLSeconds", "2"));
  }
  for (size_t i = 0; i < statements.size(); ++i) {
    if (flags.engine.verbose) {
      fmt::print(stderr, "ember: statement {} of {} {} {}\n", i + 1, statements.size(),
                 engine.is_remote() ? "goes, as it is written, to" : "is planned and run by",
                 engine.Describe());
    }
    Status status = RunStatement(engine.session, statements[i], flags, stop);
    if (status.ok()) continue;
    Error error = ExplainSession(ExplainMissingFiles(std::move(status).error(), engine), engine);
    if (statements.size() == 1) return error;
    return WithContext(std::move(error),
                       fmt::format("statement {} of {}", i + 1, statements.size()));
  }
  return {};
}

}  // namespace

void AddSqlCommand(CLI::App& app, int* exit_code) {
  auto flags = std::make_shared<SqlFlags>();
  CLI::App* command = app.add_subcommand("sql", "run Spark SQL statements and print their answers");
  command
      ->add_option("statements", flags->statements,
                   "SQL statements, run in order; semicolons separate them (default: from stdin)")
      ->type_name("SQL");
  command->add_option("-f,--file", flags->file, "file with statements, run after those given here")
      ->type_name("FILE");
  AddOnFlags(*command, flags->engine);
  AddEngineFlags(*command, flags->engine);
  AddSparkFlag(*command, flags->spark);
  command->add_option("--format", flags->format, "table or json (one object a row)")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->add_option("-n,--rows", flags->rows, "rows of a table to print")
      ->capture_default_str()
      ->type_name("N");
  command->footer(
      "Examples:\n"
      "  ember sql 'SELECT ticker, max(close) FROM parquet.`prices/` GROUP BY ticker'\n"
      "  ember sql \"CREATE TEMP VIEW p USING csv OPTIONS (path 'p.csv', header 'true')\" \"SELECT "
      "count(*) FROM p\"\n"
      "  ember sql --file report.sql\n"
      "  ember sql --format json < query.sql\n"
      "  ember sql 'SELECT version()' --on 'sc://127.0.0.1:15002'\n\n"
      "On a real Spark the text goes as it is written; relative paths in it are Spark's.");
  command->callback([flags, exit_code] {
    const InterruptGuard interrupt;
    const Status status = RunStatements(*flags, interrupt.token());
    *exit_code = status.ok() ? kExitOk : ReportError(status.error());
  });
}

}  // namespace ember
