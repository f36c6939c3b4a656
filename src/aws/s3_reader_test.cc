// Readers and live writers over a real S3 server, one stopped at each of its requests while the
// other goes on. EMBER_S3_KILLS=all: every pair of requests where the reader comes first, one in
// seven where the writer does; without it, a few.

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "aws/s3_journal.h"
#include "aws/s3_store_fixture.h"
#include "aws/scripted_host.h"

namespace ember {
namespace {

constexpr int kAll = 1000;  // more requests than any of these makes

/// Lets requests pass up to a number; those after it wait.
class SteppedHttp final : public HttpClient {
 public:
  explicit SteppedHttp(HttpClient& http) : http_(http) {}

  Result<HttpResponse> Send(const HttpRequest& request) override {
    {
      std::unique_lock lock(mutex_);
      const int number = ++sent_;
      changed_.notify_all();
      changed_.wait(lock, [&] { return number <= passing_; });
      ++under_way_;
    }
    Result<HttpResponse> response = http_.Send(request);
    std::lock_guard lock(mutex_);
    --under_way_;
    ++answered_;
    changed_.notify_all();
    return response;
  }

  /// Returns when `number` requests have been answered and another one waits, or all is done.
  void RunTo(int number) {
    std::unique_lock lock(mutex_);
    passing_ = std::max(passing_, number);
    changed_.notify_all();
    changed_.wait(lock, [&] { return is_done_ || (sent_ > passing_ && answered_ >= passing_); });
  }
  void Release() {
    std::lock_guard lock(mutex_);
    passing_ = kAll;
    changed_.notify_all();
  }
  void SetDone() {
    std::lock_guard lock(mutex_);
    is_done_ = true;
    changed_.notify_all();
  }
  int sent() {
    std::lock_guard lock(mutex_);
    return sent_;
  }

 private:
  HttpClient& http_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int passing_ = 0;
  int sent_ = 0;
  int under_way_ = 0;
  int answered_ = 0;
  bool is_done_ = false;
};

/// One write by a writer of its own, which stops where it is told to.
class SteppedWrite {
 public:
  SteppedWrite(HttpClient& http, const std::function<std::shared_ptr<S3Clients>(HttpClient&)>& make,
               std::function<Status(Store&)> write)
      : http_(http), store_(MakeS3Store(make(http_))), thread_([this, write = std::move(write)] {
          status_ = write(*store_);
          http_.SetDone();
        }) {}
  ~SteppedWrite() { http_.RunTo(kAll); }
  /// Lets it pass so many requests; all that it does is done when this returns.
  void RunTo(int number) { http_.RunTo(number); }
  void Release() { http_.Release(); }
  Status Finish() {
    http_.RunTo(kAll);
    thread_.join();
    return status_;
  }
  int requests() { return http_.sent(); }

 private:
  SteppedHttp http_;
  std::unique_ptr<Store> store_;
  Status status_;
  std::jthread thread_;
};

struct Interleaving {
  std::string name;
  CommitKind kind;
  std::string written;  // below the table
  std::string read;     // of the folder that holds the table; no slash at its begin: not the table
  bool is_removal = false;
};

class S3ReaderTest : public S3StoreTest {
 protected:
  // The names of one generation, as the writer stages them.
  static std::vector<std::string> Staged(const Interleaving& row, int generation) {
    const std::string file = "f" + std::to_string(generation);
    if (!row.written.empty()) return {file + "-1.x", file + "-2.x", "_SUCCESS"};
    return {"d=1/" + file + "-1.x", "d=1/" + file + "-2.x", "_SUCCESS"};
  }

  static bool IsRead(const Interleaving& row, const std::string& name) {
    return row.read.find("d=1") == std::string::npos || name.find("/d=1/") != std::string::npos;
  }

