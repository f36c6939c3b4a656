// The store over a real S3 server: listing, commits, and commits cut off at every call.

#include "aws/s3_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "aws/s3_journal.h"
#include "aws/s3_store_fixture.h"
#include "aws/scripted_host.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

/// Passes calls on until a number of them; from then on as if the process had been killed: the last
/// call was acted on, but its answer did not come, and no other is sent.
class CutOffHttp final : public HttpClient {
 public:
  CutOffHttp(HttpClient& http, int calls) : http_(http), calls_(calls) {}

  Result<HttpResponse> Send(const HttpRequest& request) override {
    const int number = ++sent_;
    if (number > calls_) return MakeError("OPERATION_CANCELLED");
    Result<HttpResponse> response = http_.Send(request);
    if (number == calls_) return MakeError("OPERATION_CANCELLED");
    return response;
  }

 private:
  HttpClient& http_;
  int calls_;
  std::atomic<int> sent_ = 0;
};

TEST_F(S3StoreTest, ListsAsHadoopDoes) {
  for (const char* key : {"l/a/x.csv", "l/a/y.txt", "l/b/x.csv", "l/_tmp/x.csv", "l/.h/x.csv",
                          "l/a/_SUCCESS", "l/p=1/_q=2/z.csv", "l/ab/x.csv", "l2/x.csv"}) {
    Put(key);
  }
  EXPECT_EQ(Names("s3://bucket/l"),
            (NameSet{"l/a/x.csv", "l/a/y.txt", "l/b/x.csv", "l/p=1/_q=2/z.csv", "l/ab/x.csv"}));
  EXPECT_EQ(Names("s3://bucket/l/a/x.csv"), (NameSet{"l/a/x.csv"}));
  EXPECT_EQ(Names("s3://bucket/l/*/x.csv"), (NameSet{"l/a/x.csv", "l/b/x.csv", "l/ab/x.csv"}));
  EXPECT_EQ(Names("s3://bucket/l/{a,b}"), (NameSet{"l/a/x.csv", "l/a/y.txt", "l/b/x.csv"}));
  EXPECT_EQ(Names("s3://bucket/l/[a-b]*/y.*"), (NameSet{"l/a/y.txt"}));
  EXPECT_EQ(Names("s3://bucket/l/_tmp/x.csv"), (NameSet{"l/_tmp/x.csv"}));
  EXPECT_EQ(Names("s3://bucket/nothing"), (NameSet{"PATH_NOT_FOUND"}));
  EXPECT_EQ(Names("s3://bucket/l/*.nothing"), (NameSet{"PATH_NOT_FOUND"}));
  EXPECT_TRUE(*store->Exists("s3a://bucket/l/"));
  EXPECT_TRUE(*store->Exists("s3a://bucket/l/a/x.csv"));
  EXPECT_FALSE(*store->Exists("s3a://bucket/l/a/x"));
  EXPECT_EQ(*store->ReadAll("s3://bucket/l/a/x.csv", 10), "x");
  EXPECT_EQ(store->ReadAll("s3://bucket/none", 10).error().condition, "PATH_NOT_FOUND");
  ASSERT_TRUE(store->Remove("s3://bucket/l").ok());
  EXPECT_EQ(Names("s3://bucket/l"), (NameSet{"PATH_NOT_FOUND"}));
  EXPECT_EQ(Names("s3://bucket/l2"), (NameSet{"l2/x.csv"}));
}

