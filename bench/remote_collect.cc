// What bench/run.py --only remote measures of Ember's own Spark Connect client: a warm session that
// collects when it is told to.
//
//     ember_bench_remote_collect sc://HOST:PORT
//
// Reads commands, a line each: `one N` and `sql N` (a collect of one row, N times), `rows QUERY`
// (the rows as values), `batches QUERY` (as Arrow batches). Answers each with a line: seconds of
// wall and of CPU, and what shows that the rows are right.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include <ember/dataframe.h>
#include <ember/session.h>

#include "session/session.h"

namespace {

using ember::DataFrame;
using ember::Result;
using ember::Row;

struct Answer {
  double seconds = 0;
  long long rows = 0;
  long long sum = 0;  // of the first column, where that is an integer
};

double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void Add(const ember::Value& first, Answer& answer) {
  ++answer.rows;
  if (const auto* integer = std::get_if<int64_t>(&first.data)) answer.sum += *integer;
}

Result<DataFrame> FrameOf(const ember::SparkSession& session, bool is_sql) {  // NOLINT: a word
  if (is_sql) return session.Sql("SELECT 1");
  return session.Range(0, 1);
}

// The median of many collects of one row; the first ones warm up.
Result<Answer> OneRow(const ember::SparkSession& session, bool is_sql, int count) {  // NOLINT
  std::vector<double> times;
  Answer answer;
  for (int i = 0; i < count; ++i) {
    const double start = Now();
    auto frame = FrameOf(session, is_sql);
    if (!frame.ok()) return std::move(frame).error();
    auto rows = frame->Collect();
    if (!rows.ok()) return std::move(rows).error();
    times.push_back(Now() - start);
    for (const Row& row : *rows) Add(row.front(), answer);
  }
  std::sort(times.begin(), times.end());
  answer.seconds = times[times.size() / 2];
  return answer;
}

Result<Answer> Rows(const ember::SparkSession& session, const std::string& query) {
  Answer answer;
  const double start = Now();
  auto frame = session.Sql(query);
  if (!frame.ok()) return std::move(frame).error();
  auto rows = frame->Collect();
  if (!rows.ok()) return std::move(rows).error();
  answer.seconds = Now() - start;
  for (const Row& row : *rows) Add(row.front(), answer);
  return answer;
}

Result<Answer> Batches(const ember::SparkSession& session, const std::string& query) {
  Answer answer;
  const double start = Now();
  auto frame = session.Sql(query);
  if (!frame.ok()) return std::move(frame).error();
  auto stream = session.session()->Execute(frame->relation(), {});
  if (!stream.ok()) return std::move(stream).error();
  std::vector<ember::Batch> batches;
  while (true) {
    auto batch = (*stream)->Next();
    if (!batch.ok()) return std::move(batch).error();
    if (!batch->has_value()) break;
    batches.push_back(std::move(**batch));
  }
  answer.seconds = Now() - start;
  for (const ember::Batch& batch : batches) {
    for (int64_t i = 0; i < batch.row_count(); ++i) Add(batch.Get(i, 0), answer);
  }
  return answer;
}

Result<Answer> Run(const ember::SparkSession& session, const std::string& line) {
  const size_t space = std::min(line.find(' '), line.size());
  const std::string word = line.substr(0, space);
  const std::string rest = space < line.size() ? line.substr(space + 1) : "";
  if (word == "rows") return Rows(session, rest);
  if (word == "batches") return Batches(session, rest);
  return OneRow(session, word == "sql", std::max(1, std::atoi(rest.c_str())));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto session = ember::SparkSession::Remote(argv[1], {.time_zone = "UTC"});
  if (!session.ok()) {
    std::fprintf(stderr, "%s\n", session.error().ToString().c_str());
    return 1;
  }
  for (std::string line; std::getline(std::cin, line);) {
    const double cpu = CpuSeconds();
    const auto answer = Run(*session, line);
    if (!answer.ok()) {
      std::fprintf(stderr, "%s\n", answer.error().ToString().c_str());
      return 1;
    }
    std::printf("%.6f %.6f %lld %lld\n", answer->seconds, CpuSeconds() - cpu, answer->rows,
                answer->sum);
    std::fflush(stdout);
  }
  return 0;
}
