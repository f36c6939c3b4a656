#pragma once

// For tests: buckets in memory behind the HTTP seam, as far as logs and programs need them.

#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>

#include "aws/s3_client.h"
#include "aws/scripted_host.h"

namespace ember {

class MemoryS3 {
 public:
  struct Object {
    std::string text;
    int64_t modified_us = 0;
  };

  explicit MemoryS3(ScriptedHost& host) : host_(host) {}

  std::map<std::string, Object> objects;  // by key
  int denied_status = 0;                  // 403: every call is denied
  int puts = 0;

  S3Client Client() {
    S3Settings settings = {.bucket = "b", .endpoint = "http://e:1", .is_aws = false};
    settings.region = "us-east-1";
    settings.url_style = S3UrlStyle::kPath;
    return S3Client(
        http_, host_,
        MakeStaticCredentials({.access_key_id = "AK", .secret_access_key = "TOPSECRET"}), settings);
  }
  void Put(const std::string& key, const std::string& text) { objects[key] = {text, host_.now_us}; }

 private:
  static std::string Iso(int64_t time_us) {
    const auto seconds = static_cast<time_t>(time_us / 1000000);
    tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", &parts);
    return text;
  }
  static std::string Etag(const Object& object) {
    return fmt::format("{}-{}", object.text.size(), std::hash<std::string>()(object.text));
  }

  HttpResponse List(const std::string& prefix) const {
    std::string body = "<ListBucketResult><IsTruncated>false</IsTruncated>";
    for (const auto& [key, object] : objects) {
      if (!key.starts_with(prefix)) continue;
      body += fmt::format(
          "<Contents><Key>{}</Key><Size>{}</Size><ETag>{}</ETag><LastModified>{}</LastModified>"
          "</Contents>",
          key, object.text.size(), Etag(object), Iso(object.modified_us));
    }
    return {.status = 200, .body = body + "</ListBucketResult>"};
  }

  HttpResponse Answer(const HttpRequest& request) {
    if (denied_status != 0) {
      return {.status = denied_status,
              .body = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"};
    }
    const UriParts parts = *ParseUri(request.url);
    for (const auto& [name, value] : ParseUriQuery(parts.query)) {
      if (name == "prefix") return List(value);
    }
    const std::string key = UriDecode(parts.path).substr(3);  // "/b/key"
    if (request.method == "PUT") {
      ++puts;
      Put(key, request.body);
      return {.status = 200, .headers = {{"ETag", "\"" + Etag(objects[key]) + "\""}}};
    }
    const auto found = objects.find(key);
    if (found == objects.end()) return {.status = 404};
    const std::string& text = found->second.text;
    return {.status = 200,
            .headers = {{"ETag", "\"" + Etag(found->second) + "\""},
                        {"Content-Length", std::to_string(text.size())}},
            .body = request.method == "GET" ? text : ""};
  }

  ScriptedHost& host_;
  ScriptedHttp http_{[this](const HttpRequest& request) { return Answer(request); }};
};

}  // namespace ember
