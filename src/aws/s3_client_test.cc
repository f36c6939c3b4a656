#include "aws/s3_client.h"

#include <gtest/gtest.h>

#include "aws/s3_xml.h"
#include "aws/scripted_host.h"

namespace ember {
namespace {

HttpResponse FaultAnswer(int status, const std::string& code, const std::string& region = "") {
  return {.status = status,
          .body = "<Error><Code>" + code + "</Code><Message>m</Message><Region>" + region +
                  "</Region></Error>"};
}

class S3Calls : public testing::Test {
 protected:
  ScriptedHost host;
  std::vector<Result<HttpResponse>> answers;
  ScriptedHttp http{[this](const HttpRequest&) {
    return answers[std::min(http.sent.size(), answers.size()) - 1];
  }};

  S3Client Client(S3UrlStyle style = S3UrlStyle::kPath, bool is_aws = false) {
    S3Settings settings = {.bucket = "b",
                           .endpoint = is_aws ? "https://s3.us-east-1.amazonaws.com" : "http://e:1",
                           .is_aws = is_aws,
                           .region = "us-east-1",
                           .url_style = style};
    return S3Client(
        http, host,
        MakeStaticCredentials({.access_key_id = "AK", .secret_access_key = "TOPSECRET"}), settings);
  }
  std::string SentHeader(size_t i, const char* name) {
    const std::string* value = FindHttpHeader(http.sent[i].headers, name);
    return value == nullptr ? "" : *value;
  }
};

TEST_F(S3Calls, EncodeKeysOnce) {
  answers = {HttpResponse{.status = 204}};
  ASSERT_TRUE(Client().Delete("a b/é+%").ok());
  EXPECT_EQ(http.sent[0].url, "http://e:1/b/a%20b/%C3%A9%2B%25");
  ASSERT_TRUE(Client(S3UrlStyle::kVirtualHost).Delete("k").ok());
  EXPECT_EQ(http.sent[1].url, "http://b.e:1/k");
}

TEST_F(S3Calls, SayHowTheServiceEncrypts) {
  S3Settings settings = {.bucket = "b", .endpoint = "http://e:1", .is_aws = false};
  settings.url_style = S3UrlStyle::kPath;
  settings.encryption = {.algorithm = "aws:kms", .key_id = "the-key"};
  S3Client client(http, host, MakeStaticCredentials({.source = "none", .is_anonymous = true}),
                  settings);
  answers = {HttpResponse{.status = 200, .headers = {{"ETag", "\"e\""}}},
             HttpResponse{.status = 200, .body = "<C><ETag>e</ETag></C>"},
             HttpResponse{.status = 200, .body = "<I><UploadId>u</UploadId></I>"},
             HttpResponse{.status = 200, .headers = {{"ETag", "\"p\""}}}};
  ASSERT_TRUE(client.Put("k", {.text = "x"}).ok());
  ASSERT_TRUE(client.Copy({.bucket = "b", .key = "k", .etag = ""}, "c").ok());
  Result<S3Upload> upload = client.CreateUpload("u");
  ASSERT_TRUE(upload.ok());
  ASSERT_TRUE(client.UploadPart(*upload, 1, {.text = "x"}).ok());
  for (const size_t i : {0, 1, 2}) {
    EXPECT_EQ(SentHeader(i, "x-amz-server-side-encryption"), "aws:kms") << i;
    EXPECT_EQ(SentHeader(i, "x-amz-server-side-encryption-aws-kms-key-id"), "the-key") << i;
  }
  EXPECT_EQ(SentHeader(3, "x-amz-server-side-encryption"), "");
}

TEST_F(S3Calls, ListAllPages) {
  const auto page = [](const std::string& inner) {
    return HttpResponse{.status = 200,
                        .body =
                            "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\">"
                            "<EncodingType>url</EncodingType>" +
                            inner + "</ListBucketResult>"};
  };
  answers = {
      page("<IsTruncated>true</IsTruncated><NextContinuationToken>t/1=</NextContinuationToken>"
           "<Contents><Key>a+b%2Bc</Key><Size>5</Size><ETag>&quot;e&quot;</ETag>"
           "<LastModified>2023-11-14T22:13:20.000Z</LastModified></Contents>"),
      page("<IsTruncated>false</IsTruncated><CommonPrefixes><Prefix>p%20q%2F</Prefix>"
           "</CommonPrefixes>")};
  S3Client client = Client();
  Result<S3Listing> listing = client.List({.prefix = "a", .delimiter = "/"});
  ASSERT_TRUE(listing.ok()) << listing.error().ToString();
  EXPECT_EQ(
      listing->objects,
      (std::vector<S3Object>{
          {.key = "a b+c", .size = 5, .modified_us = int64_t{1700000000} * 1000000, .etag = "e"}}));
  EXPECT_EQ(listing->prefixes, (std::vector<std::string>{"p q/"}));
  EXPECT_EQ(http.sent[1].url,
            "http://e:1/b?list-type=2&encoding-type=url&prefix=a&delimiter=%2F&"
            "continuation-token=t%2F1%3D");
  answers = {HttpResponse{.status = 200, .body = "<html>"}};
  EXPECT_EQ(client.List({}).error().condition, "EMBER_AWS.INVALID_ANSWER");
}

TEST_F(S3Calls, KnowTheirOwnConditionalWriteAgain) {
  // The first try was cut off after the server had acted; the second meets its own object.
  S3Client client = Client();
  ScriptedHttp scripted([&](const HttpRequest& request) -> Result<HttpResponse> {
    static std::string mark;
    if (request.method == "HEAD") {
      return HttpResponse{.status = 200,
                          .headers = {{"X-Amz-Meta-Ember-Write", mark}, {"ETag", "\"mine\""}}};
    }
    mark = *FindHttpHeader(request.headers, "x-amz-meta-ember-write");
    if (scripted.sent.size() == 1) return ConnectionFailure("BROKEN");
    return FaultAnswer(412, "PreconditionFailed");
  });
  S3Client again(scripted, host,
                 MakeStaticCredentials({.access_key_id = "AK", .secret_access_key = "s"}),
                 client.settings());
  Result<std::string> etag = again.Put("k", {.text = "x"}, {.condition = {.is_absent = true}});
  ASSERT_TRUE(etag.ok()) << etag.error().ToString();
  EXPECT_EQ(*etag, "mine");
  answers = {FaultAnswer(412, "PreconditionFailed"),
             HttpResponse{.status = 200, .headers = {{"x-amz-meta-ember-write", "another's"}}}};
  Result<std::string> refused = client.Put("k", {.text = "x"}, {.condition = {.is_absent = true}});
  EXPECT_EQ(ServiceStatusOf(refused.error()), 412);
  EXPECT_EQ(SentHeader(0, "If-None-Match"), "*");
}

TEST_F(S3Calls, FindAFaultInACompletedUpload) {
  answers = {FaultAnswer(200, "InternalError"),
             HttpResponse{.status = 200,
                          .body = "<CompleteMultipartUploadResult><ETag>\"e-1\"</ETag>"
                                  "</CompleteMultipartUploadResult>"}};
  const S3Upload upload = {.key = "k", .id = "u/1"};
  Result<std::string> etag =
      Client().CompleteUpload(upload, {{.number = 1, .etag = "p1", .size = 5}});
  ASSERT_TRUE(etag.ok()) << etag.error().ToString();
  EXPECT_EQ(*etag, "e-1");
  EXPECT_EQ(http.sent[1].url, "http://e:1/b/k?uploadId=u%2F1");
  EXPECT_NE(http.sent[1].body.find("<Part><PartNumber>1</PartNumber><ETag>\"p1\"</ETag></Part>"),
            std::string::npos)
      << http.sent[1].body;
}

TEST_F(S3Calls, CountAnUploadThatIsTheObjectAsDone) {
  answers = {FaultAnswer(404, "NoSuchUpload"),
             HttpResponse{.status = 200,
                          .headers = {{"x-amz-meta-ember-write", "w"}, {"ETag", "\"e-2\""}}}};
  EXPECT_EQ(*Client().CompleteUpload({.key = "k", .id = "u", .write_id = "w"}, {}), "e-2");
  EXPECT_EQ(
      ServiceCodeOf(Client().CompleteUpload({.key = "k", .id = "u", .write_id = "v"}, {}).error()),
      "");
}

TEST_F(S3Calls, MoveToTheBucketsRegion) {
  answers = {FaultAnswer(301, "PermanentRedirect", "eu-west-1"), HttpResponse{.status = 204}};
  S3Client client = Client(S3UrlStyle::kVirtualHost, true);
  ASSERT_TRUE(client.Delete("k").ok());
  EXPECT_EQ(http.sent[1].url, "https://b.s3.eu-west-1.amazonaws.com/k");
  EXPECT_NE(SentHeader(1, "Authorization").find("/eu-west-1/s3/"), std::string::npos);
  ASSERT_TRUE(client.Delete("k").ok());
  EXPECT_EQ(http.sent[2].url, "https://b.s3.eu-west-1.amazonaws.com/k");
  answers = {FaultAnswer(301, "PermanentRedirect", "evil.example/")};
  EXPECT_FALSE(client.Delete("k").ok());
  EXPECT_EQ(http.sent.size(), 4u);
}

TEST_F(S3Calls, GoOnWhereAReadBroke) {
  ScriptedHttp scripted([&](const HttpRequest& request) -> Result<HttpResponse> {
    EXPECT_EQ(*FindHttpHeader(request.headers, "If-Match"), "\"e\"");
    if (scripted.sent.size() > 1) {
      EXPECT_EQ(*FindHttpHeader(request.headers, "Range"), "bytes=13-19");
      return HttpResponse{.status = 206, .body = "3456789"};
    }
    EXPECT_EQ(*FindHttpHeader(request.headers, "Range"), "bytes=10-19");
    EXPECT_TRUE(request.sink("012").ok());
    return ConnectionFailure("BROKEN");
  });
  S3Client client(scripted, host,
                  MakeStaticCredentials({.access_key_id = "AK", .secret_access_key = "s"}),
                  Client().settings());
  std::string text;
  const auto sink = [&](std::string_view piece) {
    text += piece;
    return Status();
  };
  ASSERT_TRUE(client.Get("k", {.offset = 10, .size = 10}, "e", sink).ok());
  EXPECT_EQ(text, "0123456789");
}

TEST_F(S3Calls, DeleteOneByOneWhatABatchLeaves) {
  answers = {HttpResponse{.status = 200,
                          .body = "<DeleteResult><Error><Key>b</Key><Code>InternalError</Code>"
                                  "<Message/></Error></DeleteResult>"},
             HttpResponse{.status = 204}};
  ASSERT_TRUE(Client().DeleteAll({"a", "b", "c"}).ok());
  ASSERT_EQ(http.sent.size(), 2u);
  EXPECT_EQ(
      http.sent[0].body,
      "<?xml version=\"1.0\"?>"
      "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Quiet>true</Quiet>"
      "<Object><Key>a</Key></Object><Object><Key>b</Key></Object><Object><Key>c</Key></Object>"
      "</Delete>");
  EXPECT_EQ(http.sent[1].url, "http://e:1/b/b");
}

TEST(S3Xml, EscapesKeys) {
  const std::vector<std::string> keys = {"a<&>\"'", " x "};
  EXPECT_NE(S3DeleteXml(keys).find("<Key>a&lt;&amp;&gt;\"'</Key>"), std::string::npos);
  EXPECT_NE(S3DeleteXml(keys).find("<Key> x </Key>"), std::string::npos);
  EXPECT_FALSE(IsXmlText("a\x01"));
}

}  // namespace
}  // namespace ember
