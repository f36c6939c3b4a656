// The client against a real server that verifies signatures (tools/setup/s3_server.sh).

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "aws/local_s3_server.h"
#include "aws/s3_client.h"

namespace ember {
namespace {

class S3Server : public testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = LocalS3Server::Start().release(); }
  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }

  void SetUp() override {
    ASSERT_NE(server_, nullptr) << "no S3 server: run tools/setup/s3_server.sh";
    auto made = MakeCurlHttpClient();
    ASSERT_TRUE(made.ok());
    http = *std::move(made);
  }

  S3Client Client(const std::string& secret = "testsecret", const std::string& bucket = "bucket",
                  const std::string& region = "us-east-1") {
    const S3Settings settings = {.bucket = bucket,
                                 .endpoint = server_->url(),
                                 .is_aws = false,
                                 .region = region,
                                 .url_style = S3UrlStyle::kPath};
    return S3Client(*http, *host,
                    MakeStaticCredentials({.access_key_id = "test", .secret_access_key = secret}),
                    settings);
  }
  static std::string TextOf(S3Client& client, const std::string& key, const S3Range& range = {}) {
    std::string text;
    const Status got = client.Get(key, range, "", [&](std::string_view piece) {
      text += piece;
      return Status();
    });
    return got.ok() ? text : got.error().ToString();
  }

  static LocalS3Server* server_;
  std::unique_ptr<HttpClient> http;
  std::unique_ptr<AwsHost> host = MakeSystemAwsHost();
};
LocalS3Server* S3Server::server_ = nullptr;

// Keys that break a signature that encodes them wrongly.
const std::vector<std::string> kHardKeys = {"plain",
                                            "with blank",
                                            "plus+sign",
                                            "per%cent",
                                            "a=b/c=d/x",
                                            "umlaut-äöü-日本",
                                            "quote'\"",
                                            "semi;colon,comma",
                                            "tilde~star*",
                                            "at@colon:",
                                            "and&amp;<tag>",
                                            "(par)[br]{c}",
                                            "year=2024/month=01/part-0.parquet"};

TEST_F(S3Server, TakesKeysAsTheyAre) {
  S3Client client = Client();
  for (const std::string& key : kHardKeys) {
    Result<std::string> etag = client.Put("hard/" + key, {.text = "content of " + key});
    ASSERT_TRUE(etag.ok()) << key << ": " << etag.error().ToString();
    EXPECT_EQ(TextOf(client, "hard/" + key), "content of " + key);
    Result<std::optional<S3Object>> head = client.Head("hard/" + key);
    ASSERT_TRUE(head.ok() && head->has_value()) << key;
    EXPECT_EQ((*head)->etag, *etag);
  }
  Result<S3Listing> listing = client.List({.prefix = "hard/"});
  ASSERT_TRUE(listing.ok()) << listing.error().ToString();
  std::vector<std::string> keys;
  for (const S3Object& object : listing->objects) keys.push_back(object.key.substr(5));
  std::vector<std::string> expected = kHardKeys;
  std::sort(expected.begin(), expected.end());
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(keys, expected);
  std::vector<std::string> all;
  for (const std::string& key : kHardKeys) all.push_back("hard/" + key);
  Status deleted = client.DeleteAll(all);
  ASSERT_TRUE(deleted.ok()) << deleted.error().ToString();
  EXPECT_TRUE(client.List({.prefix = "hard/"})->objects.empty());
}

TEST_F(S3Server, ListsByPagesAndFolders) {
  S3Client client = Client();
  for (int i = 0; i < 7; ++i) {
    ASSERT_TRUE(
        client.Put("pages/f" + std::to_string(i % 3) + "/k" + std::to_string(i), {.text = "x"})
            .ok());
  }
  Result<S3Listing> folders = client.List({.prefix = "pages/", .delimiter = "/"});
  ASSERT_TRUE(folders.ok());
  EXPECT_EQ(folders->prefixes, (std::vector<std::string>{"pages/f0/", "pages/f1/", "pages/f2/"}));
  EXPECT_TRUE(folders->objects.empty());
  EXPECT_EQ(client.List({.prefix = "pages/"})->objects.size(), 7u);
  EXPECT_EQ(client.List({.prefix = "pages/", .max_keys = 5})->objects.size(), 5u);
  EXPECT_TRUE(client.List({.prefix = "nothing/"})->objects.empty());
}

