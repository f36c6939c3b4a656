#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "store/store.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

// Local operations of which the n-th and all after it fail: a process that was killed there.
class KilledOperations final : public FileOperations {
 public:
  Status CreateDirectories(const std::string& path) override {
    return Do([&] { return real_->CreateDirectories(path); });
  }
  Status Rename(const std::string& from, const std::string& to) override {
    return Do([&] { return real_->Rename(from, to); });
  }
  Status RenameNew(const std::string& from, const std::string& to) override {
    return Do([&] { return real_->RenameNew(from, to); });
  }
  Status Exchange(const std::string& a, const std::string& b) override {
    if (!has_exchange) return Unsupported("atomic exchange on this file system");
    return Do([&] { return real_->Exchange(a, b); });
  }
  Status RemoveAll(const std::string& path) override {
    return Do([&] { return real_->RemoveAll(path); });
  }
  Status WriteFile(const std::string& path, std::string_view content) override {
    return Do([&] { return real_->WriteFile(path, content); });
  }
  // A kill loses nothing that was written: only a power cut needs the real sync.
  Status Sync(const std::string& path) override {
    return Do([&]() -> Status {
      if (!fs::exists(path)) return InvalidInput("cannot sync " + path);
      return {};
    });
  }

  int allowed = 1 << 30;  // operations until the kill
  int done = 0;
  bool has_exchange = true;

 private:
  template <typename Operation>
  Status Do(Operation operation) {
    if (done >= allowed) return InvalidInput("killed");
    ++done;
    return operation();
  }
  std::unique_ptr<FileOperations> real_ = MakeLocalFileOperations();
};

class LocalStoreTest : public testing::Test {
 protected:
  LocalStoreTest() {
    char name[] = "/tmp/ember-store-XXXXXX";
    folder_ = mkdtemp(name);
    target_ = folder_ + "/out";
  }
  ~LocalStoreTest() override { fs::remove_all(folder_); }

  static void Put(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path) << text;
  }

  // Content of every file below the target, or of a path into or around it, as a reader through
  // Ember sees it.
  std::string Content(const std::string& path = "") {
    auto operations = MakeLocalFileOperations();
    auto store = MakeLocalStore(*operations);
    std::string text;
    const auto files = store->List(path.empty() ? target_ : path);
    if (!files.ok()) return files.error().condition;
    for (const FileInfo& file : *files) {
      std::ifstream in(file.path);
      text += fs::relative(file.path, target_).string() + "=" +
              std::string(std::istreambuf_iterator<char>(in), {}) + ";";
    }
    return text;
  }

  void MakeOld() {
    fs::remove_all(folder_);
    Put(target_ + "/p=1/a", "old1");
    Put(target_ + "/p=2/b", "old2");
  }

  // One write under `operations`; whether its commit said that it succeeded.
  bool Write(FileOperations& operations, CommitKind kind) {
    auto store = MakeLocalStore(operations);
    auto staged = store->BeginWrite(target_, kind);
    if (!staged.ok()) return false;
    std::error_code error;
    if (!fs::exists((*staged)->staging_directory(), error)) return false;
    Put((*staged)->staging_directory() + "/p=2/c", "new2");
    Put((*staged)->staging_directory() + "/p=3/d", "new3");
    return (*staged)->Commit().ok();
  }

  void ExpectNoLeftovers() {
    for (const auto& entry : fs::directory_iterator(folder_))
      EXPECT_EQ(entry.path().string(), target_);
  }

  // Kills the write before each of its operations: what a later reader sees is all old or all new.
  void KillEverywhere(CommitKind kind, const std::string& expected_new, bool has_exchange = true) {
    MakeOld();
    KilledOperations whole;
    whole.has_exchange = has_exchange;
    ASSERT_TRUE(Write(whole, kind));
    EXPECT_EQ(Content(), expected_new);
    for (int allowed = 0; allowed < whole.done; ++allowed) {
      MakeOld();
      KilledOperations killed;
      killed.has_exchange = has_exchange;
      killed.allowed = allowed;
      const bool committed = Write(killed, kind);
      const std::string content = Content();
      EXPECT_TRUE(content == "p=1/a=old1;p=2/b=old2;" || content == expected_new)
          << allowed << ": " << content;
      if (committed) {
        EXPECT_EQ(content, expected_new) << allowed;
      }
      ExpectNoLeftovers();
    }
  }

  std::string folder_;
  std::string target_;
};

