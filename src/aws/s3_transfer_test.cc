// Transfers whose sizes no test by hand would wait for; the verbs are tested in tests/e2e.

#include "aws/s3_transfer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "aws/content_checksum.h"
#include "aws/local_s3_server.h"

namespace ember {
namespace {

class Silent final : public TransferObserver {
 public:
  void BytesMoved(int64_t moved) override { bytes += moved; }
  void FileFinished(const TransferFile&) override { ++files; }
  std::atomic<int64_t> bytes = 0;
  std::atomic<int> files = 0;
};

class S3TransferTest : public testing::Test {
 protected:
  void SetUp() override {
    server = LocalS3Server::Start();
    ASSERT_NE(server, nullptr) << "no S3 server: run tools/setup/s3_server.sh";
    http = *MakeCurlHttpClient();
    clients = std::make_unique<S3Clients>(
        *http, *host,
        std::map<std::string, std::string>{{"fs.s3a.access.key", "test"},
                                           {"fs.s3a.secret.key", "testsecret"},
                                           {"fs.s3a.endpoint", server->url()}});
  }
  TransferReport Run(const TransferRequest& request) {
    Silent observer;
    Result<TransferPlan> plan = PlanTransfer(*clients, request, {});
    if (!plan.ok()) {
      ADD_FAILURE() << plan.error().ToString();
      return {};
    }
    Result<TransferReport> report = RunTransfer(*clients, request, *plan, observer, {});
    if (!report.ok()) {
      ADD_FAILURE() << report.error().ToString();
      return {};
    }
    EXPECT_EQ(observer.bytes, plan->bytes);
    EXPECT_EQ(observer.files, static_cast<int>(plan->files.size()));
    return *report;
  }
  static std::string TextOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::unique_ptr<LocalS3Server> server;
  std::unique_ptr<HttpClient> http;
  std::unique_ptr<AwsHost> host = MakeSystemAwsHost();
  std::unique_ptr<S3Clients> clients;
};

TEST_F(S3TransferTest, CopiesLargeObjectsInParts) {
  std::string text;
  for (int i = 0; text.size() < (13 << 20); ++i) text += std::to_string(i) + "\n";
  const std::string file = server->folder() + "/file";
  std::ofstream(file) << text;
  constexpr int64_t kFive = int64_t{5} << 20;
  EXPECT_EQ(Run({.from = {file}, .to = "s3://bucket/a", .part_size = kFive}).files, 1);
  std::shared_ptr<S3Client> client = *clients->For("bucket");
  // An object with metadata of its user's: a copy in parts keeps them.
  Result<S3Upload> upload =
      client->CreateUpload("a", {.metadata = {{"owner", "desk 7"}},
                                 .content_headers = {{"content-type", "text/csv; charset=utf-8"},
                                                     {"cache-control", "no-store"}}});
  ASSERT_TRUE(upload.ok()) << upload.error().ToString();
  std::vector<S3Part> parts(3);
  for (int i = 0; i < 3; ++i) {
    const HttpFileRange range = {
        file, i * kFive, std::min<int64_t>(kFive, static_cast<int64_t>(text.size()) - i * kFive)};
    parts[i] = *client->UploadPart(*upload, i + 1, {.file = range});
  }
  ASSERT_TRUE(client->CompleteUpload(*upload, parts).ok());
  EXPECT_EQ(Run({.from = {"s3://bucket/a"}, .to = "s3://bucket/b", .copy_limit = kFive}).files, 1);
  const std::optional<S3Object> copied = *client->Head("b");
  EXPECT_EQ(copied->metadata.at("owner"), "desk 7");
  EXPECT_EQ(copied->content_headers.at("content-type"), "text/csv; charset=utf-8");
  EXPECT_EQ(copied->content_headers.at("cache-control"), "no-store");
  EXPECT_NE(copied->metadata, client->Head("a")->value().metadata);  // the mark is its own
  EXPECT_EQ(Run({.from = {"s3://bucket/b"}, .to = server->folder() + "/back"}).unverified, 0);
  EXPECT_EQ(TextOf(server->folder() + "/back"), text);
  EXPECT_TRUE(client->ListUploads("")->empty());
  const std::string etag = (*client->Head("a"))->etag;
  EXPECT_EQ(etag, *EtagOfFile(file, static_cast<int64_t>(text.size()), kFive));
}

TEST(ContentChecksum, KnowsContentByItsEtag) {
  std::string path = "/tmp/ember_etag_XXXXXX";
  close(mkstemp(path.data()));
  const std::string text(11 << 20, 'z');
  std::ofstream(path) << text;
  const auto size = static_cast<int64_t>(text.size());
  for (const int64_t part : {int64_t{0}, int64_t{5} << 20, int64_t{8} << 20}) {
    const std::string etag = *EtagOfFile(path, size, part);
    EXPECT_EQ(*MatchesEtag(path, size, etag, 0), ContentMatch::kSame) << etag;
    EXPECT_EQ(*MatchesEtag(path, size, etag, part), ContentMatch::kSame) << etag;
  }
  EXPECT_EQ(*MatchesEtag(path, size, "0123456789abcdef0123456789abcdef", 0), ContentMatch::kOther);
  EXPECT_EQ(*MatchesEtag(path, size, "0123456789abcdef0123456789abcdef-2", 0),
            ContentMatch::kUnknown);
  EXPECT_EQ(*MatchesEtag(path, size, "0123456789abcdef0123456789abcdef-2", int64_t{8} << 20),
            ContentMatch::kOther);
  EXPECT_EQ(*MatchesEtag(path, size, "of another service", 0), ContentMatch::kUnknown);
  std::filesystem::remove(path);
}

TEST(ContentChecksum, StaysWithinTenThousandParts) {
  constexpr int64_t kEight = int64_t{8} << 20;
  EXPECT_EQ(UploadPartSize(1, kEight), kEight);
  EXPECT_EQ(UploadPartSize(kEight * 10000, kEight), kEight);
  const int64_t large = int64_t{5} << 40;
  EXPECT_LE(large / UploadPartSize(large, kEight), 10000);
  EXPECT_FALSE(ParseContentEtag("x").has_value());
}

}  // namespace
}  // namespace ember