TEST_F(S3Server, ReadsRangesOfOneVersion) {
  S3Client client = Client();
  Result<std::string> etag = client.Put("range", {.text = "0123456789"});
  ASSERT_TRUE(etag.ok());
  EXPECT_EQ(TextOf(client, "range", {.offset = 2, .size = 3}), "234");
  EXPECT_EQ(TextOf(client, "range", {.offset = 7}), "789");
  EXPECT_EQ(*client.GetText("range", 4), "0123");
  ASSERT_TRUE(client.Put("empty", {}).ok());
  EXPECT_EQ(*client.GetText("empty", 4), "");
  const auto ignore = [](std::string_view) { return Status(); };
  EXPECT_TRUE(client.Get("range", {}, *etag, ignore).ok());
  EXPECT_EQ(ServiceStatusOf(client.Get("range", {}, "other", ignore).error()), 412);
  EXPECT_EQ(ServiceCodeOf(client.Get("missing", {}, "", ignore).error()), "NoSuchKey");
  EXPECT_FALSE(client.Head("missing")->has_value());
}

TEST_F(S3Server, CreatesOnlyOnce) {
  S3Client client = Client();
  const S3PutOptions once = {.condition = {.is_absent = true}, .checksum = S3Checksum::kSha256};
  ASSERT_TRUE(client.Put("once", {.text = "first"}, once).ok());
  EXPECT_EQ(ServiceStatusOf(client.Put("once", {.text = "second"}, once).error()), 412);
  EXPECT_EQ(*client.GetText("once", 100), "first");
}

TEST_F(S3Server, UploadsInParts) {
  S3Client client = Client();
  const std::string path = server_->folder() + "/parts";
  const int64_t part_size = int64_t{5} << 20;
  std::ofstream(path) << std::string(part_size, 'a') << std::string(part_size, 'b') << "tail";
  for (const S3Checksum checksum : {S3Checksum::kNone, S3Checksum::kSha256}) {
    Result<S3Upload> upload = client.CreateUpload("big", {.checksum = checksum});
    ASSERT_TRUE(upload.ok()) << upload.error().ToString();
    std::vector<S3Part> parts;
    for (int i = 0; i < 3; ++i) {
      const HttpFileRange range = {
          .path = path, .offset = i * part_size, .size = i < 2 ? part_size : 4};
      Result<S3Part> part = client.UploadPart(*upload, i + 1, {.file = range});
      ASSERT_TRUE(part.ok()) << part.error().ToString();
      parts.push_back(*part);
    }
    EXPECT_EQ(client.ListParts(*upload)->size(), 3u);
    ASSERT_EQ(client.ListUploads("bi")->size(), 1u);
    EXPECT_EQ(client.ListUploads("bi")->at(0).id, upload->id);
    Result<std::string> etag = client.CompleteUpload(*upload, parts);
    ASSERT_TRUE(etag.ok()) << etag.error().ToString();
    EXPECT_EQ(TextOf(client, "big", {.offset = part_size - 1, .size = 2}), "ab");
    EXPECT_EQ(TextOf(client, "big", {.offset = 2 * part_size}), "tail");
    Result<std::string> again = client.CompleteUpload(*upload, parts);
    EXPECT_TRUE(again.ok()) << again.error().ToString();
  }
  Result<S3Upload> aborted = client.CreateUpload("never");
  ASSERT_TRUE(aborted.ok());
  EXPECT_TRUE(client.AbortUpload(*aborted).ok());
  EXPECT_TRUE(client.AbortUpload(*aborted).ok());
  EXPECT_TRUE(client.ListUploads("")->empty());
  EXPECT_FALSE(client.Head("never")->has_value());
}

TEST_F(S3Server, CopiesWithinTheService) {
  S3Client client = Client();
  ASSERT_TRUE(client.Put("from a+b", {.text = "copied"}).ok());
  Result<std::string> etag = client.Copy({.bucket = "bucket", .key = "from a+b"}, "to");
  ASSERT_TRUE(etag.ok()) << etag.error().ToString();
  EXPECT_EQ(*client.GetText("to", 100), "copied");
}

TEST_F(S3Server, RefusesWhoIsNotAllowed) {
  S3Client wrong = Client("TOPSECRET-wrong");
  Result<S3Listing> refused = wrong.List({});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(ServiceCodeOf(refused.error()), "SignatureDoesNotMatch");
  EXPECT_EQ(refused.error().ToString().find("TOPSECRET"), std::string::npos);
  EXPECT_EQ(ServiceCodeOf(Client("testsecret", "no-such-bucket").List({}).error()), "NoSuchBucket");
}

}  // namespace
}  // namespace ember