  // What the table holds after a write.
  static NameSet After(const Interleaving& row, const std::string& table, NameSet names,
                       int generation) {
    const std::string folder = table + row.written + "/";
    if (row.kind == CommitKind::kReplaceAll) {
      std::erase_if(names, [&](const std::string& name) { return name.starts_with(folder); });
    }
    if (row.kind == CommitKind::kReplacePartitions) {
      std::erase_if(names,
                    [&](const std::string& name) { return name.starts_with(table + "/d=1"); });
    }
    if (row.is_removal) return names;
    for (const std::string& name : Staged(row, generation)) {
      if (name != "_SUCCESS") names.insert(folder + name);
    }
    return names;
  }

  static NameSet Seen(const Interleaving& row, const NameSet& names) {
    NameSet seen;
    for (const std::string& name : names) {
      if (IsRead(row, name)) seen.insert(name);
    }
    return seen.empty() ? NameSet{"PATH_NOT_FOUND"} : seen;
  }

  static NameSet NamesOf(Store& from, const std::string& path) {
    Result<std::vector<FileInfo>> files = from.List(path);
    if (!files.ok()) return {files.error().condition};
    NameSet names;
    for (const FileInfo& file : *files) names.insert(file.path.substr(12));
    return names;
  }

  std::unique_ptr<SteppedWrite> Begin(std::function<Status(Store&)> write) {
    return std::make_unique<SteppedWrite>(
        *http, [this](HttpClient& through) { return Clients(through); }, std::move(write));
  }

