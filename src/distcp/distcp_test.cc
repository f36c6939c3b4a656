// What needs no S3: keys, names, cuts, parts, gzip, manifests, and copies between local folders.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "distcp/dist_copy.h"
#include "distcp/grouping.h"
#include "distcp/manifest.h"
#include "distcp/part_plan.h"
#include "gzip/gzip_stream.h"

namespace ember {
namespace {

constexpr int64_t kMib = int64_t{1} << 20;

std::optional<std::string> KeyOf(std::string_view pattern, std::string_view path) {
  Result<PathPattern> made = PathPattern::Make("--group-by", pattern);
  if (!made.ok()) return "refused";
  return made->Key(path);
}

TEST(GroupingTest, KeysAreWhatTheGroupsMatchJoined) {
  const std::string path = "s3://bucket/daily/AAPL/2024-01-02.csv";
  EXPECT_EQ(KeyOf(R"(.*/(\d{4})-.*)", path), "2024");
  EXPECT_EQ(KeyOf(R"(.*/(\w+)/(\d{4})-(\d\d).*)", path), "AAPL202401");
  EXPECT_EQ(KeyOf(R"(.*/(\d{4})-.*\.(csv))", path), "2024csv");
  // A nested group counts as one of its own; one that takes no part is Java's "null".
  EXPECT_EQ(KeyOf(R"(.*/((\d{4})-\d\d).*)", path), "2024-012024");
  EXPECT_EQ(KeyOf(R"(.*/(\d{4})-.*|.*(x))", path), "2024null");
  // The whole path has to match.
  EXPECT_EQ(KeyOf(R"((\d{4})-)", path), std::nullopt);
  EXPECT_EQ(KeyOf(R"(.*(\d{4})-\d\d)", path), std::nullopt);
  EXPECT_EQ(KeyOf(R"(.*/(\d{5}).*|.*)", path), "null");
  EXPECT_EQ(KeyOf(R"(.*(z*)\.csv)", path), std::nullopt) << "an empty key is none";
  EXPECT_EQ(KeyOf("(", path), "refused");
  EXPECT_EQ(KeyOf("a)(b", path), "refused");
  // Java's classes.
  EXPECT_EQ(KeyOf(R"(.*/(\p{Upper}+)/.*)", path), "AAPL");
  EXPECT_EQ(KeyOf(R"(.*/(?<name>[A-Z]+)/.*)", path), "AAPL");
}

TEST(GroupingTest, Names) {
  EXPECT_EQ(GroupName("2024"), "2024");
  EXPECT_EQ(GroupName("s3://bucket/a/b.csv"), "b.csv");
  EXPECT_EQ(GroupName("10:30"), "30");
  EXPECT_EQ(GroupName("a/ b /"), "b");
  EXPECT_EQ(GroupName("/:"), "");
  EXPECT_EQ(ResultName("2024", 0, ""), "2024");
  EXPECT_EQ(ResultName("2024", 1, ""), "20241");
  EXPECT_EQ(ResultName("2024", 0, "gz"), "2024.gz");
  EXPECT_EQ(ResultName("2024", 2, "gz"), "20242.gz");
  EXPECT_EQ(ResultName("log.gz", 0, "gz"), "log.gz");
  EXPECT_EQ(ResultName("log.gz", 3, "gz"), "log3.gz");
  EXPECT_EQ(ResultName("a.csv.gz", 0, ""), "a.csv");
  EXPECT_EQ(ResultName("a.csv", 0, "gz"), "a.csv.gz");
  EXPECT_EQ(ResultName("a.csv", 0, "csv"), "a.csv");
  EXPECT_EQ(ResultName("2024", 1, "csv"), "20241.csv");
}

TEST(GroupingTest, CutsBehindTheFileThatReachesTheTarget) {
  using Ends = std::vector<size_t>;
  EXPECT_EQ(CutGroup({}, 10), Ends{});
  EXPECT_EQ(CutGroup({5, 5, 5}, 0), Ends{3});
  EXPECT_EQ(CutGroup({5, 5, 5}, 10), (Ends{2, 3}));
  EXPECT_EQ(CutGroup({9, 9, 1}, 10), (Ends{2, 3}));
  EXPECT_EQ(CutGroup({20, 1, 20}, 10), (Ends{1, 3}));
  EXPECT_EQ(CutGroup({0, 0}, 10), Ends{2});
}

void ExpectWhole(const UploadParts& parts, const std::vector<int64_t>& sizes) {
  std::vector<int64_t> done(sizes.size(), 0);
  size_t at = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    int64_t size = 0;
    for (const SourceSlice& slice : parts[i]) {
      EXPECT_GE(slice.source, at);
      at = slice.source;
      EXPECT_EQ(slice.offset, done[at]);
      EXPECT_GT(slice.size, 0);
      done[at] += slice.size;
      size += slice.size;
    }
    const bool is_last = i + 1 == parts.size();
    EXPECT_TRUE(is_last || size >= 5 * kMib);
    EXPECT_LE(size, int64_t{5} << 30);
  }
  EXPECT_EQ(done, sizes);
  EXPECT_LE(parts.size(), 10000U);
}

TEST(PartPlanTest, LargeSourcesStayWholeAndSmallOnesMeet) {
  const auto plan = [](const std::vector<int64_t>& sizes) {
    UploadParts parts = PlanUploadParts(sizes, 5 * kMib, 1024 * kMib);
    ExpectWhole(parts, sizes);
    return parts;
  };
  EXPECT_TRUE(plan({}).empty());
  EXPECT_TRUE(plan({0, 0}).empty());
  EXPECT_EQ(plan({100}).size(), 1U);
  EXPECT_EQ(plan({10 * kMib, 20 * kMib, 3}),
            (UploadParts{{{0, 0, 10 * kMib}}, {{1, 0, 20 * kMib}}, {{2, 0, 3}}}));
  // A small one takes what it lacks of the next, whose rest is large enough by itself.
  EXPECT_EQ(plan({kMib, 20 * kMib}),
            (UploadParts{{{0, 0, kMib}, {1, 0, 4 * kMib}}, {{1, 4 * kMib, 16 * kMib}}}));
  EXPECT_EQ(plan({4 * kMib, 4 * kMib, 4 * kMib}).size(), 3U);
  plan({3000 * kMib, 1, 1, 7 * kMib});
  plan({1024 * kMib + 1, 1024 * kMib + 6 * kMib});
  plan(std::vector<int64_t>(20000, 3 * kMib));
  plan(std::vector<int64_t>(15000, 6 * kMib));
  plan({int64_t{4} << 40});
}

TEST(GzipStreamTest, ThereAndBack) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += std::to_string(i * 7919) + "\n";
  const std::string once = *Gzip(text);
  EXPECT_LT(once.size(), text.size());
  EXPECT_EQ(*Gunzip(once), text);
  EXPECT_EQ(*Gunzip(*Gzip("")), "");
  EXPECT_EQ(*Gunzip(""), "");
  EXPECT_EQ(*Gunzip(once + *Gzip("and more") + *Gzip("")), text + "and more");
  EXPECT_EQ(*Gunzip(*Gzip("a") + std::string(20, '\0')), "a") << "as Java passes over padding";
  EXPECT_FALSE(Gunzip("no gzip at all").ok());
  EXPECT_FALSE(Gunzip(once.substr(0, once.size() - 3)).ok());
  std::string damaged = once;
  damaged[damaged.size() / 2] ^= 0x55;
  EXPECT_FALSE(Gunzip(damaged).ok());
  // Fed byte by byte, over the ends of members.
  std::string back;
  GzipReader reader([&](std::string_view piece) {
    back.append(piece);
    return Status();
  });
  for (const char c : *Gzip("first") + *Gzip("second")) ASSERT_TRUE(reader.Write({&c, 1}).ok());
  EXPECT_TRUE(reader.Finish().ok());
  EXPECT_EQ(back, "firstsecond");
}