TEST_F(LocalStoreTest, OverwriteIsAllOrNothing) {
  KillEverywhere(CommitKind::kReplaceAll, "p=2/c=new2;p=3/d=new3;");
}

TEST_F(LocalStoreTest, OverwriteWithoutExchangeIsAllOrNothing) {
  KillEverywhere(CommitKind::kReplaceAll, "p=2/c=new2;p=3/d=new3;", false);
}

TEST_F(LocalStoreTest, AppendIsAllOrNothing) {
  KillEverywhere(CommitKind::kAppend, "p=1/a=old1;p=2/b=old2;p=2/c=new2;p=3/d=new3;");
}

TEST_F(LocalStoreTest, DynamicOverwriteIsAllOrNothing) {
  KillEverywhere(CommitKind::kReplacePartitions, "p=1/a=old1;p=2/c=new2;p=3/d=new3;");
}

TEST_F(LocalStoreTest, EveryWayToTheFilesRecovers) {
  const std::vector<std::pair<std::string, std::string>> readers = {
      {target_ + "/p=2", "p=2/c=new2;"},
      {target_ + "/p=*", "p=1/a=old1;p=2/c=new2;p=3/d=new3;"},
      {folder_ + "/o*/p=3", "p=3/d=new3;"},
      {folder_, "p=1/a=old1;p=2/c=new2;p=3/d=new3;"}};
  for (const auto& [path, expected_new] : readers) {
    MakeOld();
    const std::string expected_old = path.ends_with("p=3")   ? "PATH_NOT_FOUND"
                                     : path.ends_with("p=2") ? "p=2/b=old2;"
                                                             : "p=1/a=old1;p=2/b=old2;";
    KilledOperations whole;
    ASSERT_TRUE(Write(whole, CommitKind::kReplacePartitions));
    for (int allowed = 0; allowed < whole.done; ++allowed) {
      MakeOld();
      KilledOperations killed;
      killed.allowed = allowed;
      Write(killed, CommitKind::kReplacePartitions);
      const std::string content = Content(path);
      EXPECT_TRUE(content == expected_old || content == expected_new)
          << path << " " << allowed << ": " << content;
      ExpectNoLeftovers();
    }
  }
}

// The recovery itself is killed before each of its operations; the next one still finishes.
TEST_F(LocalStoreTest, RecoverCanBeKilled) {
  const std::string expected_new = "p=1/a=old1;p=2/c=new2;p=3/d=new3;";
  KilledOperations whole;
  MakeOld();
  ASSERT_TRUE(Write(whole, CommitKind::kReplacePartitions));
  for (int allowed = 0; allowed < whole.done; ++allowed) {
    bool is_recovered = false;
    for (int recovering = 0; !is_recovered; ++recovering) {
      MakeOld();
      KilledOperations killed;
      killed.allowed = allowed;
      Write(killed, CommitKind::kReplacePartitions);
      KilledOperations recovery;
      recovery.allowed = recovering;
      is_recovered = MakeLocalStore(recovery)->Recover(target_).ok();
      const std::string content = Content();
      EXPECT_TRUE(content == "p=1/a=old1;p=2/b=old2;" || content == expected_new)
          << allowed << " " << recovering << ": " << content;
      ExpectNoLeftovers();
    }
  }
}