TEST_F(S3StoreTest, CommitsInAllModes) {
  const std::string target = "s3://bucket/modes/t";
  ASSERT_TRUE(Write(*store, target, CommitKind::kCreate, {"d=1/a", "d=2/b", "_SUCCESS"}).ok());
  EXPECT_EQ(Names(target), (NameSet{"modes/t/d=1/a", "modes/t/d=2/b"}));
  EXPECT_TRUE(*store->Exists(target + "/_SUCCESS"));
  EXPECT_EQ(*store->ReadAll(target + "/d=1/a", 100), "d=1/a");
  EXPECT_EQ(Write(*store, target, CommitKind::kCreate, {"c"}).error().condition,
            "PATH_ALREADY_EXISTS");
  ASSERT_TRUE(Write(*store, target, CommitKind::kAppend, {"d=1/c"}).ok());
  EXPECT_EQ(Names(target), (NameSet{"modes/t/d=1/a", "modes/t/d=1/c", "modes/t/d=2/b"}));
  ASSERT_TRUE(Write(*store, target, CommitKind::kReplacePartitions, {"d=1/e"}).ok());
  EXPECT_EQ(Names(target), (NameSet{"modes/t/d=1/e", "modes/t/d=2/b"}));
  ASSERT_TRUE(Write(*store, target, CommitKind::kReplaceAll, {"f", "_SUCCESS"}).ok());
  EXPECT_EQ(Names(target), (NameSet{"modes/t/f"}));
  EXPECT_TRUE(Client().ListUploads("modes/")->empty());
  EXPECT_FALSE(store->BeginWrite("s3://bucket/", CommitKind::kAppend).ok());
}

TEST_F(S3StoreTest, LeavesNothingOfAWriteThatIsNotCommitted) {
  {
    ASSERT_TRUE(store->BeginWrite("s3://bucket/gone", CommitKind::kAppend).ok());
  }
  EXPECT_EQ(Names("s3://bucket/gone"), (NameSet{"PATH_NOT_FOUND"}));
}

// As if killed after every number of calls: whoever reads through Ember sees the old or the new.
TEST_F(S3StoreTest, IsOldOrNewWhereverItIsCutOff) {
  for (const CommitKind kind : {CommitKind::kReplaceAll, CommitKind::kAppend,
                                CommitKind::kReplacePartitions, CommitKind::kCreate}) {
    int old_seen = 0;
    int new_seen = 0;
    for (int calls = 0;; ++calls) {
      const std::string key =
          "cut/" + std::to_string(static_cast<int>(kind)) + "/" + std::to_string(calls);
      const std::string target = "s3://bucket/" + key;
      NameSet before = {"PATH_NOT_FOUND"};
      if (kind != CommitKind::kCreate) {
        ASSERT_TRUE(Write(*store, target, CommitKind::kAppend, {"d=1/old", "d=2/old"}).ok());
        before = {key + "/d=1/old", key + "/d=2/old"};
      }
      NameSet after = {key + "/d=1/new1", key + "/d=1/new2"};
      if (kind == CommitKind::kAppend) after.insert(before.begin(), before.end());
      if (kind == CommitKind::kReplacePartitions) after.insert(key + "/d=2/old");
      CutOffHttp cut(*http, calls);
      auto store_to_die = MakeS3Store(Clients(cut));
      const Status wrote = Write(*store_to_die, target, kind, {"d=1/new1", "d=1/new2", "_SUCCESS"});
      ASSERT_TRUE(store->Recover(target).ok());
      const NameSet found = Names(target);
      EXPECT_TRUE(found == before || found == after)
          << "kind " << static_cast<int>(kind) << " after " << calls
          << " calls: " << testing::PrintToString(found);
      (found == after ? new_seen : old_seen) += 1;
      if (wrote.ok()) {
        EXPECT_EQ(found, after);
        break;
      }
      ASSERT_LT(calls, 100);
    }
    EXPECT_GT(old_seen, 3);
    EXPECT_GT(new_seen, 3);
  }
  // What is left over are uploads without a decision; they go when they are asked to.
  Result<S3Cleaned> kept = CleanS3(*clients, "s3://bucket/cut", int64_t{3600} * 1000000);
  ASSERT_TRUE(kept.ok()) << kept.error().ToString();
  EXPECT_EQ(kept->uploads + kept->journals, 0);
  Result<S3Cleaned> cleaned = CleanS3(*clients, "s3://bucket/cut", 0);
  ASSERT_TRUE(cleaned.ok()) << cleaned.error().ToString();
  EXPECT_GT(cleaned->uploads, 0);
  EXPECT_GT(cleaned->journals, 20);
  EXPECT_TRUE(Client().ListUploads("cut/")->empty());
  const auto listing = Client().List({.prefix = "cut/"});
  ASSERT_TRUE(listing.ok()) << listing.error().ToString();
  for (const S3Object& object : listing->objects) {
    EXPECT_FALSE(TargetOfS3Journal(object.key)) << object.key;
  }
}

