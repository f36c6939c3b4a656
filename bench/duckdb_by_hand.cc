// Runs SQL files on the same libduckdb as Ember, with nothing around it: what the bars compare
// with.
//     duckdb_by_hand [-t THREADS] [-m MEMORY] [-d TEMP_DIR] [-v NAME=VALUE]… FILE.sql…
// `{NAME}` in a file is replaced by VALUE. Every statement of a file runs in order.
#include <duckdb.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace {

int Fail(const std::string& what, const char* why) {
  std::fprintf(stderr, "duckdb_by_hand: %s: %s\n", what.c_str(), why == nullptr ? "unknown" : why);
  return 1;
}

std::string Replaced(std::string text,
                     const std::vector<std::pair<std::string, std::string>>& values) {
  for (const auto& [name, value] : values) {
    const std::string mark = "{" + name + "}";
    for (size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + value.size())) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  duckdb_config config = nullptr;
  duckdb_create_config(&config);
  std::vector<std::pair<std::string, std::string>> values;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const bool has_value = argument.size() == 2 && argument[0] == '-' && i + 1 < argc;
    if (!has_value) {
      files.push_back(argument);
      continue;
    }
    const std::string value = argv[++i];
    if (argument == "-t") duckdb_set_config(config, "threads", value.c_str());
    if (argument == "-m") duckdb_set_config(config, "memory_limit", value.c_str());
    if (argument == "-d") duckdb_set_config(config, "temp_directory", value.c_str());
    if (argument == "-v")
      values.emplace_back(value.substr(0, value.find('=')), value.substr(value.find('=') + 1));
  }
  duckdb_database database = nullptr;
  char* error = nullptr;
  if (duckdb_open_ext(nullptr, &database, config, &error) == DuckDBError)
    return Fail("open", error);
  duckdb_destroy_config(&config);
  duckdb_connection connection = nullptr;
  if (duckdb_connect(database, &connection) == DuckDBError) return Fail("connect", nullptr);
  for (const std::string& file : files) {
    std::ifstream stream(file);
    if (!stream) return Fail(file, "cannot read");
    const std::string sql =
        Replaced(std::string(std::istreambuf_iterator<char>(stream), {}), values);
    duckdb_result result;
    const bool failed = duckdb_query(connection, sql.c_str(), &result) == DuckDBError;
    if (failed) return Fail(file, duckdb_result_error(&result));
    for (idx_t row = 0; row < duckdb_row_count(&result) && row < 20; ++row) {
      for (idx_t column = 0; column < duckdb_column_count(&result); ++column) {
        char* text = duckdb_value_varchar(&result, column, row);
        std::printf("%s%s", column == 0 ? "" : "|", text == nullptr ? "NULL" : text);
        duckdb_free(text);
      }
      std::printf("\n");
    }
    duckdb_destroy_result(&result);
  }
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return 0;
}