TEST(ManifestTest, LinesOfJson) {
  const std::vector<ManifestEntry> entries = {
      {"s3://b/out/2024/a \"b\".csv", "2024/a \"b\".csv", "s3://b/out", 12},
      {"s3://b/out/ü", "ü", "s3://b/out", 0}};
  const std::string bytes = *ManifestText(entries);
  EXPECT_EQ(*ParseManifest(bytes, "m"), entries);
  EXPECT_EQ(Gunzip(bytes)->substr(0, 22), "{\"path\":\"s3://b/out/20");
  EXPECT_TRUE(ParseManifest(*Gzip("\n\n"), "m")->empty());
  EXPECT_FALSE(ParseManifest(*Gzip("{\"path\":\"x\"}\n"), "m").ok());
  EXPECT_FALSE(ParseManifest(*Gzip("x\n"), "m").ok());
  EXPECT_FALSE(ParseManifest("{}", "m").ok());
}

class Quiet final : public TransferObserver {
 public:
  void BytesMoved(int64_t moved) override { bytes += moved; }
  void FileFinished(const TransferFile&) override { ++files; }
  std::atomic<int64_t> bytes = 0;
  std::atomic<int> files = 0;
};

class DistCopyTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_NE(mkdtemp(folder_.data()), nullptr); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Put(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_ + "/in/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  static std::string TextOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::map<std::string, std::string> Out() const {
    std::map<std::string, std::string> all;
    std::error_code error;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_ + "/out", error)) {
      if (entry.is_regular_file()) {
        all[entry.path().lexically_relative(folder_ + "/out")] = TextOf(entry.path());
      }
    }
    return all;
  }
  DistCopyPlan Copy(DistCopyRequest request) {
    request.from = folder_ + "/in";
    request.to = folder_ + "/out";
    Result<DistCopyPlan> plan = PlanDistCopy(clients_, request, {});
    if (!plan.ok()) {
      error_ = plan.error().ToString();
      return {};
    }
    Quiet observer;
    const Status done = RunDistCopy(clients_, request, *plan, observer, {});
    error_ = done.ok() ? "" : done.error().ToString();
    if (done.ok()) {
      EXPECT_EQ(observer.bytes, plan->bytes);
      EXPECT_EQ(observer.files, plan->files);
    }
    return *std::move(plan);
  }
  using Files = std::map<std::string, std::string>;

  std::string folder_ = "/tmp/ember_dist_XXXXXX";
  std::string error_;
  std::unique_ptr<HttpClient> http_ = *MakeCurlHttpClient();
  std::unique_ptr<AwsHost> host_ = MakeSystemAwsHost();
  S3Clients clients_{*http_, *host_, {}};
};