  void Run(const Interleaving& row);
};

// The writer has made `first` requests when the reader begins, and goes on to `second` before the
// reader's request number `at`: for all three, old or new is to be found.
void S3ReaderTest::Run(const Interleaving& row) {
  const char* const kills = std::getenv("EMBER_S3_KILLS");
  const bool is_all = kills != nullptr && std::string_view(kills) == "all";
  const std::string parent = "between/" + row.name;
  const std::string table = parent + "/t";
  const std::string path = "s3://bucket/" + parent + row.read;
  NameSet now;
  int generation = 0;
  int old_seen = 0;
  int new_seen = 0;
  int drawn = 0;
  int requests = 20;
  int looks = 5;
  for (int first = 0; first < requests; ++first) {
    for (int second = first + 1; second <= requests + 1; ++second) {
      for (int at = 1; at <= looks; ++at) {
        // A writer that has decided before the reader begins is finished by it: fewer of these.
        const int step = is_all ? (first == 0 ? 1 : 7) : (first == 0 ? 9 : 97);
        if (drawn++ % step != 0) continue;
        if (now.empty() || generation % 7 == 0 || row.is_removal) {  // without a journal, too
          ASSERT_TRUE(Client().Delete(S3JournalKey(table)).ok());
          const bool is_new = row.kind != CommitKind::kCreate;
          for (const std::string name : {"/d=1/old.x", "/d=2/old.x"}) {
            if (!is_new) continue;
            Put(table + name);
            now.insert(table + name);
          }
        }
        ++generation;
        if (row.kind == CommitKind::kCreate && !now.empty()) {
          ASSERT_TRUE(store->Remove("s3://bucket/" + table).ok());
          now.clear();
        }
        const NameSet after = After(row, table, now, generation);
        std::unique_ptr<SteppedWrite> writer = Begin([&](Store& into) {
          const std::string target = "s3://bucket/" + table + row.written;
          return row.is_removal ? into.Remove(target)
                                : Write(into, target, row.kind, Staged(row, generation));
        });
        writer->RunTo(first);
        std::atomic<int> looked = 0;  // a reader that finishes a write does so with many threads
        ScriptedHttp watched([&](const HttpRequest& request) -> Result<HttpResponse> {
          if (++looked == at) writer->RunTo(second);
          return http->Send(request);
        });
        const auto reader = MakeS3Store(Clients(watched));
        const NameSet found = NamesOf(*reader, path);
        EXPECT_TRUE(found == Seen(row, now) || found == Seen(row, after))
            << row.name << ": the writer stops after " << first << " requests, goes on to "
            << second << " before the reader's request " << at << ": "
            << testing::PrintToString(found);
        (found == Seen(row, after) ? new_seen : old_seen) += 1;
        const Status wrote = writer->Finish();
        ASSERT_TRUE(wrote.ok()) << wrote.error().ToString();
        requests = writer->requests();
        looks = std::max(looks, looked.load());
        ASSERT_EQ(NamesOf(*store, path), Seen(row, after)) << row.name;
        now = after;
      }
    }
  }
  EXPECT_GT(old_seen, 3);
  EXPECT_GT(new_seen, 3);
  std::printf("%s: %d times the old, %d times the new; %d requests of the writer\n",
              row.name.c_str(), old_seen, new_seen, requests);
}

TEST_F(S3ReaderTest, FindsTheOldOrTheNewWhileAWriterGoesOn) {
  for (const Interleaving& row : std::vector<Interleaving>{
           {.name = "overwrite", .kind = CommitKind::kReplaceAll, .read = "/t"},
           {.name = "append", .kind = CommitKind::kAppend, .read = "/t"},
           {.name = "dynamic", .kind = CommitKind::kReplacePartitions, .read = "/t"},
           {.name = "create", .kind = CommitKind::kCreate, .read = "/t"},
           {.name = "glob", .kind = CommitKind::kReplaceAll, .read = "/*"},
           {.name = "named-glob", .kind = CommitKind::kReplaceAll, .read = "/t*"},
           {.name = "folder", .kind = CommitKind::kReplaceAll, .read = ""},
           {.name = "partition-read", .kind = CommitKind::kReplaceAll, .read = "/t/d=1"},
           {.name = "partition-written",
            .kind = CommitKind::kReplaceAll,
            .written = "/d=1",
            .read = "/t"},
           {.name = "partitions-glob",
            .kind = CommitKind::kReplaceAll,
            .written = "/d=1",
            .read = "/t/d=*"},
           {.name = "removed",
            .kind = CommitKind::kReplaceAll,
            .read = "/t",
            .is_removal = true}}) {
    Run(row);
  }
}

// One writes a table, one a partition of it: what is left is what both leave in one order or the
// other.
TEST_F(S3ReaderTest, WritersOfATableAndOfItsPartitionFollowEachOther) {
  const std::string table = "both/t";
  int number = 0;
  for (const bool is_table_first : {true, false}) {
    for (int stop = 0, requests = 1; stop < requests; stop += 2) {
      const std::string name = std::to_string(++number) + ".x";
      const NameSet table_last = {table + "/d=1/t" + name, table + "/d=2/t" + name};
      const NameSet partition_last = {table + "/d=1/p" + name, table + "/d=2/t" + name};
      const auto write_table = [&](Store& into) {
        return Write(into, "s3://bucket/" + table, CommitKind::kReplaceAll,
                     {"d=1/t" + name, "d=2/t" + name});
      };
      const auto write_partition = [&](Store& into) {
        return Write(into, "s3://bucket/" + table + "/d=1", CommitKind::kReplaceAll, {"p" + name});
      };
      auto first = Begin(is_table_first ? std::function<Status(Store&)>(write_table)
                                        : std::function<Status(Store&)>(write_partition));
      first->RunTo(stop);
      auto second = Begin(is_table_first ? std::function<Status(Store&)>(write_partition)
                                         : std::function<Status(Store&)>(write_table));
      second->RunTo(2);  // its upload; then both go on
      second->Release();
      const Status wrote = first->Finish();
      ASSERT_TRUE(wrote.ok()) << wrote.error().ToString();
      const Status wrote_too = second->Finish();
      ASSERT_TRUE(wrote_too.ok()) << wrote_too.error().ToString();
      const NameSet found = Names("s3://bucket/" + table);
      EXPECT_TRUE(found == table_last || found == partition_last)
          << stop << ": " << testing::PrintToString(found);
      requests = first->requests();
    }
  }
}

}  // namespace
}  // namespace ember
