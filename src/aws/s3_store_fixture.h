#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "aws/local_s3_server.h"
#include "aws/s3_store.h"

namespace ember {

using NameSet = std::set<std::string>;

/// Tests of the store over a real S3 server.
class S3StoreTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = LocalS3Server::Start().release(); }
  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }
  void SetUp() override {
    ASSERT_NE(server_, nullptr) << "no S3 server: run tools/setup/s3_server.sh";
    http = *MakeCurlHttpClient();
    clients = Clients(*http);
    store = MakeS3Store(clients);
  }

  std::shared_ptr<S3Clients> Clients(HttpClient& through) {
    return std::make_shared<S3Clients>(
        through, *host,
        std::map<std::string, std::string>{{"fs.s3a.access.key", "test"},
                                           {"fs.s3a.secret.key", "testsecret"},
                                           {"fs.s3a.endpoint", server_->url()}});
  }
  S3Client& Client() { return **clients->For("bucket"); }

  void Put(const std::string& key, const std::string& text = "x") {
    Result<std::string> put = Client().Put(key, {.text = text});
    ASSERT_TRUE(put.ok()) << put.error().ToString();
  }

  // Names below a path without the path, or the error's condition.
  std::set<std::string> Names(const std::string& path) {
    Result<std::vector<FileInfo>> files = store->List(path);
    if (!files.ok()) return {files.error().condition};
    std::set<std::string> names;
    for (const FileInfo& file : *files) {
      EXPECT_TRUE(file.path.starts_with("s3://bucket/")) << file.path;
      names.insert(file.path.substr(12));
    }
    return names;
  }

  // Stages files with these names; the content is the name.
  static Status Write(Store& into, const std::string& target, CommitKind kind,
                      const std::vector<std::string>& names) {
    ASSIGN_OR_RETURN(std::unique_ptr<StagedWrite> write, into.BeginWrite(target, kind));
    for (const std::string& name : names) {
      const std::filesystem::path path = std::filesystem::path(write->staging_directory()) / name;
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path) << (name == "_SUCCESS" ? "" : name);
    }
    return write->Commit();
  }

  inline static LocalS3Server* server_ = nullptr;
  std::unique_ptr<HttpClient> http;
  std::unique_ptr<AwsHost> host = MakeSystemAwsHost();
  std::shared_ptr<S3Clients> clients;
  std::unique_ptr<Store> store;
};

}  // namespace ember