TEST_F(DistCopyTest, GroupsInOrder) {
  Put("2023-12-31.csv", "c\n");
  Put("2024-01-02.csv", "a2\n");
  Put("2024-01-01.csv", "a1\n");
  Put("notes.txt", "n\n");
  const DistCopyPlan plan = Copy({.group_by = R"(.*/(\d{4})-.*\.csv)"});
  EXPECT_EQ(error_, "");
  EXPECT_EQ(Out(), (Files{{"2023", "c\n"}, {"2024", "a1\na2\n"}}));
  EXPECT_EQ(plan.left_out, 1);
  EXPECT_EQ(plan.files, 3);
  // Names that are taken stay what they are.
  Copy({.group_by = R"(.*/(\d{4})-.*\.csv)"});
  EXPECT_EQ(Out().size(), 4U);
  EXPECT_EQ(Out()["20241"], "a1\na2\n");
}

TEST_F(DistCopyTest, TargetSizeAndFolders) {
  for (int i = 0; i < 5; ++i) Put("day/x" + std::to_string(i) + ".log", "12345\n");
  const DistCopyPlan plan = Copy({.group_by = R"(.*/(x)\d\.(log))", .target_size = 12});
  EXPECT_EQ(Out(), (Files{{"day/xlog", "12345\n12345\n"},
                          {"day/xlog1", "12345\n12345\n"},
                          {"day/xlog2", "12345\n"}}));
  EXPECT_EQ(plan.manifest.size(), 5U);
}

TEST_F(DistCopyTest, Codecs) {
  Put("a1.csv.gz", *Gzip("1\n"));
  Put("a2.csv.gz", *Gzip("2\n"));
  const std::string by = R"(.*/(a)\d.*)";
  Copy({.group_by = by});
  EXPECT_EQ(Out()["a.gz"], *Gzip("1\n") + *Gzip("2\n"));
  Copy({.group_by = by, .codec = DistCopyCodec::kNone});
  EXPECT_EQ(Out()["a"], "1\n2\n");
  Put("a3.csv", "3\n");
  Copy({.group_by = by});
  EXPECT_NE(error_.find("compressed otherwise"), std::string::npos) << error_;
  Copy({.group_by = by, .codec = DistCopyCodec::kGzip});
  EXPECT_EQ(*Gunzip(Out()["a1.gz"]), "1\n2\n3\n");
  std::filesystem::remove_all(folder_ + "/out");
  Copy({.codec = DistCopyCodec::kNone});
  EXPECT_EQ(Out(), (Files{{"a1.csv", "1\n"}, {"a2.csv", "2\n"}, {"a3.csv", "3\n"}}));
  Copy({.codec = DistCopyCodec::kGzip});
  EXPECT_EQ(*Gunzip(Out()["a3.csv.gz"]), "3\n");
  Put("a4.csv.gz", "no gzip");
  Copy({.codec = DistCopyCodec::kNone});
  EXPECT_NE(error_.find("a4.csv.gz"), std::string::npos) << error_;
  Put("a4.csv.gz", *Gzip("4\n"));
  Put("a5.csv.lzo", "lzo");
  Copy({.codec = DistCopyCodec::kNone});
  EXPECT_NE(error_.find("a5.csv.lzo"), std::string::npos) << error_;
}