// A writer that had begun before fills a partition which a killed one had moved away already.
TEST_F(LocalStoreTest, AnotherWriterBeforeTheRecovery) {
  MakeOld();
  KilledOperations whole;
  ASSERT_TRUE(Write(whole, CommitKind::kReplacePartitions));
  for (int allowed = 0; allowed < whole.done; ++allowed) {
    MakeOld();
    auto operations = MakeLocalFileOperations();
    auto store = MakeLocalStore(*operations);
    auto other = store->BeginWrite(target_, CommitKind::kAppend);
    ASSERT_TRUE(other.ok());
    Put((*other)->staging_directory() + "/p=2/e", "other");
    KilledOperations killed;
    killed.allowed = allowed;
    Write(killed, CommitKind::kReplacePartitions);
    ASSERT_TRUE((*other)->Commit().ok()) << allowed;
    other->reset();
    const std::string content = Content();
    EXPECT_TRUE(content == "p=1/a=old1;p=2/b=old2;p=2/e=other;" ||
                content == "p=1/a=old1;p=2/c=new2;p=3/d=new3;" ||
                content == "p=1/a=old1;p=2/c=new2;p=2/e=other;p=3/d=new3;")
        << allowed << ": " << content;
    ExpectNoLeftovers();
  }
}

TEST_F(LocalStoreTest, CreateWantsNothingThere) {
  MakeOld();
  auto operations = MakeLocalFileOperations();
  auto store = MakeLocalStore(*operations);
  auto staged = store->BeginWrite(target_, CommitKind::kCreate);
  ASSERT_TRUE(staged.ok());
  EXPECT_EQ((*staged)->Commit().error().condition, "PATH_ALREADY_EXISTS");
}

TEST_F(LocalStoreTest, OfManyCreatorsOneWins) {
  auto operations = MakeLocalFileOperations();
  auto store = MakeLocalStore(*operations);
  std::atomic<int> winners = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&, i] {
      auto staged = store->BeginWrite(target_, CommitKind::kCreate);
      ASSERT_TRUE(staged.ok());
      Put((*staged)->staging_directory() + "/f", std::to_string(i));
      if ((*staged)->Commit().ok()) ++winners;
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(winners, 1);
  ExpectNoLeftovers();
}

TEST_F(LocalStoreTest, RecoverLeavesLivingWritersAlone) {
  auto operations = MakeLocalFileOperations();
  auto store = MakeLocalStore(*operations);
  auto staged = store->BeginWrite(target_, CommitKind::kCreate);
  ASSERT_TRUE(staged.ok());
  Put((*staged)->staging_directory() + "/f", "x");
  ASSERT_TRUE(store->Recover(target_).ok());
  ASSERT_TRUE((*staged)->Commit().ok());
  EXPECT_EQ(Content(), "f=x;");
}

TEST_F(LocalStoreTest, ListsWithGlobsAndWithoutHiddenFiles) {
  Put(folder_ + "/a/1.csv", "");
  Put(folder_ + "/a/_SUCCESS", "");
  Put(folder_ + "/a/.x", "");
  Put(folder_ + "/b/_p=1/2.csv", "");
  auto operations = MakeLocalFileOperations();
  auto store = MakeLocalStore(*operations);
  const auto names = [&](const std::string& path) {
    std::string text;
    auto files = store->List(path);
    if (!files.ok()) return files.error().condition + " " + files.error().parameters.at("path");
    for (const FileInfo& file : *files) text += fs::relative(file.path, folder_).string() + " ";
    return text;
  };
  EXPECT_EQ(names(folder_), "a/1.csv b/_p=1/2.csv ");
  EXPECT_EQ(names("file:" + folder_ + "/{a,c}/*.csv"), "a/1.csv ");
  EXPECT_EQ(names(folder_ + "/[a-b]/*"), "a/1.csv b/_p=1/2.csv ");
  EXPECT_EQ(names(folder_ + "/none"), "PATH_NOT_FOUND file:" + folder_ + "/none");
  EXPECT_EQ(names(folder_ + "/none*"), "PATH_NOT_FOUND file:" + folder_ + "/none*");
}

}  // namespace
}  // namespace ember