TEST_F(S3StoreTest, TakesOverFromAWriterThatDiedBeforeItsDecision) {
  const std::string target = "lease/t";
  S3Journal dead = {.state = S3WriteState::kPrepared, .write_id = "dead", .lease_until_us = 1};
  ASSERT_TRUE(SwapS3Journal(Client(), target, dead, "", {}).ok());
  ASSERT_TRUE(Write(*store, "s3://bucket/" + target, CommitKind::kAppend, {"a"}).ok());
  EXPECT_EQ(Names("s3://bucket/" + target), (NameSet{"lease/t/a"}));
  Result<std::optional<S3StoredJournal>> now = ReadS3Journal(Client(), target, {});
  ASSERT_TRUE(now.ok() && now->has_value());
  EXPECT_EQ((*now)->journal.state, S3WriteState::kDone);
  EXPECT_FALSE(SwapS3Journal(Client(), target, dead, "", {})->has_value());
  EXPECT_FALSE(SwapS3Journal(Client(), target, dead, "other", {})->has_value());
}

// A writer that died right after its decision, and everybody who comes to its folder from
// elsewhere.
TEST_F(S3StoreTest, FinishesADecidedWriteFromWhereverItIsRead) {
  const std::vector<std::pair<std::string, std::string>> reads = {
      {"", "/t"},           {"/*", ""},   {"/t*", ""}, {"", "/t/d=1"},
      {"", "/t/d=1/new.x"}, {"/t/*", ""}, {"", ""},    {"/*/*/new.x", ""}};
  for (size_t i = 0; i < reads.size(); ++i) {
    const std::string parent = "reads/" + std::to_string(i);
    ASSERT_TRUE(
        Write(*store, "s3://bucket/" + parent + "/t", CommitKind::kAppend, {"d=1/old"}).ok());
    // The decision is the second swap of the journal; from then on nothing arrives.
    bool is_decided = false;
    ScriptedHttp dies([&](const HttpRequest& request) -> Result<HttpResponse> {
      if (is_decided) return MakeError("OPERATION_CANCELLED");
      is_decided = request.method == "PUT" && request.body.find("decided") != std::string::npos;
      return http->Send(request);
    });
    auto store_to_die = MakeS3Store(Clients(dies));
    EXPECT_FALSE(
        Write(*store_to_die, "s3://bucket/" + parent + "/t", CommitKind::kReplaceAll, {"d=1/new.x"})
            .ok());
    ASSERT_TRUE(is_decided);
    const std::string path = "s3://bucket/" + parent + reads[i].first + reads[i].second;
    ASSERT_TRUE(store->Recover(path).ok());
    EXPECT_EQ(Names(path), (NameSet{parent + "/t/d=1/new.x"})) << path;
  }
}

TEST_F(S3StoreTest, SendsFilesWhileTheyAreWritten) {
  const std::string mebibyte(1 << 20, 'x');
  for (const bool is_committed : {true, false}) {
    {
      auto begun = store->BeginWrite("s3://bucket/grows", CommitKind::kReplaceAll);
      ASSERT_TRUE(begun.ok());
      StagedWrite& write = **begun;
      write.SendWhileWritten([](const std::string& name) {
        return name == "temporary" ? std::optional<std::string>("p=1/final") : std::nullopt;
      });
      const std::string staging = write.staging_directory();
      std::ofstream file(staging + "/temporary");
      for (int i = 0; i < 19; ++i) file << mebibyte;
      file.flush();
      int64_t sent = 0;
      for (int i = 0; i < 300 && sent < 2; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        for (const S3Upload& upload : *Client().ListUploads("grows/p=1/final")) {
          sent = static_cast<int64_t>(Client().ListParts(upload)->size());
        }
      }
      EXPECT_EQ(sent, 2);  // of 8 MiB each; the rest is not a whole part yet
      EXPECT_EQ(Names("s3://bucket/grows").count("grows/p=1/final"), is_committed ? 0u : 1u);
      file << "tail";
      file.close();
      fs::create_directories(staging + "/p=1");
      fs::rename(staging + "/temporary", staging + "/p=1/final");
      if (is_committed) {
        ASSERT_TRUE(write.Commit().ok());
      }
    }
    EXPECT_TRUE(Client().ListUploads("grows/")->empty());
    EXPECT_EQ(Names("s3://bucket/grows"), (NameSet{"grows/p=1/final"}));
    const std::optional<S3Object> object = *Client().Head("grows/p=1/final");
    EXPECT_EQ(object->size, (19 << 20) + 4);
    std::string end;
    ASSERT_TRUE(Client()
                    .Get("grows/p=1/final", {.offset = (19 << 20) - 1, .size = 5}, "",
                         [&](std::string_view piece) {
                           end += piece;
                           return Status();
                         })
                    .ok());
    EXPECT_EQ(end, "xtail");
  }
}