TEST_F(DistCopyTest, Headers) {
  Put("a1.csv", "t,p\nA,1");
  Put("a2.csv", "t,p\r\nA,2\n");
  Put("a3.csv", "");
  Put("a4.csv", "t,p\n");
  const std::string by = R"(.*/(a)\d.*)";
  DistCopyPlan plan = Copy({.group_by = by});
  ASSERT_EQ(plan.warnings.size(), 1U);
  EXPECT_NE(plan.warnings[0].find("--header"), std::string::npos);
  plan = Copy({.group_by = by, .header = DistCopyHeader::kFirstOnly});
  EXPECT_TRUE(plan.warnings.empty());
  EXPECT_EQ(Out()["a1"], "t,p\nA,1\nA,2\n");
  Put("a5.csv", "t,q\nA,5\n");
  Copy({.group_by = by, .header = DistCopyHeader::kFirstOnly});
  EXPECT_NE(error_.find("t,q"), std::string::npos) << error_;
  EXPECT_EQ(Out().size(), 2U) << "nothing of what failed is to be seen";
}

TEST_F(DistCopyTest, LinesWithoutEndAreSaid) {
  Put("a1.json", "{\"x\":1}");
  Put("a2.json", "{\"x\":2}\n");
  const DistCopyPlan plan = Copy({.group_by = R"(.*/(a)\d.*)"});
  ASSERT_EQ(plan.warnings.size(), 1U);
  EXPECT_NE(plan.warnings[0].find("has no end"), std::string::npos);
}

TEST_F(DistCopyTest, Manifests) {
  Put("d/a1.csv", "1\n");
  Put("d/a2.csv", "2\n");
  const std::string by = R"(.*/(a)\d.*)";
  Copy({.group_by = by, .output_manifest = "_m1.gz"});
  const std::vector<ManifestEntry> first = *ParseManifest(Out()["_m1.gz"], "m");
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0], (ManifestEntry{"file:" + folder_ + "/out/d/a1.csv", "d/a1.csv",
                                     "file:" + folder_ + "/out", 2}));
  Put("d/a3.csv", "3\n");
  const DistCopyPlan plan = Copy(
      {.group_by = by, .output_manifest = "_m2.gz", .previous_manifest = folder_ + "/out/_m1.gz"});
  EXPECT_EQ(plan.copied_before, 2);
  EXPECT_EQ(Out()["d/a"], "1\n2\n");
  EXPECT_EQ(Out()["d/a1"], "3\n");
  EXPECT_EQ(ParseManifest(Out()["_m2.gz"], "m")->size(), 3U);
  // Who copies from a manifest takes the files that it says were made.
  std::filesystem::remove_all(folder_ + "/out");
  Copy({.output_manifest = folder_ + "/m3.gz"});
  std::filesystem::rename(folder_ + "/out", folder_ + "/between");
  std::filesystem::create_directory(folder_ + "/out");
  Copy({.previous_manifest = folder_ + "/m3.gz", .copies_from_manifest = true});
  EXPECT_NE(error_.find("PATH_NOT_FOUND"), std::string::npos) << error_;
}

TEST_F(DistCopyTest, SourcesGoAtTheEndOnly) {
  Put("a1.csv", "1\n");
  Put("b.txt", "b");
  Copy({.src_pattern = R"(.*\.csv)", .deletes_sources = true});
  EXPECT_EQ(Out(), (Files{{"a1.csv", "1\n"}}));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/in/a1.csv"));
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/in/b.txt"));
}

TEST_F(DistCopyTest, WhatIsWrongIsSaid) {
  Put("a1.parquet", "x");
  Put("a2.parquet", "x");
  const auto said = [&](DistCopyRequest request, const std::string& part) {
    Copy(std::move(request));
    EXPECT_NE(error_.find(part), std::string::npos) << error_;
  };
  said({.group_by = ".*"}, "names the group");
  said({.group_by = "(.*"}, "regular expression");
  said({.src_pattern = "["}, "--src-pattern");
  said({.target_size = 5}, "--group-by");
  said({.copies_from_manifest = true}, "--previous-manifest");
  said({.group_by = R"(.*/(a)\d.*)"}, "ember compact");
  said({.group_by = R"(.*(/)a\d.*)"}, "no name");
  said({.previous_manifest = "/nowhere/m.gz"}, "PATH_NOT_FOUND");
  const DistCopyPlan none = Copy({.src_pattern = "a1"});
  ASSERT_EQ(none.warnings.size(), 1U);
  EXPECT_NE(none.warnings[0].find("whole paths"), std::string::npos);
}

}  // namespace
}  // namespace ember