TEST_F(S3StoreTest, DoesNotUseWhatWasSentOfAnotherBeginning) {
  auto begun = store->BeginWrite("s3://bucket/rewrites", CommitKind::kReplaceAll);
  ASSERT_TRUE(begun.ok());
  const std::string path = (*begun)->staging_directory() + "/f";
  (*begun)->SendWhileWritten([](const std::string& name) { return std::optional(name); });
  std::ofstream(path) << std::string(9 << 20, 'a');
  for (int i = 0; i < 300 && Client().ListUploads("rewrites/")->empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  std::ofstream(path, std::ios::in | std::ios::out) << "b";
  ASSERT_TRUE((*begun)->Commit().ok());
  EXPECT_EQ(*Client().GetText("rewrites/f", 3), "baa");
  begun->reset();
  EXPECT_TRUE(Client().ListUploads("rewrites/")->empty());
}

TEST_F(S3StoreTest, LetsOneOfManyCreate) {
  std::atomic<int> created = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        const Status wrote =
            Write(*store, "s3://bucket/race", CommitKind::kCreate, {"part-" + std::to_string(t)});
        created += wrote.ok();
      });
    }
  }
  EXPECT_EQ(created, 1);
  EXPECT_EQ(Names("s3://bucket/race").size(), 1u);
}

TEST(S3Journal, KeepsItsContent) {
  const S3Journal journal = {.state = S3WriteState::kDecided,
                             .write_id = "w",
                             .lease_until_us = 5,
                             .uploads = {{{.key = "a/ä", .id = "u", .write_id = "m"},
                                          {{.number = 1, .etag = "e", .size = 9}}}},
                             .empty_objects = {"a/_SUCCESS"},
                             .old_objects = {"a/old \"x\""}};
  Result<S3Journal> again = ParseS3Journal(S3JournalText(journal));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(S3JournalText(*again), S3JournalText(journal));
  EXPECT_EQ(again->uploads[0].upload.key, "a/ä");
  EXPECT_EQ(again->uploads[0].parts[0].size, 9);
  EXPECT_FALSE(ParseS3Journal("{}").ok());
  EXPECT_FALSE(ParseS3Journal("nonsense").ok());
  EXPECT_EQ(S3JournalKey("a/b/t"), "a/b/.ember-t.journal");
  EXPECT_EQ(TargetOfS3Journal("a/b/.ember-t.journal"), "a/b/t");
  EXPECT_EQ(TargetOfS3Journal(S3JournalKey("t")), "t");
  EXPECT_EQ(TargetOfS3Journal("a/x.journal"), std::nullopt);
  EXPECT_EQ(S3JournalTarget("a/t"), "a/t");
  EXPECT_EQ(S3JournalTarget("a/t/day=1/hour=2"), "a/t");
  EXPECT_EQ(S3JournalTarget("a/t/day=1/x"), "a/t/day=1/x");
  EXPECT_EQ(S3JournalTarget("day=1/hour=2"), "day=1");
}

}  // namespace
}  // namespace ember
